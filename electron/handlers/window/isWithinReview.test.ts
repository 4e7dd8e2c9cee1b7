import { expect, test } from 'vitest';
import { samplePlan, viewOfLayout } from '../../shared/domain/testing/clusterViews.ts';
import type { Change } from '../../shared/domain/change.ts';
import { isWithinReview } from './isWithinReview.ts';

const plan = samplePlan();
const views = { before: viewOfLayout(plan), after: null };
const folder = (path: string): Change => ({
  kind: 'folder',
  id: `folder:${path}`,
  path,
  owner: 'root',
  group: 'root',
  mode: 0o755,
  exists: false,
});
const changes = (...paths: readonly string[]): { server: string; changes: Change[] }[] => [
  { server: 'server-1', changes: paths.map(folder) },
];

test.each<[string, Parameters<typeof isWithinReview>[1], boolean]>([
  ['the same', { plan, views, plannedChanges: changes('/a', '/b') }, true],
  ['less', { plan, views, plannedChanges: changes('/b') }, true],
  ['a change more', { plan, views, plannedChanges: changes('/a', '/b', '/c') }, false],
  ['another plan', { plan: { ...plan, version: '8.0.2' }, views, plannedChanges: changes('/a') }, false],
  ['cluster commands that were not to be sent', { plan, views: { before: null, after: null }, plannedChanges: changes('/a') }, false],
])('what was reviewed holds for %s: %s', (_, found, holds) => {
  expect(isWithinReview({ plan, views, plannedChanges: changes('/a', '/b') }, found)).toBe(holds);
});
