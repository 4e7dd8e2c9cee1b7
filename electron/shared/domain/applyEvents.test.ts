import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleTrial } from '../../report/testing/sampleTrial.ts';
import { message } from '../messages/message.ts';
import { applyEvents } from './applyEvents.ts';
import type { Change } from './change.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import type { FailoverTrial } from './failover.ts';
import { applyEvent, type RunRecord } from './run.ts';
import { samplePlan, viewOfLayout } from './testing/clusterViews.ts';

const plan = samplePlan();
const begin: RunEventBody = {
  type: 'runStarted',
  runId: 'run-1',
  workflow: 'install',
  cluster: plan.cluster,
  triadVersion: '0.1.0',
  operator: 'ana',
  adminMachine: 'ops-laptop',
  specSha256: null,
  plan,
};

const server = fc.constantFrom('server-1', 'server-2', 'server-3');
const phase = fc.constantFrom('connect', 'layOutServer', 'startNodes');
const text = message('phase.connect');
const folder = (id: string): Change => ({ kind: 'removeFile', id, path: `/${id}` });

/** A trial that could not take back everything itself. */
function leftTrial(name: string): FailoverTrial {
  const trial = sampleTrial(plan, name);
  return { ...trial, actions: trial.actions.map((action, at) => (at === 0 ? action : { ...action, undoneAtMs: null })) };
}

/** Events of every kind that a fold keeps, from few enough values that they meet: open phases, equal checks, unknown changes. */
const body: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record({ type: fc.constant('phaseStarted' as const), phase, server: fc.option(server) }),
  fc.record({
    type: fc.constant('phaseFinished' as const),
    phase,
    server: fc.option(server),
    outcome: fc.constantFrom('changed' as const, 'failed' as const),
    durationMs: fc.nat(500),
    failure: fc.constant(null),
  }),
  fc.record({ type: fc.constant('phaseProgress' as const), phase, server: fc.option(server), message: fc.constant(text) }),
  fc.record({
    type: fc.constant('changesApplied' as const),
    server,
    phase,
    changes: fc.constant<Change[]>([folder('a'), folder('b')]),
    outcomes: fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        outcome: fc.constantFrom('done' as const, 'refused' as const),
        evidence: fc.constant(''),
      }),
    ),
  }),
  fc.record({ type: fc.constant('changesPlanned' as const), server, changes: fc.constant<Change[]>([folder('a')]) }),
  fc.record({
    type: fc.constant('clusterCommand' as const),
    node: fc.constantFrom('server-1:7000', 'server-2:7000'),
    command: fc.string(),
  }),
  fc.record({
    type: fc.constant('checkFinished' as const),
    phase,
    result: fc.record({
      id: fc.constantFrom('server.memory', 'server.disk'),
      subject: server.map((name) => ({ kind: 'server' as const, server: name })),
      verdict: fc.constantFrom('pass' as const, 'warn' as const),
      expected: fc.constant(text),
      observed: fc.constant(text),
      evidence: fc.string({ maxLength: 3 }),
      remedy: fc.constant(null),
    }),
  }),
  fc.record({
    type: fc.constant('measured' as const),
    name: fc.constant('roundTrips'),
    server: fc.option(server),
    value: fc.nat(9),
    unit: fc.constant('count' as const),
  }),
  fc.record({
    type: fc.constant('note' as const),
    level: fc.constantFrom('info' as const, 'warn' as const),
    server: fc.option(server),
    message: fc.constant(text),
  }),
  server.map((name): RunEventBody => ({ type: 'trialFinished', trial: leftTrial(name) })),
  fc.record({
    type: fc.constant('trialUndone' as const),
    server,
    scenario: fc.constant('serverLost' as const),
    undoneAtMs: fc.nat(500),
    by: fc.constantFrom('undo' as const, 'roles' as const),
  }),
  fc.constant<RunEventBody>({ type: 'clusterObserved', moment: 'after', view: viewOfLayout(plan) }),
  fc.constant<RunEventBody>({ type: 'matrixMeasured', matrix: { measuredOn: 'listeners', ports: [], servers: [], cells: [] } }),
  fc.constant<RunEventBody>({ type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false }),
  fc.constant<RunEventBody>(begin),
);

function numbered(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((one, index) => ({ ...one, seq: index + 1, at: new Date(index * 7).toISOString(), sinceStartMs: index * 7 }));
}

const oneByOne = (events: readonly RunEvent[]): RunRecord | null => events.reduce<RunRecord | null>(applyEvent, null);

describe('what a trial had not taken back', () => {
  const finished = (name: string): RunEventBody => ({ type: 'trialFinished', trial: leftTrial(name) });

  it('is told as taken back later, in the last trial of that server and scenario alone, and only where it was still there', () => {
    const undone: RunEventBody = { type: 'trialUndone', server: 'server-2', scenario: 'serverLost', undoneAtMs: 31_000, by: 'undo' };
    const record = oneByOne(numbered([begin, finished('server-2'), finished('server-1'), finished('server-2'), undone]));
    const told = record?.trials.map(({ actions }) => actions.map(({ undoneAtMs, undoneBy }) => [undoneAtMs, undoneBy]));
    const left = [
      [12_030, undefined],
      [null, undefined],
    ];
    expect(told).toEqual([
      left,
      left,
      [
        [12_030, undefined],
        [31_000, 'undo'],
      ],
    ]);
  });
});

describe('applyEvents', () => {
  it('gives what applyEvent gives one by one, however the events are cut into batches', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 60 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (bodies, lengths) => {
        const events = numbered([begin, ...bodies]);
        let folded: RunRecord | null = null;
        for (let at = 0, turn = 0; at < events.length; turn += 1) {
          const length = lengths[turn % lengths.length] ?? 1;
          folded = applyEvents(folded, events.slice(at, at + length));
          at += length;
        }
        expect(folded).toEqual(oneByOne(events));
      }),
    );
  });

  it('leaves the record that it was given alone', () => {
    fc.assert(
      fc.property(fc.array(body, { maxLength: 30 }), (bodies) => {
        const before = applyEvents(null, numbered([begin, { type: 'phaseStarted', phase: 'connect', server: null }]));
        const copy = structuredClone(before);
        applyEvents(before, numbered(bodies));
        expect(before).toEqual(copy);
      }),
    );
  });

  it('keeps lists the same that nothing was added to, so that what is drawn from them need not be drawn again', () => {
    const before = applyEvents(null, numbered([begin, { type: 'phaseStarted', phase: 'connect', server: null }]));
    const after = applyEvents(before, numbered([{ type: 'note', level: 'info', server: null, message: text }]));
    expect(after?.phases).toBe(before?.phases);
    expect(after?.checks).toBe(before?.checks);
    expect(after?.notes).not.toBe(before?.notes);
  });

  it('begins with runStarted like applyEvent', () => {
    expect(() => applyEvents(null, numbered([{ type: 'note', level: 'info', server: null, message: text }]))).toThrow('runStarted');
  });
});
