import { expect, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { Host } from '../hosts/host.ts';
import { fail } from '../shared/domain/failure.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { asSeen, cutPower, preparePower, restorePower } from './powerFault.ts';
import type { GuardedPower } from './powerSwitch.ts';
import type { RunContext } from './runContext.ts';
import { newTrial, type Trial } from './trial.ts';

const plan = samplePlan();
const [victim] = plan.servers;
if (victim === undefined) throw new Error('a server');
const server = victim.name;
const gone = fail('ssh.connectionLost', serverSubject(server), { values: { server } });
const never = new AbortController().signal;

/** A server and its power; each look at the clock takes `tickMs`. What happens is kept in `did`. */
function world({ tickMs = 1, isCut = true, refusals = 0 } = {}): {
  readonly context: RunContext;
  readonly trial: Trial;
  readonly did: string[];
} {
  const did: string[] = [];
  let nowMs = 0;
  let isOff = false;
  let refused = 0;
  const hostOf = (name: string, boot: number): Host =>
    ({
      server: name,
      isBetweenBoots: () => (isOff || (boot === 1 && did.includes('on')) ? Promise.reject(gone) : Promise.resolve(false)),
      holdLock: () => {
        did.push('lock');
        return Promise.resolve({ kind: 'taken', lock: { end: () => Promise.resolve() } });
      },
      close: () => {
        did.push(`close ${boot}`);
        return Promise.resolve();
      },
    }) as Partial<Host> as Host;
  const power: GuardedPower = {
    off: () => {
      did.push('off');
      isOff = isCut;
      return Promise.resolve();
    },
    on: () => {
      did.push('on');
      isOff = false;
      return Promise.resolve();
    },
    end: () => did.push('end'),
  };
  const context = {
    plan,
    signal: never,
    lost: new Map(),
    hosts: new Map([[server, hostOf(server, 1)]]),
    hostKeyTrust: new Map(),
    locks: [],
    now: () => (nowMs += tickMs),
    emit: () => undefined,
    ways: {
      power: {
        guard: (order: unknown) => {
          did.push(JSON.stringify(order));
          return Promise.resolve(power);
        },
      },
      connectHost: () => {
        refused += 1;
        if (refused <= refusals) return Promise.reject(fail('ssh.refused', serverSubject(server), { values: { host: server, port: 22 } }));
        did.push('connect');
        return Promise.resolve({ host: hostOf(server, 2), trust: 'known' });
      },
    },
  } as unknown as RunContext;
  return { context, trial: newTrial(context, { server, scenario: 'powerLost', round: 1 }), did };
}

async function guarded(options?: Parameters<typeof world>[0]): Promise<ReturnType<typeof world>> {
  const made = world(options);
  const { fault } = made.trial;
  if (fault?.kind !== 'power') throw new Error('a power fault');
  await preparePower(made.context, made.trial, fault);
  return made;
}

test('what switches the server on stands before its power goes, and knows it', async () => {
  const { context, trial, did } = await guarded();
  await cutPower(context, trial);
  expect(did).toEqual([JSON.stringify({ server, address: victim.address, onAfterSeconds: trial.fault?.healAfterSeconds }), 'off']);
});

test('a command that cuts the power of nothing, or of another server, is found out', async () => {
  const { context, trial } = await guarded({ isCut: false, tickMs: 7000 });
  await expect(cutPower(context, trial)).rejects.toMatchObject({ failure: { code: 'failover.stillOn', values: { server, seconds: 20 } } });
});

test('a server that is back has a new connection in the place of the dead one, and is held for this run again', async () => {
  const { context, trial, did } = await guarded({ refusals: 1 });
  await cutPower(context, trial);
  await restorePower(context, trial, never);
  expect(did.slice(1)).toEqual(['off', 'on', 'connect', 'end', 'close 1', 'lock']);
  expect(await context.hosts.get(server)?.isBetweenBoots()).toBe(false);
});

test('a server whose power was not cut after all keeps its connection', async () => {
  const { context, trial, did } = await guarded({ isCut: false });
  context.hosts.set(server, { ...context.hosts.get(server), isBetweenBoots: () => Promise.resolve(false) } as Host);
  await restorePower(context, trial, never);
  expect(did.slice(1)).toEqual(['on', 'end']);
});

test('one that never comes back is told, and stays guarded', async () => {
  const { context, trial, did } = await guarded({ refusals: Infinity, tickMs: 600_000 });
  await cutPower(context, trial);
  await expect(restorePower(context, trial, never)).rejects.toMatchObject({
    failure: { code: 'failover.notBack', values: { server, minutes: 15 } },
  });
  expect(did).not.toContain('end');
});

test('what is seen through a server that has just booted may have been so since it was switched on', () => {
  const { context, trial } = world();
  const mark = { name: 'serverStarted', atMs: 9000, uncertaintyMs: 40, evidence: '' } as const;
  const on: Trial = { ...trial, poweredOnAtMs: 4000 };
  const seen = (probeRoute: 'direct' | 'ssh', of: Trial, name: 'serverStarted' | 'promoted'): number =>
    asSeen({ ...context, probeRoute }, of, { ...mark, name }).uncertaintyMs;
  expect([seen('ssh', on, 'serverStarted'), seen('direct', on, 'serverStarted'), seen('ssh', on, 'promoted')]).toEqual([5000, 40, 40]);
  expect(seen('ssh', { ...on, fault: null }, 'serverStarted')).toBe(40);
});
