import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { formationFromScratch, formatClusterCommand } from '../../shared/domain/formation.ts';
import { samplePlan } from '../testing/samplePlan.ts';
import { formedNodes, joinFakes, peerLine, redisIdOf, type FakeNode, type FakeNodes } from './testing/fakeNodes.ts';

const plan = samplePlan();

function join6(change: (nodes: FakeNodes) => void): ReturnType<typeof joinFakes> {
  const folder = mkdtempSync(join(tmpdir(), 'triad-form-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const nodes = formedNodes(plan);
  change(nodes);
  const finished = joinFakes(folder, plan, nodes);
  // Its own files are gone, however it ended.
  expect(readdirSync(folder).filter((name) => name.startsWith('tmp.'))).toEqual([]);
  return finished;
}

function fakeOf(nodes: FakeNodes, id: string): FakeNode {
  const found = nodes[id];
  if (found === undefined) throw new Error(id);
  return found;
}

/** Exchanges the roles of the first shard, in all six views, as a failover does. */
function exchangeRoles(nodes: FakeNodes): void {
  const [master] = plan.nodes;
  const replica = plan.nodes.find(({ replicaOf }) => replicaOf === master?.id);
  if (master === undefined || replica === undefined) throw new Error('no pair');
  for (const [id, node] of Object.entries(nodes)) {
    const self = (one: typeof master): string => (one.id === id ? 'myself,' : '');
    node.peers = node.peers
      .split('\n')
      .map((line) => {
        if (line.startsWith(redisIdOf(master))) return peerLine(master, `${self(master)}slave`, redisIdOf(replica));
        return line.startsWith(redisIdOf(replica)) ? peerLine(replica, `${self(replica)}master`, '-', '0-5460') : line;
      })
      .join('\n');
  }
}

test('a cluster that stands is told so, and nothing is sent', () => {
  const finished = join6(() => undefined);
  expect(finished).toMatchObject({ code: 0, stderr: '', sent: [] });
  expect(finished.stdout).toBe('The cluster sessions stands: 6 nodes, all slots served, every replica in step.\n');
});

test('roles that were exchanged by a failover are left as they are', () => {
  const finished = join6(exchangeRoles);
  expect(finished).toMatchObject({ code: 0, stderr: '', sent: [] });
  expect(finished.stdout).toContain('server-2:7001 serves 0-5460 in the place of the planned master');
});

test('only what is missing is done: slots, and a replica of its shard', () => {
  const finished = join6((nodes) => {
    for (const [id, node] of Object.entries(nodes)) {
      node.peers = node.peers.replace(' 0-5460', '');
      if (id === 'server-3:7001') node.peers = node.peers.replace(/myself,slave \S+/u, 'myself,master -');
    }
  });
  expect(finished.sent).toEqual([
    '10.77.0.11_7000 CLUSTER ADDSLOTSRANGE 0 5460',
    `10.77.0.13_7001 CLUSTER REPLICATE ${'2a'.padEnd(40, '0')}`,
  ]);
  expect(finished.stdout).toContain('changed: server-1:7000: CLUSTER ADDSLOTSRANGE 0 5460\n');
  expect(finished.code).toBe(0);
});

// A hundred starts of a program: seconds on a busy machine.
test(
  'fresh nodes get their epochs and slots before anybody meets anybody, and masters before there are replicas',
  { timeout: 60_000 },
  () => {
    const finished = join6((nodes) => {
      for (const node of Object.values(nodes)) {
        const peers = node.peers.replace(/myself,slave \S+/u, 'myself,master -');
        node.met = { peers, info: node.info, keys: '0', replication: node.replication };
        const own = peers.split('\n').find((line) => line.includes('myself')) ?? '';
        node.peers = `${own.replace(/ \d+-\d+$/u, '')}\n`;
        node.info = 'cluster_state:fail\r\ncluster_current_epoch:0\r\ncluster_my_epoch:0\r\n';
        node.keys = '0';
      }
    });
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    const kinds = finished.sent.map((line) => line.split(' ')[2]);
    const times = (count: number, kind: string): readonly string[] => Array.from({ length: count }, () => kind);
    expect(kinds).toEqual([...times(6, 'SET-CONFIG-EPOCH'), ...times(3, 'ADDSLOTSRANGE'), ...times(30, 'MEET'), ...times(3, 'REPLICATE')]);
    const formed = formationFromScratch(plan).map((command) => {
      const { address = '', dataPort } = plan.nodes.find(({ id }) => id === command.node) ?? {};
      const master = command.kind === 'replicate' ? plan.nodes.find(({ id }) => id === command.master) : undefined;
      return `${address}_${dataPort} ${master === undefined ? formatClusterCommand(command, plan) : `CLUSTER REPLICATE ${redisIdOf(master)}`}`;
    });
    expect(finished.sent.toSorted()).toEqual(formed.toSorted());
  },
);

const stranger = `${'f'.repeat(40)} 10.9.9.9:7000@17000 master - 0 0 1 connected\n`;

test.each<readonly [string, (nodes: FakeNodes) => void, string]>([
  [
    'the password is not taken',
    (nodes) => (fakeOf(nodes, 'server-2:7000').peers = 'AUTH failed: WRONGPASS invalid\nNOAUTH'),
    'server-2:7000 does not take the password',
  ],
  [
    'there is none to be taken',
    (nodes) => (fakeOf(nodes, 'server-2:7000').peers = `AUTH failed: ERR without any password\n${fakeOf(nodes, 'server-1:7000').peers}`),
    'does not take the password',
  ],
  [
    'it is no cluster node',
    (nodes) => (fakeOf(nodes, 'server-3:7001').peers = 'ERR This instance has cluster support disabled'),
    'server-3:7001 is no cluster node',
  ],
  [
    'a node knows a stranger',
    (nodes) => (fakeOf(nodes, 'server-1:7001').peers += stranger),
    'server-1:7001 knows a node that is not of this cluster: 10.9.9.9:7000@17000',
  ],
  [
    'a node greets a stranger',
    (nodes) => (fakeOf(nodes, 'server-1:7001').peers += stranger.replace('master', 'handshake')),
    'knows a node that is not of this cluster',
  ],
  [
    'another node answers at a place than the one that is known there',
    (nodes) => (fakeOf(nodes, 'server-1:7000').peers = fakeOf(nodes, 'server-1:7000').peers.replace('2a0', '2f0')),
    'server-1:7000 knows another node at 10.77.0.12:7000',
  ],
  [
    'a node of its own holds keys',
    (nodes) => {
      const own =
        fakeOf(nodes, 'server-1:7000')
          .peers.split('\n')
          .find((line) => line.includes('myself')) ?? '';
      fakeOf(nodes, 'server-1:7000').peers = `${own}\n`;
    },
    'server-1:7000 holds 12 keys and is not in this cluster yet',
  ],
  ['a node does not tell its keys', (nodes) => (fakeOf(nodes, 'server-1:7000').keys = 'ERR no'), 'does not tell how many keys'],
  [
    'slots are not those of the shard',
    (nodes) =>
      (fakeOf(nodes, 'server-1:7000').peers = fakeOf(nodes, 'server-1:7000').peers.replace(/(myself.*) 0-5460/u, '$1 0-100 200-5460')),
    'server-1:7000 serves the slots 0-100 200-5460',
  ],
  [
    'both nodes of a shard serve its slots',
    (nodes) =>
      (fakeOf(nodes, 'server-2:7001').peers = fakeOf(nodes, 'server-2:7001').peers.replace(
        /myself,slave (\S+) 0 0 1 connected/u,
        'myself,master - 0 0 1 connected 0-5460',
      )),
    'both nodes of the slots 0-5460 serve them',
  ],
  [
    'slots have lost their master',
    (nodes) => (fakeOf(nodes, 'server-1:7000').peers = fakeOf(nodes, 'server-1:7000').peers.replace(/(myself.*) 0-5460/u, '$1')),
    'the slots 0-5460 have no master now',
  ],
  [
    'a replica follows another master',
    (nodes) =>
      (fakeOf(nodes, 'server-2:7001').peers = fakeOf(nodes, 'server-2:7001').peers.replace(
        /myself,slave \S+/u,
        `myself,slave ${'2a'.padEnd(40, '0')}`,
      )),
    'server-2:7001 replicates another node than planned',
  ],
])('refuses, and sends nothing, where %s', (_, change, words) => {
  const { code, stderr, stdout, sent } = join6(change);
  expect(sent).toEqual([]);
  expect(stderr).toContain('Refused: ');
  expect(stderr).toContain(words);
  expect([code, stdout]).toEqual([1, '']);
});
