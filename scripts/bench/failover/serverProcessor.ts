import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { awaitCondition } from '../../practice/awaitCondition.ts';
import type { PracticeSet } from '../../practice/practiceSet.ts';
import { mustRun } from '../../practice/runCommand.ts';
import { findServerProcesses } from '../../practice/serverProcesses.ts';
import type { ServerPlace } from '../../practice/setPlace.ts';
import { BenchError } from '../benchError.ts';
import { NotInForceError } from './notInForce.ts';
import { beginAtOnce, beginInTurn, type Undo } from './undo.ts';

const processorGroups = '/sys/fs/cgroup/cpu';
/** The longest that the kernel allows: the pauses are as long as they can be. Microseconds. */
const periodUs = 1_000_000;
const loopsFile = '/run/triad-bench-loops';
const loopScript = 'while :; do :; done';
const endedWithinMs = 5000;

/** Whether this kernel can hold a server to a share of a processor (control groups of the first kind). */
export function canLimitProcessor(): boolean {
  return existsSync(join(processorGroups, 'cpu.cfs_quota_us'));
}

/** Ids of all processes of a server, as this machine counts them. */
function processesOf(server: ServerPlace): readonly number[] {
  const { init } = findServerProcesses(server);
  if (init === undefined) throw new BenchError(`${server.name} is off.`);
  const namespaceOf = (pid: number | string): string => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid`);
    } catch {
      return '';
    }
  };
  const own = namespaceOf(init);
  return readdirSync('/proc').flatMap((entry) => (/^\d+$/u.test(entry) && namespaceOf(entry) === own ? [Number(entry)] : []));
}

/** Gives everything on the servers the ordinary scheduling, whatever they took over from the benchmark: what is started there later has it too. */
export async function scheduleOrdinarily(set: PracticeSet): Promise<void> {
  for (const server of set.servers)
    for (const pid of processesOf(server))
      await mustRun('change the scheduling', 'chrt', ['--all-tasks', '--other', '--pid', '0', String(pid)]).catch((error: unknown) => {
        if (existsSync(`/proc/${pid}`)) throw error;
      });
}

/**
 * Starts endless loops on each server, so many that Redis has to wait for its turn. This process goes before them until they are ended: else they would
 * keep it from ending them.
 */
export async function startLoops(set: PracticeSet, loopsPerServer: number): Promise<Undo> {
  const loops = `for n in $(seq ${loopsPerServer}); do sh -c '${loopScript}' </dev/null >/dev/null 2>&1 & echo $! >>${loopsFile}; done`;
  const start = `chrt --other --pid 0 $$ && renice -n 0 -p $$ >/dev/null && ${loops}`;
  const stop = `kill -KILL $(cat ${loopsFile}); rm -f ${loopsFile}`;
  const priority = getPriority();
  const end: Undo = async () => {
    try {
      await Promise.all(set.servers.map(({ number }) => set.run(number, stop)));
      const areGone = await awaitCondition(endedWithinMs, () => set.servers.every((server) => loopsOn(server).length === 0) || undefined);
      if (areGone === undefined) throw new BenchError('The busy loops on the servers cannot be ended.');
    } finally {
      setPriority(priority);
    }
  };
  setPriority(constants.priority.PRIORITY_HIGHEST);
  try {
    const started = await Promise.all(set.servers.map(({ number }) => set.run(number, start)));
    for (const { code, stderr } of started) if (code !== 0) throw new NotInForceError(`the busy loops cannot be started: ${stderr.trim()}`);
  } catch (error) {
    await end().catch(() => undefined);
    throw error;
  }
  return end;
}

/** Refuses with a NotInForceError where a server does not have as many busy loops as were started. */
export function proveLoops(set: PracticeSet, loopsPerServer: number): void {
  for (const server of set.servers) {
    const { length } = loopsOn(server);
    if (length !== loopsPerServer) throw new NotInForceError(`${server.name} had ${length} of ${loopsPerServer} busy loops`);
  }
}

function loopsOn(server: ServerPlace): readonly number[] {
  const args = `sh\0-c\0${loopScript}\0`;
  return processesOf(server).filter((pid) => processFile(pid, 'cmdline') === args);
}

/** What the kernel tells of a process; nothing where it has ended. */
function processFile(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Lets each server run only for a share of each second, and uses that share up: as a virtual machine on a host that has promised too much. */
export async function limitProcessor(set: PracticeSet, percent: number): Promise<Undo> {
  return beginInTurn([() => startLoops(set, 1), () => beginAtOnce(set.servers.map((server) => async () => holdServer(server, percent)))]);
}

/** Refuses with a NotInForceError where the loop or a Redis process of a server is not held to its share. */
export function proveLimit(set: PracticeSet): void {
  proveLoops(set, 1);
  for (const server of set.servers) {
    const held = new Set(
      readFileSync(join(heldGroup(server), 'cgroup.procs'), 'utf8')
        .split('\n')
        .map(Number),
    );
    const redis = processesOf(server).filter((pid) => processFile(pid, 'comm').trim() === 'redis-server');
    const free = [...redis, ...loopsOn(server)].filter((pid) => !held.has(pid));
    if (redis.length === 0) throw new NotInForceError(`${server.name} had no Redis process`);
    if (free.length > 0) throw new NotInForceError(`${free.length} processes of ${server.name} were not held to their share`);
  }
}

function heldGroup(server: ServerPlace): string {
  return join(processorGroups, `triad-bench-${server.name}`);
}

async function holdServer(server: ServerPlace, percent: number): Promise<Undo> {
  const group = heldGroup(server);
  const before = groupOf(findServerProcesses(server).init);
  await mkdir(group, { recursive: true });
  await writeFile(join(group, 'cpu.cfs_period_us'), String(periodUs));
  await writeFile(join(group, 'cpu.cfs_quota_us'), String((periodUs * percent) / 100));
  // A process that ends meanwhile cannot be moved. Whether those that matter were is proved by `proveLimit`.
  const moveAll = async (into: string): Promise<void> => {
    for (const pid of processesOf(server)) await writeFile(join(into, 'cgroup.procs'), String(pid)).catch(() => undefined);
  };
  await moveAll(group);
  return async () => {
    await writeFile(join(group, 'cpu.cfs_quota_us'), '-1');
    const isGone = await awaitCondition(endedWithinMs, async () => {
      await moveAll(before);
      return await rmdir(group).then(
        () => true,
        () => undefined,
      );
    });
    if (isGone === undefined) throw new BenchError(`The control group ${group} cannot be removed.`);
  };
}

/** The folder of the processor's control group that a process is in. */
function groupOf(pid: number | undefined): string {
  const line = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(?<path>.*)$/mu.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
  return join(processorGroups, line?.groups?.['path'] ?? '/');
}

/** Freezes all Redis processes of a server, as a virtual machine stands still while its host takes a snapshot of it or moves it. */
export async function pauseServer(set: PracticeSet, server: ServerPlace): Promise<Undo> {
  const send = async (signal: 'STOP' | 'CONT'): Promise<void> => {
    const { code } = await set.run(server.number, `pkill -${signal} -x redis-server`);
    if (code !== 0) throw new BenchError(`No Redis process of ${server.name} took ${signal}.`);
  };
  await send('STOP');
  return () => send('CONT');
}
