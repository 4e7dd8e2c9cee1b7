import { describe, expect, it } from 'vitest';
import { emptyDraft, readDraft } from './draft.ts';
import { layoutAfterLoss, lossStoryOf } from './layoutAfterLoss.ts';
import { SLOT_COUNT, type ClusterPlan } from './plan.ts';
import { previewPlan } from './previewPlan.ts';
import { countSlots } from './layout.ts';

function samplePlan(): ClusterPlan {
  const draft = emptyDraft('0'.repeat(32), '2026-01-01T00:00:00Z', '7.0.15');
  const reading = readDraft({
    ...draft,
    servers: draft.servers.map((one, index) => ({ ...one, user: 'root', address: `10.0.0.${index + 1}` })),
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return previewPlan(reading.spec);
}

const plan = samplePlan();
const SERVERS = ['server-1', 'server-2', 'server-3'];

describe('the plan of a draft', () => {
  it('has the crossed layout, and no programs', () => {
    expect(plan.nodes.map(({ id, replicaOf }) => [id, replicaOf])).toEqual([
      ['server-1:7000', null],
      ['server-1:7001', 'server-3:7000'],
      ['server-2:7000', null],
      ['server-2:7001', 'server-1:7000'],
      ['server-3:7000', null],
      ['server-3:7001', 'server-2:7000'],
    ]);
    expect(plan).toMatchObject({ version: '7.0.15', bundle: { binaries: [] } });
  });
});

describe.each(SERVERS)('when %s is lost', (lost) => {
  const during = layoutAfterLoss(plan, lost, 'during');
  const after = layoutAfterLoss(plan, lost, 'after');
  const story = lossStoryOf(plan, lost);

  it('all slots are served by three masters on the other two servers', () => {
    const masters = during.nodes.filter((node) => node.role === 'master' && node.state === 'up');
    expect(masters).toHaveLength(3);
    expect(masters.map((node) => node.server)).not.toContain(lost);
    expect(countSlots(masters.flatMap((node) => node.slots))).toBe(SLOT_COUNT);
    expect(during.nodes.filter((node) => node.tookOver).map((node) => node.id)).toEqual([story?.successor.id]);
    expect(during.servers.find((server) => server.name === lost)?.state).toBe('lost');
  });

  it('one master has no copy, and no second server may be lost', () => {
    const copied = new Set(during.nodes.filter((node) => node.state === 'up').map((node) => node.replicaOf));
    expect(copied.has(story?.uncopied.id ?? '')).toBe(false);
    const others = during.survives.filter((one) => one.server !== lost);
    expect(others.map((one) => one.survives)).toEqual([false, false]);
  });

  it('every master is copied again once it is back, but two masters share a server until the roles are given back', () => {
    const masters = after.nodes.filter((node) => node.role === 'master');
    expect(masters.every((master) => after.nodes.some((node) => node.replicaOf === master.id && node.server !== master.server))).toBe(true);
    expect(after.servers.map((server) => server.state)).toEqual(['up', 'up', 'up']);
    const twice = story?.successor.server;
    expect(masters.filter((node) => node.server === twice)).toHaveLength(2);
    expect(after.survives.filter((one) => one.survives === false).map((one) => one.server)).toEqual([twice]);
  });

  it('the master that goes and its successor stand on different servers', () => {
    expect(story).toMatchObject({ lostMaster: { server: lost }, lostReplica: { server: lost }, successor: { replicaOf: `${lost}:7000` } });
    expect([story?.successor.server, story?.uncopied.server]).not.toContain(lost);
  });
});

it('has no story of a server that is not planned', () => {
  expect(lossStoryOf(plan, 'server-9')).toBeNull();
});
