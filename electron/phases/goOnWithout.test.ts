import { describe, expect, it } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { fail, type Failure, type FailureCode } from '../shared/domain/failure.ts';
import { formatSubject, serverSubject } from '../shared/domain/subject.ts';
import { workflowOf } from '../workflows/workflowOf.ts';
import { goOnWithout } from './goOnWithout.ts';
import { hostOf, serverNames, type RunContext } from './runContext.ts';

const failed = (code: FailureCode, server: string): Failure => fail(code, serverSubject(server), { values: { server } }).failure;

function begin(): { readonly context: RunContext; readonly events: RunEventBody[] } {
  const events: RunEventBody[] = [];
  const plan = samplePlan();
  const seen = plan.servers.map(({ name }) => [name, {}] as const);
  const context = {
    plan,
    again: null,
    emit: (event: RunEventBody) => events.push(event),
    lost: new Map(),
    hosts: new Map(seen),
    facts: new Map(seen),
    pending: new Map(seen),
    touched: new Set(['server-2']),
    hostKeyTrust: new Map(),
    blueprints: new Map(),
    forwarding: new Map(),
    applied: [],
    matrix: null,
  } as unknown as RunContext;
  return { context, events };
}

describe('a run that only looks', () => {
  it.each(['ssh.unreachable', 'ssh.refused', 'ssh.timedOut', 'ssh.connectionLost', 'host.commandTimedOut'] as const)(
    'goes on without a server after %s: it is told as failed, and forgotten',
    (code) => {
      const { context, events } = begin();
      expect(goOnWithout(context, new Map([['server-2', failed(code, 'server-2')]]))).toBe(true);
      const results = events.flatMap((event) => (event.type === 'checkFinished' ? [event.result] : []));
      expect(results.map(({ id, subject, verdict, observed }) => [id, formatSubject(subject), verdict, observed.code])).toEqual([
        ['server.reached', 'server-2', 'fail', code],
      ]);
      expect(events).toContainEqual(expect.objectContaining({ type: 'note', level: 'warn', server: 'server-2' }));
      expect(serverNames(context)).toEqual(['server-1', 'server-3']);
      expect([context.facts.has('server-2'), context.pending.has('server-2'), context.touched.has('server-2')]).toEqual([
        false,
        false,
        false,
      ]);
      // Whoever asks for it all the same is told why there is none.
      expect(() => hostOf(context, 'server-2')).toThrow(code);
    },
  );

  it.each(['ssh.authRejected', 'ssh.hostKeyChanged', 'ssh.hostKeyUnknown', 'ssh.nameNotFound', 'sudo.refused', 'run.aborted'] as const)(
    'ends with %s, which somebody has to put right',
    (code) => {
      const { context, events } = begin();
      const failures = new Map([
        ['server-1', failed('ssh.timedOut', 'server-1')],
        ['server-2', failed(code, 'server-2')],
      ]);
      expect(goOnWithout(context, failures)).toBe(false);
      expect([events, context.lost.size]).toEqual([[], 0]);
    },
  );
});

it('nothing that changes servers goes on without one', () => {
  const options = { servers: ['server-1'], testAfterInstall: true, deleteData: false, isConfirmed: true, canAsk: false };
  const tolerant = (['check', 'plan', 'validate', 'install', 'failoverTest', 'restoreRoles', 'remove'] as const).filter(
    (workflow) => workflowOf(workflow, options).goesOnWithout !== undefined,
  );
  expect(tolerant).toEqual(['check', 'plan', 'validate']);
});
