import { expect, it } from 'vitest';
import type { LayoutNode } from '../shared/domain/reportLayout.ts';
import type { Glance } from './failoverMarks.ts';
import { nodesNow } from './nodesNow.ts';
import { glance, plan, returned, slots, taken, type Overrides } from './testing/glances.ts';

const ids = plan.nodes.map((node) => node.id);
const victims = ['server-1:7000', 'server-1:7001'];

/** All six as they were looked at last, with `changes` in the view of each. */
function seen(changes: Overrides, more: Readonly<Record<string, Partial<Glance>>> = {}): ReadonlyMap<string, Glance> {
  return new Map(ids.map((id) => [id, glance(id, 10, changes, more[id])]));
}

function nodeIn(nodes: readonly LayoutNode[], id: string): LayoutNode | undefined {
  return nodes.find((node) => node.id === id);
}

it('shows a cluster that is as planned', () => {
  const nodes = nodesNow(plan, { glances: seen({}), silent: new Set(), lost: [] });
  expect(nodes.map(({ id, role, state, replicaOf }) => ({ id, role, state, replicaOf }))).toEqual(
    plan.nodes.map(({ id, role, replicaOf }) => ({ id, role, state: 'up', replicaOf })),
  );
  expect(nodeIn(nodes, 'server-2:7001')).toMatchObject({ slots: [slots], isLinkUp: true, tookOver: false });
});

it('calls the silent nodes of the server that was killed lost before the cluster knows it', () => {
  const glances = seen({});
  const before = nodesNow(plan, { glances, silent: new Set(victims), lost: [] });
  expect(victims.map((id) => nodeIn(before, id)?.state)).toEqual(['unknown', 'unknown']);
  const nodes = nodesNow(plan, { glances, silent: new Set(victims), lost: victims });
  expect(victims.map((id) => nodeIn(nodes, id)?.state)).toEqual(['lost', 'lost']);
  // Nobody has taken over: others still call it a master with its slots.
  expect(nodeIn(nodes, 'server-1:7000')).toMatchObject({ role: 'master', slots: [slots] });
  expect(nodeIn(nodes, 'server-2:7001')).toMatchObject({ role: 'replica', replicaOf: 'server-1:7000', state: 'up' });
});

it('shows who took over, by the word of those who answer', () => {
  const nodes = nodesNow(plan, { glances: seen(taken), silent: new Set(victims), lost: victims });
  expect(nodeIn(nodes, 'server-2:7001')).toMatchObject({ role: 'master', slots: [slots], tookOver: true, replicaOf: null });
  expect(nodeIn(nodes, 'server-1:7000')).toMatchObject({ role: 'master', slots: [], state: 'lost' });
});

it('shows a suspicion, and a returned master that copies from its heir', () => {
  const suspected = nodesNow(plan, { glances: seen({ 'server-1:7000': { health: 'pfail' } }), silent: new Set(), lost: [] });
  expect(nodeIn(suspected, 'server-1:7000')?.state).toBe('suspected');
  const back: Overrides = { ...returned, 'server-1:7000': { ...returned['server-1:7000'], health: 'ok' } };
  const nodes = nodesNow(plan, {
    glances: seen(back, { 'server-1:7000': { isLinkUp: false } }),
    silent: new Set(),
    lost: victims,
  });
  expect(nodeIn(nodes, 'server-1:7000')).toMatchObject({
    role: 'replica',
    state: 'up',
    replicaOf: 'server-2:7001',
    slots: [slots],
    isLinkUp: false,
  });
});

it('does not invent anything about a node that nobody has seen', () => {
  const nodes = nodesNow(plan, { glances: new Map(), silent: new Set(), lost: [] });
  expect(nodes.map(({ role, state, slots: held }) => ({ role, state, held }))).toEqual(
    ids.map(() => ({ role: null, state: 'unknown', held: [] })),
  );
});
