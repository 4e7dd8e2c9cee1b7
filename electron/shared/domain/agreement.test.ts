import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';
import { coverageOf } from './coverage.ts';
import { areRolesAsPlanned, rolesOf } from './roles.ts';
import {
  plannedLayout,
  redisIdOf,
  samplePlan,
  swappedLayout,
  viewOfLayout,
  withNode,
  withPeer,
  withSilent,
} from './testing/clusterViews.ts';
import type { ClusterView } from './view.ts';

const plan = samplePlan();
const healthy = viewOfLayout(plan);
const codes = (view: ClusterView): readonly string[] => [...new Set(agreementOf(view, plan).reasons.map((reason) => reason.code))];

describe('agreementOf', () => {
  it('is given by six equal views, whatever the roles', () => {
    expect(agreementOf(healthy, plan)).toMatchObject({ agrees: true, dissenters: [], reasons: [] });
    const swapped = agreementOf(viewOfLayout(plan, swappedLayout(plan, [1])), plan);
    expect(swapped).toMatchObject({ agrees: true });
    expect(swapped.signature).not.toBe(agreementOf(healthy, plan).signature);
  });

  it('does not depend on the order in which nodes and peers are listed', () => {
    const order = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });
    const sortBy = <T>(items: readonly T[], keys: readonly number[]): T[] =>
      items
        .map((item, index) => ({ item, key: keys[index] ?? 0 }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ item }) => item);
    fc.assert(
      fc.property(order, order, (outer, inner) => {
        const shuffled = { ...healthy, views: sortBy(healthy.views, outer).map((one) => ({ ...one, peers: sortBy(one.peers, inner) })) };
        expect(agreementOf(shuffled, plan)).toEqual(agreementOf(healthy, plan));
      }),
    );
  });

  const s1 = 'server-1:7000';
  const s2 = 'server-2:7000';
  const foreign = { ...healthy.views[0]?.peers[0], redisId: 'f'.repeat(40), address: '10.9.9.9', isMyself: false, slots: [] };
  const table: readonly (readonly [string, ClusterView, string, Readonly<Record<string, string | number>>])[] = [
    ['a silent node', withSilent(healthy, [s2]), 'cluster.silent', { node: s2, reason: 'ECONNREFUSED' }],
    ['a node that loads', withNode(healthy, s2, (one) => ({ ...one, isLoading: true, peers: [] })), 'cluster.loading', { node: s2 }],
    [
      'no cluster support',
      withNode(healthy, s2, (one) => ({ ...one, clusterEnabled: false, peers: [] })),
      'cluster.clusterDisabled',
      { node: s2 },
    ],
    [
      'a peer that one does not know',
      withNode(healthy, s1, (one) => ({ ...one, peers: one.peers.filter((peer) => peer.redisId !== redisIdOf(s2)) })),
      'cluster.peerUnknown',
      { node: s1, peer: s2 },
    ],
    [
      'a foreign node',
      withNode(healthy, s1, (one) => ({ ...one, peers: [...one.peers, foreign as (typeof one.peers)[number]] })),
      'cluster.peerForeign',
      { node: s1, peer: '10.9.9.9:7000' },
    ],
    [
      'a ghost at a planned address',
      withNode(healthy, s1, (one) => ({
        ...one,
        peers: [...one.peers, { ...foreign, address: '10.0.0.2' } as (typeof one.peers)[number]],
      })),
      'cluster.peerGhost',
      { node: s1, peer: 'ffffffff' },
    ],
    [
      'a handshake',
      withPeer(healthy, s1, s2, { isHandshake: true, redisId: 'e'.repeat(40) }),
      'cluster.peerHandshake',
      { node: s1, peer: s2 },
    ],
    ['PFAIL', withPeer(healthy, s1, s2, { health: 'pfail' }), 'cluster.peerSuspected', { node: s1, peer: s2 }],
    ['FAIL', withPeer(healthy, s1, s2, { health: 'fail' }), 'cluster.peerFailed', { node: s1, peer: s2 }],
    ['no bus connection', withPeer(healthy, s1, s2, { isLinkConnected: false }), 'cluster.busLinkDown', { node: s1, peer: s2 }],
    [
      'another address',
      withPeer(healthy, s1, s2, { address: '192.168.0.2' }),
      'cluster.addressDiffers',
      { node: s1, peer: s2, expected: '10.0.0.2:7000@17000', observed: '192.168.0.2:7000@17000' },
    ],
    [
      'another bus port for all',
      withPeer(healthy, null, s2, { busPort: 9 }),
      'cluster.addressDiffers',
      { peer: s2, observed: '10.0.0.2:7000@9' },
    ],
    [
      'another role',
      withPeer(healthy, s1, 'server-3:7001', { role: 'master' }),
      'cluster.roleDiffers',
      { node: s1, peer: 'server-3:7001', expected: 'replica', observed: 'master' },
    ],
    [
      'another master',
      withPeer(healthy, s1, 'server-3:7001', { masterRedisId: redisIdOf('server-3:7000') }),
      'cluster.masterDiffers',
      { node: s1, peer: 'server-3:7001', expected: s2, observed: 'server-3:7000' },
    ],
    [
      'other slots',
      withPeer(healthy, s1, s2, {
        slots: [
          { first: 5461, last: 5461 },
          { first: 5463, last: 10_922 },
        ],
      }),
      'cluster.slotsDiffer',
      { node: s1, peer: s2, expected: '5461-10922', observed: '5461,5463-10922' },
    ],
    [
      'another epoch',
      withPeer(healthy, s1, s2, { configEpoch: 9 }),
      'cluster.epochDiffers',
      { node: s1, peer: s2, expected: 2, observed: 9 },
    ],
    ['equal epochs', withPeer(healthy, null, s2, { configEpoch: 1 }), 'cluster.epochsCollide', { node: s1, peer: s2, epoch: 1 }],
    ['open slots', withPeer(healthy, s2, s2, { openSlots: 2 }), 'cluster.openSlots', { node: s2, count: 2 }],
  ];
  it.each(table)('is broken by %s', (_, view, code, values) => {
    const { agrees, reasons, dissenters } = agreementOf(view, plan);
    expect(agrees).toBe(false);
    expect(reasons.find((reason) => reason.code === code)?.values).toMatchObject(values);
    expect(codes(view)).toEqual([code]);
    expect(dissenters).toContain(values['node'] ?? s1);
  });

  it('names the one that dissents, not the five that agree', () => {
    expect(agreementOf(withPeer(healthy, 'server-3:7001', 'server-1:7000', { slots: [] }), plan).dissenters).toEqual(['server-3:7001']);
  });

  it('takes no replica epoch into account, which versions show differently', () => {
    expect(agreementOf(withPeer(healthy, 'server-1:7000', 'server-3:7001', { configEpoch: 77 }), plan).agrees).toBe(true);
  });

  it('is not given by nobody', () => {
    expect(
      agreementOf(
        withSilent(
          healthy,
          plan.nodes.map((node) => node.id),
        ),
        plan,
      ),
    ).toMatchObject({ agrees: false, signature: null });
    expect(agreementOf({ at: '', views: [], silent: [] }, plan).reasons).toHaveLength(6);
  });
});

describe('coverageOf', () => {
  it('covers every slot of a healthy cluster', () => {
    expect(coverageOf(healthy, plan)).toEqual({ covered: 16_384, missing: [], isComplete: true, reasons: [] });
  });

  it('counts the slots of a silent or failed master as missing', () => {
    const missing = [{ first: 5461, last: 10_922 }];
    for (const view of [withSilent(healthy, ['server-2:7000']), withPeer(healthy, null, 'server-2:7000', { health: 'fail' })])
      expect(coverageOf(view, plan)).toMatchObject({
        covered: 10_922,
        missing,
        isComplete: false,
        reasons: [{ code: 'cluster.slotsUncovered', values: { count: 5462, slots: '5461-10922' } }],
      });
  });

  it('names slots that nobody has', () => {
    const view = withPeer(healthy, null, 'server-1:7000', {
      slots: [
        { first: 1, last: 99 },
        { first: 101, last: 5460 },
      ],
    });
    expect(coverageOf(view, plan)).toMatchObject({
      covered: 16_382,
      missing: [
        { first: 0, last: 0 },
        { first: 100, last: 100 },
      ],
    });
  });

  it('names two that claim the same slots, as a master that came back does for a moment', () => {
    const view = withPeer(healthy, 'server-2:7001', 'server-2:7001', { role: 'master', slots: [{ first: 0, last: 5460 }] });
    expect(coverageOf(view, plan)).toMatchObject({
      covered: 16_384,
      isComplete: false,
      reasons: [{ code: 'cluster.slotsTwice', values: { node: 'server-1:7000', peer: 'server-2:7001', slots: '0-5460' } }],
    });
  });

  it('names each pair of three that claim the same slots with the first of them, and a slot that is listed twice once', () => {
    const claim = (slots: readonly { readonly first: number; readonly last: number }[]) => ({ role: 'master' as const, slots: [...slots] });
    const two = withPeer(healthy, 'server-2:7001', 'server-2:7001', claim([{ first: 5000, last: 6000 }]));
    const view = withPeer(
      two,
      'server-3:7001',
      'server-3:7001',
      claim([
        { first: 5461, last: 5470 },
        { first: 5400, last: 5465 },
      ]),
    );
    expect(coverageOf(view, plan)).toMatchObject({
      covered: 16_384,
      missing: [],
      reasons: [
        { values: { node: 'server-1:7000', peer: 'server-2:7001', slots: '5000-5460' } },
        { values: { node: 'server-2:7000', peer: 'server-2:7001', slots: '5461-6000' } },
        { values: { node: 'server-1:7000', peer: 'server-3:7001', slots: '5400-5460' } },
        { values: { node: 'server-2:7000', peer: 'server-3:7001', slots: '5461-5470' } },
      ].map((reason) => ({ code: 'cluster.slotsTwice', ...reason })),
    });
  });

  it('says the same however often a node lists its slots, and leaves out what is no slot', () => {
    const often = Array.from({ length: 2000 }, () => ({ first: 0, last: 5460 }));
    const view = withPeer(healthy, 'server-2:7001', 'server-2:7001', {
      role: 'master',
      slots: [...often, { first: 16_384, last: 2 ** 40 }, { first: -9, last: -1 }],
    });
    expect(coverageOf(view, plan)).toMatchObject({ covered: 16_384, reasons: [{ values: { slots: '0-5460' } }] });
  });

  it('covers as many slots as the masters that answer own', () => {
    const nodes = plan.nodes.map((node) => node.id);
    fc.assert(
      fc.property(fc.subarray(nodes), (silent) => {
        const answering = plannedLayout(plan).filter((one) => !silent.includes(one.master));
        const owned = answering.flatMap((one) => one.slots).reduce((sum, { first, last }) => sum + last - first + 1, 0);
        expect(coverageOf(withSilent(healthy, silent), plan).covered).toBe(owned);
      }),
    );
  });
});

describe('rolesOf', () => {
  it('finds every node as planned', () => {
    expect(rolesOf(healthy, plan).map((one) => one.standing)).toEqual(Array.from({ length: 6 }, () => 'asPlanned'));
    expect(areRolesAsPlanned(healthy, plan)).toBe(true);
  });

  it('finds both nodes of a shard after its failover', () => {
    const view = viewOfLayout(plan, swappedLayout(plan, [1]));
    expect(areRolesAsPlanned(view, plan)).toBe(false);
    expect(rolesOf(view, plan).filter((one) => one.standing !== 'asPlanned')).toMatchObject([
      {
        node: 'server-1:7000',
        standing: 'roleDiffers',
        planned: 'master',
        observed: 'replica',
        replicates: 'server-2:7001',
        reason: { code: 'cluster.roleNotAsPlanned', values: { node: 'server-1:7000', expected: 'master', observed: 'replica' } },
      },
      { node: 'server-2:7001', standing: 'roleDiffers', planned: 'replica', observed: 'master', slots: [{ first: 0, last: 5460 }] },
    ]);
  });

  it('finds a replica of another master, and a master of other slots', () => {
    const moved = withPeer(healthy, null, 'server-2:7001', { masterRedisId: redisIdOf('server-3:7000') });
    expect(rolesOf(moved, plan).find((one) => one.node === 'server-2:7001')).toMatchObject({
      standing: 'replicatesAnother',
      replicates: 'server-3:7000',
      reason: { values: { expected: 'server-1:7000', observed: 'server-3:7000' } },
    });
    const other = withPeer(healthy, null, 'server-1:7000', { slots: [] });
    expect(rolesOf(other, plan)[0]).toMatchObject({ standing: 'slotsDiffer', reason: { values: { expected: '0-5460', observed: '-' } } });
  });

  it('takes the word of the others for a silent node, and knows nothing when nobody can tell', () => {
    const silent = withSilent(viewOfLayout(plan, swappedLayout(plan, [1])), ['server-1:7000']);
    expect(rolesOf(silent, plan)[0]).toMatchObject({ standing: 'roleDiffers', observed: 'replica' });
    expect(rolesOf({ at: '', views: [], silent: [] }, plan).map((one) => one.standing)).toEqual(Array.from({ length: 6 }, () => 'unknown'));
  });
});
