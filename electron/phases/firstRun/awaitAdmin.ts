import type { Phase } from '../../engine/phase.ts';
import type { Host } from '../../hosts/host.ts';
import { failureOf } from '../../shared/domain/failure.ts';
import { isOwnServiceOn, nodesOnServer } from '../../shared/domain/plan.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { childOf } from '../../shared/domain/serverPath.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message } from '../../shared/messages/message.ts';
import { pauseFor } from '../connectBooting.ts';
import { lookAt } from '../gatherFacts.ts';
import { factsOf, type RunContext } from '../runContext.ts';
import { instruct, notPossible, onWindowsServer, unmet, type TellFact, type UnmetLater } from './firstRunPhase.ts';

/** An administrator has to walk to a server, and Windows to install its updates at a restart. */
const ADMIN_WAIT_MS = 30 * 60_000;
const POLL_MS = 2000;
const RETRY_MS = 500;

/** How long to wait, and how often to look; tests are in more of a hurry. */
export interface AwaitOptions {
  readonly waitMs?: number;
  readonly pollMs?: number;
}

/** Looks again and again until it is so; fails with `firstRun.unmet` when nobody has done it in time. */
async function awaitDone(
  context: RunContext,
  server: string,
  phase: string,
  { waitMs = ADMIN_WAIT_MS, pollMs = POLL_MS }: AwaitOptions,
  isDone: () => Promise<boolean>,
): Promise<void> {
  const endsAtMs = context.now() + waitMs;
  while (!(await isDone())) {
    const leftMs = endsAtMs - context.now();
    if (leftMs <= 0) throw unmet(server, message('firstRun.why.notDone', { minutes: Math.round(waitMs / 60_000) }));
    const waiting = message('firstRun.note.waiting', { server, seconds: Math.ceil(leftMs / 1000) });
    context.emit({ type: 'phaseProgress', phase, server, message: waiting });
    await pauseFor(pollMs, context.signal);
  }
}

/** Opens a connection in the place of the last one: sshd reads its settings for each. */
async function reconnect(context: RunContext, server: string): Promise<Host> {
  await context.hosts.get(server)?.close();
  const { host } = await context.ways.connectHost(server, context.signal);
  context.hosts.set(server, host);
  return host;
}

/** Set before the first of the two waits for another default shell, read by the second. */
const firstShell = new WeakMap<RunContext, 'cmd' | 'powershell'>();

/** What makes PowerShell the default shell of sshd, and what makes it cmd again, to be typed in cmd. */
const SHELL_COMMANDS = {
  powershell:
    'reg.exe add HKLM\\SOFTWARE\\OpenSSH /v DefaultShell /t REG_SZ /d C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe /f',
  cmd: 'reg.exe delete HKLM\\SOFTWARE\\OpenSSH /v DefaultShell /f',
} as const;

/** Waits until an administrator has given sshd its other default shell (`other`), or the first one again (`back`). Works on through new connections. */
export function awaitShell(server: string, way: 'other' | 'back', tell: TellFact, options: AwaitOptions = {}): Phase<RunContext> {
  const id = `awaitShell${way === 'other' ? 'Other' : 'Back'}`;
  const title = message(way === 'other' ? 'phase.awaitShellOther' : 'phase.awaitShellBack');
  return onWindowsServer(id, title, server, async (context, _server, windows) => {
    const shellNow = async (host: Host): Promise<string> => (await host.windows?.about([], { signal: context.signal }))?.defaultShell ?? '';
    const first = firstShell.get(context) ?? (await windows.about([], { signal: context.signal })).defaultShell;
    firstShell.set(context, first);
    const wanted = way === 'back' ? first : first === 'cmd' ? 'powershell' : 'cmd';
    instruct(context, server, message('firstRun.note.shell', { server, shell: wanted, command: SHELL_COMMANDS[wanted] }));
    await awaitDone(context, server, id, options, async () => (await shellNow(await reconnect(context, server))) === wanted);
    tell({ server, name: `defaultShell.${way}`, value: wanted, unit: null });
    return 'observed';
  });
}

const GROUP_POLICY =
  'reg.exe add HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\PublicProfile /v AllowLocalPolicyMerge /t REG_DWORD /d 0 /f';
const NO_GROUP_POLICY = 'reg.exe delete HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\PublicProfile /v AllowLocalPolicyMerge /f';

function ignoredProfiles(facts: ServerFacts): string {
  return (facts.windows?.firewallProfiles ?? [])
    .filter(({ isEnabled, takesLocalRules }) => isEnabled && !takesLocalRules)
    .map(({ profile }) => profile)
    .join(', ');
}

/** Waits until a group policy has local firewall rules ignored in an active profile (`set`), or in none any more (`gone`). After `gatherFacts`. */
export function awaitPolicy(server: string, way: 'set' | 'gone', tell: TellFact, options: AwaitOptions = {}): Phase<RunContext> {
  const id = `awaitPolicy${way === 'set' ? 'Set' : 'Gone'}`;
  const title = message(way === 'set' ? 'phase.awaitPolicySet' : 'phase.awaitPolicyGone');
  return onWindowsServer(id, title, server, async (context) => {
    if (way === 'set' && ignoredProfiles(factsOf(context, server)) !== '')
      throw notPossible(server, message('firstRun.why.policyThere', { profiles: ignoredProfiles(factsOf(context, server)) }));
    const command = way === 'set' ? GROUP_POLICY : NO_GROUP_POLICY;
    instruct(context, server, message(way === 'set' ? 'firstRun.note.policySet' : 'firstRun.note.policyGone', { server, command }));
    await awaitDone(context, server, id, options, async () => {
      await lookAt(context, server);
      return (ignoredProfiles(factsOf(context, server)) !== '') === (way === 'set');
    });
    tell({ server, name: `localRules.${way}`, value: ignoredProfiles(factsOf(context, server)), unit: null });
    return 'observed';
  });
}

/** The moment of the last boot, unix seconds; facts of a Windows server have it in place of a number of the boot. */
function bootSecondsOf(facts: ServerFacts): number {
  return Number(/^boot-(\d+)$/u.exec(facts.bootId)?.[1] ?? 0);
}

/** The moment of the boot moves a little with the clock. */
const SAME_BOOT_SECONDS = 3;

/** What the service's own log says of its last stop: when Windows asked, whether Redis heard, and how it ended. */
export function lastStopIn(log: string): {
  readonly asked: string | null;
  readonly isGraceful: boolean | null;
  readonly lines: readonly string[];
} {
  const lines = log.split(/\r?\n/u).filter((line) => line !== '');
  const askedAt = lines.findLastIndex((line) => line.includes('asked to stop'));
  if (askedAt < 0) return { asked: null, isGraceful: null, lines: [] };
  const after = lines.slice(askedAt);
  const begins = after.findIndex((line, at) => at > 0 && /service .* begins/u.test(line));
  const stop = begins < 0 ? after : after.slice(0, begins);
  const isKilled = stop.some((line) => line.includes('is killed'));
  const isEnded = stop.some((line) => /ended with code/u.test(line));
  return { asked: /control (\d+)/u.exec(stop[0] ?? '')?.[1] ?? null, isGraceful: isKilled ? false : isEnded ? true : null, lines: stop };
}

/**
 * Waits until an administrator has restarted a server and its services run again by themselves. Takes down when it was lost, when it answered and when the services
 * ran, and what their logs say of the shutdown: Windows' PRESHUTDOWN (control 15) must have let Redis save. After `gatherFacts`.
 */
export function awaitRestart(server: string, tell: TellFact, later: UnmetLater, options: AwaitOptions = {}): Phase<RunContext> {
  const id = 'awaitRestart';
  return onWindowsServer(id, message('phase.awaitRestart'), server, async (context) => {
    const units = nodesOnServer(context.plan, server).map(({ unit }) => unit);
    const bootBefore = bootSecondsOf(factsOf(context, server));
    instruct(context, server, message('firstRun.note.restart', { server, command: 'shutdown.exe /r /t 5' }));
    const beganMs = context.now();
    const moments = { lostMs: null as number | null, answersMs: null as number | null };
    const since = (): number => Math.round(context.now() - beganMs);
    await awaitDone(context, server, id, { pollMs: RETRY_MS, ...options }, async () => {
      try {
        const host = moments.lostMs === null ? context.hosts.get(server) : await reconnect(context, server);
        if (host === undefined || (await host.isBetweenBoots({ signal: context.signal }))) return false;
        await lookAt(context, server);
      } catch (error) {
        context.signal.throwIfAborted();
        const { code } = failureOf(error, serverSubject(server));
        // Anything else would be no restart, and would not pass by waiting.
        if (!code.startsWith('ssh.') && code !== 'host.commandTimedOut' && code !== 'host.commandFailed') throw error;
        moments.lostMs ??= since();
        return false;
      }
      if (bootSecondsOf(factsOf(context, server)) <= bootBefore + SAME_BOOT_SECONDS) return false;
      moments.answersMs ??= since();
      return factsOf(context, server).units.every(({ unit, active }) => !units.includes(unit) || active === 'active');
    });
    const { lostMs, answersMs } = moments;
    tell({ server, name: 'restart.lostMs', value: lostMs, unit: 'ms' });
    tell({ server, name: 'restart.answersMs', value: answersMs, unit: 'ms' });
    tell({ server, name: 'restart.servicesRunMs', value: since(), unit: 'ms' });
    await readStops(context, server, tell, later);
    return 'changed';
  });
}

/** Only Triad's own service writes such a log: of services of their own it is not known how they ended. */
async function readStops(context: RunContext, server: string, tell: TellFact, later: UnmetLater): Promise<void> {
  const host = context.hosts.get(server);
  const nodes = nodesOnServer(context.plan, server);
  if (isOwnServiceOn(context.plan, server)) {
    for (const { unit } of nodes) tell({ server, name: `${unit}.endedGracefully`, value: null, unit: null });
    return;
  }
  const stops = [];
  for (const node of nodes) {
    const text = (await host?.readSecretFile(childOf(node.dataFolder, 'service.log'), { signal: context.signal })) ?? '';
    const stop = lastStopIn(text);
    tell({ server, name: `${node.unit}.askedBy`, value: stop.asked, unit: null });
    tell({ server, name: `${node.unit}.endedGracefully`, value: stop.isGraceful, unit: null });
    stops.push({ unit: node.unit, ...stop });
  }
  const bad = stops.filter(({ isGraceful }) => isGraceful !== true).map(({ unit }) => unit);
  if (bad.length > 0) {
    const reason = message('firstRun.why.notSaved', { services: bad.join(', ') });
    later.push(unmet(server, reason, stops.flatMap(({ lines }) => lines).join('\n')));
  }
  for (const { unit, lines } of stops)
    tell({ server, name: `${unit}.serviceLog`, value: lines.map((line) => line.trim()).join('\n'), unit: null });
}
