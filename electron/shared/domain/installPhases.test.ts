import { describe, expect, it } from 'vitest';
import { sampleBroken, sampleInstall } from '../../report/testing/sampleRecord.ts';
import { workflowOf } from '../../workflows/workflowOf.ts';
import { INSTALL_PHASES, phaseStateOf } from './installPhases.ts';

describe('INSTALL_PHASES', () => {
  it('are the phases that the core runs, in its order', () => {
    const options = { servers: [], testAfterInstall: false, deleteData: false, isConfirmed: true, canAsk: true };
    expect(INSTALL_PHASES).toEqual(workflowOf('install', options).phases.map(({ id, scope }) => ({ phase: id, scope })));
  });
});

describe('phaseStateOf', () => {
  const record = sampleInstall();
  it('tells what became of a phase, and what has not begun', () => {
    expect(phaseStateOf(record, 'layOutServer', 'server-1', false)).toBe('changed');
    expect(phaseStateOf(record, 'startNodes', 'server-1', true)).toBe('waiting');
    expect(phaseStateOf(null, 'connect', 'server-1', true)).toBe('waiting');
    expect(phaseStateOf(sampleBroken(), 'layOutServer', 'server-3', false)).toBe('failed');
  });

  it('never shows a phase as running whose run is over', () => {
    const open = {
      ...record,
      phases: [{ phase: 'connect', server: 'server-1', startedMs: 0, durationMs: null, outcome: null, failure: null }],
    };
    expect(phaseStateOf(open, 'connect', 'server-1', true)).toBe('running');
    expect(phaseStateOf(open, 'connect', 'server-1', false)).toBe('cutOff');
  });
});
