import { describe, expect, it } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { Phase } from '../engine/phase.ts';
import { WorkflowId, type RunEventBody } from '../shared/domain/events.ts';
import { fail, FailureError, type Failure, type FailureCode } from '../shared/domain/failure.ts';
import { markPathOf, renderMark } from '../shared/domain/maintenanceMark.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { formatSubject, serverSubject, type Subject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { workflowOf } from '../workflows/workflowOf.ts';
import { goOnWithout } from './goOnWithout.ts';
import { reportMaintenance } from './maintenanceMarks.ts';
import { refusingMaintenance } from './vacate.ts';
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
  const tolerant = WorkflowId.options.filter((workflow) => workflowOf(workflow, options).goesOnWithout !== undefined);
  expect(tolerant).toEqual(['check', 'plan', 'validate', 'maintenanceStatus']);
});

/** A context whose server-1 has read the mark of server-2. */
function beginMarked(): ReturnType<typeof begin> {
  const begun = begin();
  const { context } = begun;
  const content = renderMark({ schemaVersion: 1, cluster: context.plan.cluster, server: 'server-2', runId: 'r', by: 'ana', at: '2026' });
  const paths = [{ path: markPathOf(context.plan, 'server-1'), kind: 'file', content }];
  context.facts.set('server-1', { server: 'server-1', paths } as unknown as ServerFacts);
  context.facts.set('server-3', { server: 'server-3', paths: [] } as unknown as ServerFacts);
  return begun;
}

describe('the state of a maintenance', () => {
  const options = { servers: [], testAfterInstall: false, deleteData: false, isConfirmed: true, canAsk: false };
  const checksOf = async (away: readonly string[]): Promise<readonly string[]> => {
    const { context, events } = beginMarked();
    const { goesOnWithout } = workflowOf('maintenanceStatus', options);
    expect(goesOnWithout?.(context, new Map(away.map((server) => [server, failed('ssh.timedOut', server)])))).toBe(true);
    await reportMaintenance.run(context, '');
    return events.flatMap((event) =>
      event.type === 'checkFinished' ? [`${event.result.verdict} ${event.result.id} ${event.result.observed.code.split('.').at(-1)}`] : [],
    );
  };

  it('is no failure where only the server in maintenance is away: its peers tell', async () => {
    expect(await checksOf(['server-2'])).toEqual(['warn server.maintenance away']);
  });

  it('is one where another server is away too', async () => {
    expect(await checksOf(['server-2', 'server-3'])).toEqual(['fail server.reached timedOut', 'warn server.maintenance away']);
  });
});

describe('a maintenance cannot begin', () => {
  const begun = (code: FailureCode, about: Subject): Promise<unknown> => {
    const { context } = begin();
    const phase: Phase<RunContext> = {
      id: 'connect',
      title: message('phase.connect'),
      scope: about.kind === 'server' ? 'server' : 'cluster',
      run: () => Promise.reject(fail(code, about, { values: { endpoint: 'E', seconds: 1, node: 'N', reason: 'R' } })),
      leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
    };
    return Promise.resolve(refusingMaintenance('server-1', phase).run(context, about.kind === 'server' ? about.server : '')).catch(
      (error: unknown) => (error instanceof FailureError ? `${error.failure.code} ${String(error.failure.values['reason'])}` : error),
    );
  };
  const node = (server: string): Subject => ({ kind: 'node', server, node: `${server}:7000`, port: 7000 }) as Subject;

  it.each<[string, FailureCode, Subject, string]>([
    ['another server is down', 'ssh.timedOut', serverSubject('server-3'), 'maintenance.refused server-3 is away already: The server at E'],
    ['a node of another does not answer', 'redis.unreachable', node('server-3'), 'maintenance.refused The Redis node N cannot be reached'],
    ['it is down itself', 'ssh.timedOut', serverSubject('server-1'), 'ssh.timedOut'],
    ['another one refuses the login', 'ssh.authRejected', serverSubject('server-3'), 'ssh.authRejected'],
  ])('where %s', async (_, code, about, told) => {
    expect(await begun(code, about)).toContain(told);
  });
});
