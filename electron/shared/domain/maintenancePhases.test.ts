import { describe, expect, it } from 'vitest';
import { sampleMinimal } from '../../report/testing/sampleRecord.ts';
import { workflowOf } from '../../workflows/workflowOf.ts';
import { basePhase, joinedPhase, maintainedServer, PATCH_PHASES, PATCH_WORKFLOWS } from './maintenancePhases.ts';
import type { PhaseRecord } from './run.ts';

const phase = (server: string | null, change: Partial<PhaseRecord>): PhaseRecord => ({
  phase: 'connect',
  server,
  startedMs: 0,
  durationMs: null,
  outcome: null,
  failure: null,
  ...change,
});

describe('PATCH_PHASES', () => {
  it.each(PATCH_WORKFLOWS)('are the phases that the core runs for %s, in its order', (workflow) => {
    const options = { servers: ['server-2'], testAfterInstall: false, deleteData: false, isConfirmed: true, canAsk: true };
    expect(PATCH_PHASES[workflow]).toEqual(workflowOf(workflow, options).phases.map(({ id }) => basePhase(id)));
  });
});

describe('joinedPhase', () => {
  it('is as bad as on the server where it stands worst, and takes from the first beginning to the last end', () => {
    const done = phase('server-1', { startedMs: 10, durationMs: 200, outcome: 'observed' });
    const slow = phase('server-2', { startedMs: 20, durationMs: 500, outcome: 'changed' });
    const open = phase('server-3', { startedMs: 20 });
    expect(joinedPhase({ phases: [done, slow] }, 'connect', true)).toEqual({ state: 'changed', durationMs: 510 });
    expect(joinedPhase({ phases: [done, slow, open] }, 'connect', true)).toEqual({ state: 'running', durationMs: null });
    expect(joinedPhase({ phases: [done, open] }, 'connect', false).state).toBe('cutOff');
    expect(joinedPhase({ phases: [open, phase('server-1', { outcome: 'failed', durationMs: 1 })] }, 'connect', true).state).toBe('failed');
    expect(joinedPhase({ phases: [done] }, 'verifyCluster', true)).toEqual({ state: 'waiting', durationMs: null });
  });
});

it('the server of a maintenance is known as soon as a phase bears its name', () => {
  expect(maintainedServer(sampleMinimal('maintenanceBegin'))).toBeNull();
  expect(maintainedServer({ phases: [phase(null, { phase: 'vacateServer:server-2' })] })).toBe('server-2');
  expect(maintainedServer({ phases: [phase(null, { phase: 'awaitReturn:a:b' })] })).toBe('a:b');
});
