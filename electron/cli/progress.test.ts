import { expect, test } from 'vitest';
import { sampleMinimal, samplePlan } from '../report/testing/sampleRecord.ts';
import { styleFor } from '../report/style.ts';
import type { RunEvent, RunEventBody } from '../shared/domain/events.ts';
import { applyEvent, type RunRecord } from '../shared/domain/run.ts';
import { createProgress } from './progress.ts';

/** What is written to a stream that is no terminal while these events happen. */
function written(bodies: readonly RunEventBody[]): string {
  let text = '';
  const progress = createProgress({ write: (part) => (text += part) }, styleFor(false));
  let record: RunRecord | null = null;
  bodies.forEach((body, index) => {
    const event: RunEvent = { ...body, seq: index + 1, at: '2026-03-14T22:05:00.000Z', sinceStartMs: index };
    record = applyEvent(record, event);
    progress.onEvent(event, record);
  });
  return text;
}

const begun: RunEventBody = { ...sampleMinimal('check'), type: 'runStarted' };
const phase = (id: string, servers: readonly string[]): readonly RunEventBody[] => [
  ...servers.map((server): RunEventBody => ({ type: 'phaseStarted', phase: id, server })),
  ...servers.map((server): RunEventBody => ({
    type: 'phaseFinished',
    phase: id,
    server,
    outcome: 'observed',
    durationMs: 120,
    failure: null,
  })),
];
const names = samplePlan().servers.map(({ name }) => name);

test.each([
  ['all servers', names],
  ['some of them, as in a check in part', names.slice(0, 2)],
])('a phase that has ended on %s has its line, once', (_, servers) => {
  const lines = written([begun, ...phase('connect', servers), ...phase('gatherFacts', servers)])
    .split('\n')
    .filter((line) => line.startsWith('  ✓'));
  expect(lines).toHaveLength(2);
  for (const name of servers) expect(lines[0]).toContain(name);
});
