import { describe, expect, test } from 'vitest';
import { freshWindowsFacts, sampleWindowsBlueprint, sampleWindowsFacts, sampleWindowsPlan } from '../../artifacts/testing/sampleWindows.ts';
import type { Host, WindowsAbilities } from '../../hosts/host.ts';
import { fail, FailureError, type Failure } from '../../shared/domain/failure.ts';
import type { FirstRunFact, ServiceAsRegistered, WindowsAbout } from '../../shared/domain/firstRun.ts';
import type { RunEventBody } from '../../shared/domain/events.ts';
import { nodesOnServer } from '../../shared/domain/plan.ts';
import type { ServerFacts, WindowsFacts } from '../../shared/domain/server.ts';
import { adminSubject, serverSubject } from '../../shared/domain/subject.ts';
import { say } from '../../shared/messages/message.ts';
import type { RunContext } from '../runContext.ts';
import { awaitPolicy, awaitRestart, awaitShell, lastStopIn } from './awaitAdmin.ts';
import { crashService } from './crash.ts';
import { requireDefender } from './defenderPhases.ts';
import { tellUnmet, type UnmetLater } from './firstRunPhase.ts';
import { lookAtServices, lookAtSystems, missingOf } from './lookAtSystems.ts';
import { longestSilence } from './saveUnderLoad.ts';

const plan = sampleWindowsPlan();
const SERVER = 'server-1';
const QUICK = { waitMs: 300, pollMs: 1 };
const [unit = '', other = ''] = nodesOnServer(plan, SERVER).map((node) => node.unit);

const service = (name: string, more: Partial<ServiceAsRegistered> = {}): ServiceAsRegistered => ({
  name,
  state: 'running',
  pid: 100,
  exitCode: 0,
  account: `NT Service\\${name}`,
  startType: 'auto',
  delayed: true,
  failureActions: [{ type: 'restart', delayMs: 5000 }],
  failureFlag: true,
  preshutdownMs: 130_000,
  ...more,
});

const ABOUT: WindowsAbout = {
  sshd: 'OpenSSH_for_Windows_9.5',
  defaultShell: 'cmd',
  powershell: '5.1',
  windows: 'Windows Server 2022 Standard',
  version: '10.0.20348',
  build: 20_348,
  revision: 1,
  edition: 'ServerStandard',
  installation: 'Server',
  isElevated: true,
  helper: '1',
  services: [],
};

interface Setting {
  readonly about?: (services: readonly string[]) => Promise<WindowsAbout>;
  readonly endProcess?: WindowsAbilities['endProcess'];
  readonly heal?: () => Promise<void>;
  readonly observe?: () => Promise<ServerFacts>;
  readonly facts?: ServerFacts;
  readonly log?: string;
  readonly windows?: null;
  readonly isOwnService?: boolean;
}

function facts(windows: Partial<WindowsFacts> = {}, more: Partial<ServerFacts> = {}): ServerFacts {
  return { ...freshWindowsFacts(), server: SERVER, windows: { ...sampleWindowsFacts, ...windows }, ...more };
}

function set({ about, endProcess, heal, observe, facts: found = facts(), log = '', windows, isOwnService = false }: Setting = {}): {
  readonly context: RunContext;
  readonly told: FirstRunFact[];
  readonly tell: (fact: FirstRunFact) => void;
  readonly instructions: () => readonly string[];
} {
  const events: RunEventBody[] = [];
  const told: FirstRunFact[] = [];
  const host = {
    server: SERVER,
    platform: 'windows',
    ...(windows === null
      ? {}
      : {
          windows: {
            about: about ?? (() => Promise.resolve(ABOUT)),
            endProcess: endProcess ?? (() => Promise.resolve()),
            excludeFromDefender: () => Promise.resolve(),
            includeInDefender: () => Promise.resolve(),
          },
        }),
    faults: { heal: heal ?? (() => Promise.resolve()) },
    observe: observe ?? (() => Promise.resolve(found)),
    isBetweenBoots: () => Promise.resolve(false),
    readSecretFile: () => (isOwnService ? Promise.reject(new Error('no such file')) : Promise.resolve(log)),
    close: () => Promise.resolve(),
  } as unknown as Host;
  const context = {
    plan: isOwnService ? { ...plan, windowsService: 'own' } : plan,
    signal: new AbortController().signal,
    now: () => performance.now(),
    emit: (event: RunEventBody) => events.push(event),
    lost: new Map(),
    hosts: new Map([[SERVER, host]]),
    facts: new Map([[SERVER, found]]),
    pending: new Map(),
    touched: new Set(),
    logsSeenAt: new Map(),
    blueprints: new Map([[SERVER, sampleWindowsBlueprint(plan)]]),
    ways: { connectHost: () => Promise.resolve({ host, trust: 'known' }) },
  } as unknown as RunContext;
  const instructions = (): readonly string[] => events.flatMap((event) => (event.type === 'note' ? [say(event.message)] : []));
  return { context, told, tell: (fact) => told.push(fact), instructions };
}

async function failureOf(work: Promise<unknown>): Promise<Failure | null> {
  return work.then(
    () => null,
    (error: unknown) =>
      error instanceof FailureError ? error.failure : fail('internal', adminSubject, { evidence: String(error) }).failure,
  );
}

const valueOf = (told: readonly FirstRunFact[], name: string): unknown => told.find((fact) => fact.name === name)?.value;

describe('looking', () => {
  test('takes down what each Windows server is, and does nothing on another one', async () => {
    const { context, told, tell } = set();
    await lookAtSystems(tell).run(context, SERVER);
    expect(
      told.filter(({ name }) => ['sshd', 'defaultShell', 'build', 'installation', 'helper'].includes(name)).map(({ value }) => value),
    ).toEqual(['OpenSSH_for_Windows_9.5', 'cmd', 20_348, 'Server', '1']);
    expect(valueOf(told, 'firewall.public.isEnabled')).toBe(true);
    const linux = set({ windows: null });
    expect(await lookAtSystems(linux.tell).run(linux.context, SERVER)).toBe('alreadyDone');
    expect(linux.told).toEqual([]);
  });

  test.each<readonly [Partial<ServiceAsRegistered>, readonly string[]]>([
    [{}, []],
    [{ account: 'LocalSystem' }, ['account']],
    [{ account: null }, ['account']],
    [{ state: 'stopped', startType: 'demand' }, ['state', 'startType']],
    [{ failureActions: null, failureFlag: null }, ['failureActions', 'failureFlag']],
    [{ failureActions: [{ type: 'none', delayMs: 0 }], preshutdownMs: null }, ['failureActions', 'preshutdownMs']],
  ])('a service with %j lacks %j', (more, lacks) => {
    expect(missingOf(service('x', more))).toEqual(lacks);
  });

  test('what nobody tells of a service of its own is not lost, what is told to be otherwise is', async () => {
    const untold = { failureActions: null, failureFlag: null, preshutdownMs: null };
    expect(missingOf(service('x', untold), true)).toEqual([]);
    expect(missingOf(service('x', { ...untold, failureFlag: false }), true)).toEqual(['failureFlag']);
    const { context, tell } = set({
      isOwnService: true,
      about: () => Promise.resolve({ ...ABOUT, helper: null, services: [service(unit, untold), service(other, untold)] }),
    });
    expect(await lookAtServices(tell).run(context, SERVER)).toBe('observed');
  });

  test('a setting that Windows did not keep fails, with everything that was told of the services', async () => {
    const { context, told, tell } = set({
      about: () => Promise.resolve({ ...ABOUT, services: [service(unit), service(other, { account: 'LocalSystem' })] }),
    });
    const failure = await failureOf(lookAtServices(tell).run(context, SERVER));
    expect(failure).toMatchObject({ code: 'firstRun.unmet', values: { reason: `Windows did not keep ${other}: account` } });
    expect(failure?.evidence).toContain('LocalSystem');
    expect(valueOf(told, `${unit}.failureActions`)).toBe('restart 5000 ms');
  });

  test('without a Defender that watches files there is nothing to exclude from', async () => {
    const off = set({ facts: facts({ defender: { isRunning: true, isRealTime: false, isTamperProtected: false, exclusions: [] } }) });
    expect((await failureOf(requireDefender(off.tell).run(off.context, SERVER)))?.code).toBe('firstRun.notPossible');
    const on = set({ facts: facts({ defender: { isRunning: true, isRealTime: true, isTamperProtected: true, exclusions: [] } }) });
    expect(await requireDefender(on.tell).run(on.context, SERVER)).toBe('observed');
  });
});

describe('a crash', () => {
  test('that Windows repairs is timed', async () => {
    const killed: number[] = [];
    let looks = 0;
    const states = [service(unit), service(unit, { state: 'stopped', pid: 0 }), service(unit, { pid: 200 })];
    const { context, told, tell } = set({
      about: () => Promise.resolve({ ...ABOUT, services: [states[Math.min(looks++, 2)] ?? service(unit)] }),
      endProcess: (pid) => Promise.resolve(void killed.push(pid)),
    });
    const later: UnmetLater = [];
    await crashService(SERVER, tell, later).run(context, SERVER);
    expect([killed, later]).toEqual([[100], []]);
    expect([valueOf(told, `${unit}.seenDownMs`), valueOf(told, `${unit}.runningAgainMs`)]).toEqual([
      expect.any(Number),
      expect.any(Number),
    ]);
  });

  test('that Windows does not repair is repaired, and told at the end', async () => {
    let healed = 0;
    let isDown = false;
    const { context, told, tell } = set({
      about: () => Promise.resolve({ ...ABOUT, services: [service(unit, isDown ? { state: 'stopped', pid: 0, exitCode: 1067 } : {})] }),
      endProcess: () => Promise.resolve(void (isDown = true)),
      heal: () => Promise.resolve(void (healed += 1)),
    });
    const later: UnmetLater = [];
    expect(await crashService(SERVER, tell, later, 20).run(context, SERVER)).toBe('changed');
    expect([healed, valueOf(told, `${unit}.runningAgainMs`)]).toEqual([1, null]);
    const failure = await failureOf(tellUnmet(later).run(context, ''));
    expect(failure).toMatchObject({ code: 'firstRun.unmet', subject: serverSubject(SERVER) });
    expect(failure?.evidence).toContain('1067');
    expect(await tellUnmet([]).run(context, '')).toBe('observed');
  });

  test('is not made of a service that does not run, nor on another server', async () => {
    const { context, tell } = set({ about: () => Promise.resolve({ ...ABOUT, services: [service(unit, { state: 'stopped', pid: 0 })] }) });
    expect((await failureOf(crashService(SERVER, tell, []).run(context, SERVER)))?.code).toBe('firstRun.notPossible');
    expect(await crashService('server-2', tell, []).run(context, SERVER)).toBe('alreadyDone');
  });
});

describe('what an administrator does', () => {
  test('another default shell is waited for, and then the first one', async () => {
    let shell: 'cmd' | 'powershell' = 'cmd';
    let looks = 0;
    const { context, told, tell, instructions } = set({
      about: () => {
        looks += 1;
        if (looks === 3) shell = 'powershell';
        if (looks === 5) shell = 'cmd';
        return Promise.resolve({ ...ABOUT, defaultShell: shell });
      },
    });
    await awaitShell(SERVER, 'other', tell, QUICK).run(context, SERVER);
    await awaitShell(SERVER, 'back', tell, QUICK).run(context, SERVER);
    expect(told.map(({ name, value }) => [name, value])).toEqual([
      ['defaultShell.other', 'powershell'],
      ['defaultShell.back', 'cmd'],
    ]);
    expect(instructions()[0]).toContain('make powershell the default shell');
    expect(instructions()[1]).toContain('reg.exe delete HKLM\\SOFTWARE\\OpenSSH /v DefaultShell /f');
  });

  test('what nobody does in time is told so', async () => {
    const { context, tell } = set();
    const failure = await failureOf(awaitShell(SERVER, 'other', tell, QUICK).run(context, SERVER));
    expect(failure).toMatchObject({ code: 'firstRun.unmet', values: { reason: 'it was not done within 0 min' } });
  });

  test('a group policy is seen when it is there, and when it is gone', async () => {
    const ignored = [{ profile: 'public', isEnabled: true, takesLocalRules: false }] as const;
    const taken = [{ profile: 'public', isEnabled: true, takesLocalRules: true }] as const;
    let looks = 0;
    const { context, told, tell } = set({
      facts: facts({ firewallProfiles: [...taken] }),
      observe: () => Promise.resolve(facts({ firewallProfiles: looks++ % 3 === 1 ? [...ignored] : [...taken] })),
    });
    await awaitPolicy(SERVER, 'set', tell, QUICK).run(context, SERVER);
    await awaitPolicy(SERVER, 'gone', tell, QUICK).run(context, SERVER);
    expect(told.map(({ name, value }) => [name, value])).toEqual([
      ['localRules.set', 'public'],
      ['localRules.gone', ''],
    ]);
    const there = set({ facts: facts({ firewallProfiles: [...ignored] }) });
    expect((await failureOf(awaitPolicy(SERVER, 'set', there.tell, QUICK).run(there.context, SERVER)))?.code).toBe('firstRun.notPossible');
  });

  const LOG = [
    '2026-11-23 10:00:00 service x begins, triad-service 1, process 4',
    '2026-11-23 11:00:00 asked to stop (control 15)',
    '2026-11-23 11:00:00 SHUTDOWN: heard, error 0, answer ""',
    '2026-11-23 11:00:01 process 9 ended with code 0',
    '2026-11-23 11:00:01 stopped, error 0, code 0',
    '2026-11-23 11:02:00 service x begins, triad-service 1, process 4',
    '2026-11-23 11:02:01 ready: +PONG',
  ].join('\r\n');

  test('a restart is timed by what is lost and what comes back, and the log tells of the shutdown', async () => {
    let looks = 0;
    const units = [unit, other].map((name) => ({
      unit: name,
      load: 'loaded',
      active: 'active',
      sub: 'running',
      enabled: 'enabled',
      mainPid: 1,
      needsReload: false,
      restarts: null,
    }));
    const before = facts({}, { bootId: 'boot-1000', units });
    const { context, told, tell } = set({
      facts: before,
      log: LOG,
      observe: () => {
        looks += 1;
        if (looks === 2) return Promise.reject(fail('ssh.connectionLost', serverSubject(SERVER), { values: { server: SERVER } }));
        if (looks < 4) return Promise.resolve(before);
        const active = looks === 4 ? 'activating' : 'active';
        return Promise.resolve(facts({}, { bootId: 'boot-2000', units: units.map((one) => ({ ...one, active })) }));
      },
    });
    const later: UnmetLater = [];
    await awaitRestart(SERVER, tell, later, QUICK).run(context, SERVER);
    expect([looks, later]).toEqual([5, []]);
    expect([valueOf(told, `${unit}.askedBy`), valueOf(told, `${unit}.endedGracefully`)]).toEqual(['15', true]);
    for (const name of ['restart.lostMs', 'restart.answersMs', 'restart.servicesRunMs'])
      expect(valueOf(told, name)).toEqual(expect.any(Number));
  });

  test('how services of their own ended at a restart is not known: they have no log that says it', async () => {
    const { context, told, tell } = set({
      isOwnService: true,
      facts: facts({}, { bootId: 'boot-1000', units: [] }),
      observe: () => Promise.resolve(facts({}, { bootId: 'boot-2000', units: [] })),
    });
    const later: UnmetLater = [];
    await awaitRestart(SERVER, tell, later, QUICK).run(context, SERVER);
    expect([later, valueOf(told, `${unit}.endedGracefully`), told.some(({ name }) => name.endsWith('serviceLog'))]).toEqual([
      [],
      null,
      false,
    ]);
  });

  test('a Redis that was cut off at the shutdown is told at the end, and what would be no restart at once', async () => {
    const before = facts({}, { bootId: 'boot-1000', units: [] });
    const { context, tell } = set({
      facts: before,
      log: 'service x begins',
      observe: () => Promise.resolve(facts({}, { bootId: 'boot-2000', units: [] })),
    });
    const later: UnmetLater = [];
    await awaitRestart(SERVER, tell, later, QUICK).run(context, SERVER);
    expect(later[0]?.failure.values['reason']).toContain(unit);
    const denied = set({ facts: before, observe: () => Promise.reject(fail('host.accessDenied', serverSubject(SERVER))) });
    expect((await failureOf(awaitRestart(SERVER, denied.tell, [], QUICK).run(denied.context, SERVER)))?.code).toBe('host.accessDenied');
  });

  test.each([
    [LOG, '15', true],
    ['', null, null],
    ['x asked to stop (control 1)\nx process 9 did not end in 60000 ms and is killed', '1', false],
    ['x asked to stop (control 5)\nx service y begins, z\nx process 9 ended with code 0', '5', null],
  ])('the log %j tells of a stop by %s, graceful: %s', (log, asked, isGraceful) => {
    expect(lastStopIn(log)).toMatchObject({ asked, isGraceful });
  });
});

describe('saving under load', () => {
  const write = (endedAtMs: number, outcome: 'acknowledged' | 'refused' = 'acknowledged') => ({
    n: 0,
    startedAtMs: endedAtMs,
    endedAtMs,
    outcome,
    reason: '',
  });

  test('the longest silence counts to the end, and refused writes are silence', () => {
    const journal = {
      shard: 0,
      startedAtMs: 0,
      endedAtMs: 1000,
      writes: [write(90), write(110), write(150, 'refused'), write(200), write(210)],
    };
    expect(longestSilence(journal, 100, 300)).toBe(90);
    expect(longestSilence(journal, 100, 215)).toBe(90);
    expect(longestSilence({ ...journal, writes: [] }, 100, 300)).toBe(200);
  });
});
