import { expect, test } from 'vitest';
import { plannedLayout, samplePlan, swappedLayout, viewOfLayout } from '../../shared/domain/testing/clusterViews.ts';
import { areSameMoves } from './areSameMoves.ts';

const plan = samplePlan();
const seen = (...shards: readonly number[]): Parameters<typeof areSameMoves>[1] => ({
  plan,
  views: { before: viewOfLayout(plan, shards.length === 0 ? plannedLayout(plan) : swappedLayout(plan, shards)), after: null },
});
const server = plan.servers[0]?.name ?? '';
const begin = { workflow: 'maintenanceBegin', servers: [server] } as const;

test('a maintenance moves what was shown, unless the masters stand elsewhere by now', () => {
  expect(areSameMoves(begin, seen(), seen())).toBe(true);
  expect(areSameMoves(begin, seen(), seen(1))).toBe(false);
  // Where nothing was seen nothing was shown.
  expect(areSameMoves(begin, seen(), { plan, views: { before: null, after: null } })).toBe(false);
  expect(areSameMoves(begin, { plan, views: { before: null, after: null } }, seen())).toBe(false);
});

test('what counts is what a run saw last', () => {
  const ended = { plan, views: { before: seen(1).views.before, after: seen().views.before } };
  expect(areSameMoves(begin, ended, seen())).toBe(true);
  expect(areSameMoves({ workflow: 'restoreRoles', servers: [] }, ended, seen(1))).toBe(false);
});

test('restoring moves what was shown, and so does the end of a maintenance without its mark', () => {
  for (const workflow of ['restoreRoles', 'maintenanceEnd'] as const) {
    expect(areSameMoves({ workflow, servers: [server] }, seen(1), seen(1))).toBe(true);
    expect(areSameMoves({ workflow, servers: [server] }, seen(1), seen(1, 2))).toBe(false);
  }
  expect(areSameMoves({ workflow: 'remove', servers: [] }, seen(1), seen(2))).toBe(true);
});
