import { describe, expect, it } from 'vitest';
import { renderMark, type MaintenanceMark } from '../shared/domain/maintenanceMark.ts';
import { beforeFile, beforeInstall } from './beforeRecord.ts';
import { markChanges, unmarkChanges } from './maintenanceChanges.ts';
import { observeRequestFor } from './observeRequest.ts';
import { payloadFor, planChanges } from './planChanges.ts';
import { planRemoval } from './removal.ts';
import { foundFile, freshFacts, installedFacts, withPath } from './testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from './testing/samplePlan.ts';

const plan = samplePlan();
const blueprint = sampleBlueprint(plan);
const installed = installedFacts(blueprint, beforeFile('', beforeInstall(blueprint, freshFacts())).content);
const mark: MaintenanceMark = {
  schemaVersion: 1,
  cluster: 'sessions',
  server: 'server-1',
  runId: 'r-1',
  by: 'ana@laptop',
  at: '2026-03-14T22:05:00.000Z',
};
const path = '/opt/triad/sessions/maintenance.json';
const marked = withPath(installed, { ...foundFile(path, renderMark(mark)), mode: 0o644, owner: 'root', group: 'root' });

describe('the mark of a maintenance', () => {
  it('is looked at with its content, and written as a file of root that all may read', () => {
    const request = observeRequestFor(blueprint, plan);
    expect([request.paths.includes(path), request.contentOf.includes(path)]).toEqual([true, true]);
    const changes = markChanges(blueprint, installed, mark);
    expect(changes).toMatchObject([
      { kind: 'file', path, owner: 'root', group: 'root', mode: 0o644, action: 'create', holdsSecret: false },
    ]);
    expect(new TextDecoder().decode(payloadFor(blueprint, changes).get(`file:${path}`))).toBe(renderMark(mark));
  });

  it('is not written again where it is, and removed where it is', () => {
    expect(markChanges(blueprint, marked, mark)).toEqual([]);
    expect(unmarkChanges(blueprint, marked)).toMatchObject([{ kind: 'removeFile', path }]);
    expect(unmarkChanges(blueprint, installed)).toEqual([]);
  });

  it('takes the place of another text without keeping that', () => {
    const odd = withPath(installed, foundFile(path, 'by hand'));
    expect(markChanges(blueprint, odd, mark).map(({ kind }) => kind)).toEqual(['removeFile', 'file']);
    expect(unmarkChanges(blueprint, odd)).toHaveLength(1);
  });

  it('is no change for an installation, and goes with a removal before its folder', () => {
    expect(planChanges(blueprint, marked)).toEqual(planChanges(blueprint, installed));
    const ids = planRemoval(blueprint, marked, { deleteData: false }).map(({ id }) => id);
    expect(ids.indexOf(`removeFile:${path}`)).toBeGreaterThanOrEqual(0);
    expect(ids.indexOf(`removeFile:${path}`)).toBeLessThan(ids.indexOf('removeFolder:/opt/triad/sessions'));
    expect(planRemoval(blueprint, installed, { deleteData: false }).map(({ id }) => id)).not.toContain(`removeFile:${path}`);
  });
});
