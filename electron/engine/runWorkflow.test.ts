import { describe, expect, test } from 'vitest';
import type { RunEventBody } from '../shared/domain/events.ts';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { Phase, PhaseResult } from './phase.ts';
import { runWorkflow, type WorkflowEnd } from './runWorkflow.ts';

interface World {
  readonly done: string[];
}

const title = { code: 'phase.connect', values: {} };

function phase(
  id: string,
  scope: 'server' | 'cluster',
  run: (world: World, server: string) => Promise<PhaseResult>,
  undo?: (world: World) => Promise<void>,
): Phase<World> {
  return {
    id,
    title,
    scope,
    run,
    leaves: undo === undefined ? { kind: 'keeps', reason: title } : { kind: 'undo', undo },
  };
}

async function runAll(
  phases: readonly Phase<World>[],
  signal = new AbortController().signal,
): Promise<{ end: WorkflowEnd; events: RunEventBody[]; world: World }> {
  const events: RunEventBody[] = [];
  const world: World = { done: [] };
  let clock = 0;
  const end = await runWorkflow(
    { phases },
    { context: world, servers: ['a', 'b', 'c'], emit: (event) => events.push(event), signal, now: () => (clock += 1) },
  );
  return { end, events, world };
}

const note =
  (name: string): ((world: World, server: string) => Promise<PhaseResult>) =>
  (world, server) => {
    world.done.push(`${name}${server}`);
    return Promise.resolve('changed');
  };

describe('runWorkflow', () => {
  test('runs server phases on every server and cluster phases once, in order', async () => {
    const { end, world, events } = await runAll([phase('one', 'server', note('1')), phase('two', 'cluster', note('2'))]);
    expect(end).toEqual({ failure: null, wasAborted: false });
    expect(world.done).toEqual(['1a', '1b', '1c', '2']);
    expect(events.filter((event) => event.type === 'phaseFinished').map((event) => event.server)).toEqual(['a', 'b', 'c', null]);
  });

  test('lets the other servers finish when one fails, then stops, and tells which', async () => {
    const failing = phase('one', 'server', async (world, server) => {
      if (server === 'a') throw fail('host.diskFull', serverSubject('a'), { values: { server: 'a', path: '/x' } });
      return note('1')(world, server);
    });
    const { end, world, events } = await runAll([failing, phase('two', 'cluster', note('2'))]);
    expect(end.failure?.code).toBe('host.diskFull');
    expect(world.done).toEqual(['1b', '1c']);
    expect(events).toContainEqual(expect.objectContaining({ type: 'phaseFinished', phase: 'one', server: 'a', outcome: 'failed' }));
  });

  test('an unforeseen error is a failure too, with its text', async () => {
    const { end } = await runAll([phase('one', 'cluster', async () => Promise.reject(new TypeError('odd')))]);
    expect(end.failure).toMatchObject({ code: 'internal', values: { reason: 'odd' } });
  });

  test('tells the cause of a failure in its place, where there is one', async () => {
    const lost = fail('ssh.connectionLost', serverSubject('a'), { values: { server: 'a' } }).failure;
    const run = async (code: 'redis.unreachable' | 'host.diskFull'): Promise<WorkflowEnd> =>
      runWorkflow(
        {
          phases: [phase('one', 'cluster', async () => Promise.reject(fail(code, serverSubject('a'))))],
          causeOf: async (_, failure) => Promise.resolve(failure.code === 'redis.unreachable' ? lost : null),
        },
        { context: { done: [] }, servers: [], emit: () => undefined, signal: new AbortController().signal, now: () => 0 },
      );
    expect((await run('redis.unreachable')).failure).toEqual(lost);
    expect((await run('host.diskFull')).failure?.code).toBe('host.diskFull');
  });

  describe('where it may go on without a server', () => {
    const failingOn = (...lost: readonly string[]): Phase<World> =>
      phase('one', 'server', async (world, server) => {
        if (lost.includes(server)) throw fail('ssh.unreachable', serverSubject(server));
        return note('1')(world, server);
      });
    const runWithout = async (first: Phase<World>): Promise<{ end: WorkflowEnd; world: World; asked: string[][] }> => {
      const world: World = { done: [] };
      const asked: string[][] = [];
      const end = await runWorkflow(
        {
          phases: [first, phase('two', 'server', note('2')), phase('three', 'cluster', note('3'))],
          goesOnWithout: (_, failures) => {
            asked.push([...failures.keys()]);
            return [...failures.values()].every(({ code }) => code === 'ssh.unreachable');
          },
        },
        { context: world, servers: ['a', 'b', 'c'], emit: () => undefined, signal: new AbortController().signal, now: () => 0 },
      );
      return { end, world, asked };
    };

    test('the later phases run on the others alone', async () => {
      const { end, world, asked } = await runWithout(failingOn('b'));
      expect([end.failure, asked]).toEqual([null, [['b']]]);
      expect(world.done).toEqual(['1a', '1c', '2a', '2c', '3']);
    });

    test('another failure ends the run, and so does the loss of all servers', async () => {
      const full = phase('one', 'server', async (world, server) => {
        if (server === 'b') throw fail('host.diskFull', serverSubject('b'), { values: { server: 'b', path: '/x' } });
        return note('1')(world, server);
      });
      const ended = await runWithout(full);
      expect([ended.end.failure?.code, ended.world.done]).toEqual(['host.diskFull', ['1a', '1c']]);
      const gone = await runWithout(failingOn('a', 'b', 'c'));
      expect([gone.end.failure?.code, gone.world.done, gone.asked]).toEqual(['ssh.unreachable', [], []]);
    });
  });

  test('an abort is told as such, whatever the phase throws, and its own part is taken back', async () => {
    const stop = new AbortController();
    const interrupted = phase(
      'one',
      'cluster',
      async () => {
        stop.abort();
        return Promise.reject(new Error('socket closed'));
      },
      async (world) => {
        world.done.push('undone');
        return Promise.resolve();
      },
    );
    const { end, world } = await runAll([interrupted, phase('two', 'cluster', note('2'))], stop.signal);
    expect(end).toMatchObject({ wasAborted: true, failure: { code: 'run.aborted' } });
    expect(world.done).toEqual(['undone']);
  });

  test('an undo that fails is told instead of the interruption', async () => {
    const stop = new AbortController();
    const interrupted = phase(
      'one',
      'cluster',
      async () => {
        stop.abort();
        return Promise.reject(new Error('closed'));
      },
      async () => Promise.reject(fail('failover.notHealed', serverSubject('a'), { values: { server: 'a', reason: 'r', seconds: 60 } })),
    );
    const { end } = await runAll([interrupted], stop.signal);
    expect(end).toMatchObject({ wasAborted: false, failure: { code: 'failover.notHealed' } });
  });

  test('an undo that fails keeps what it was needed for as evidence', async () => {
    const broken = phase(
      'one',
      'cluster',
      async () => Promise.reject(fail('redis.authRejected', serverSubject('a'), { values: { node: 'n' }, evidence: 'WRONGPASS' })),
      async () =>
        Promise.reject(
          fail('failover.notHealed', serverSubject('a'), { values: { server: 'a', reason: 'r', seconds: 60 }, evidence: 'exit code 1' }),
        ),
    );
    const { end } = await runAll([broken]);
    expect(end.failure).toMatchObject({
      code: 'failover.notHealed',
      evidence: 'exit code 1\nThe Redis node n rejected the password\nWRONGPASS',
    });
  });

  test('a changed host key on one server is told before an ordinary failure of another', async () => {
    const phases = [
      phase('one', 'server', async (_world, server) => {
        const code = server === 'c' ? 'ssh.hostKeyChanged' : 'ssh.timedOut';
        return Promise.reject(fail(code, serverSubject(server)));
      }),
    ];
    expect((await runAll(phases)).end.failure?.code).toBe('ssh.hostKeyChanged');
  });
});
