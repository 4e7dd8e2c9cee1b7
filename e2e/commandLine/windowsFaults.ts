import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

/** The undo of a failover test on a Windows server, as Windows tells of it, or an empty text. */
export async function undoOn(set: PracticeSet, server: ServerNumber): Promise<string> {
  return commandOf(set, server, `triad-heal-${set.place.prefix}`);
}

/** What Windows runs for a service, in the words of its registry, or an empty text. */
async function commandOf(set: PracticeSet, server: ServerNumber, service: string): Promise<string> {
  const key = `HKLM\\System\\CurrentControlSet\\Services\\${service}`;
  return (await set.run(server, `"$WINE" reg query '${key}' 2>/dev/null | grep ImagePath || true`)).stdout.trim();
}

/** Has Windows run another copy of Triad's own program for a service, as an earlier Triad would have it; returns what takes the copy away. */
export async function registerEarlier(set: PracticeSet, server: ServerNumber, service: string): Promise<() => void> {
  const { program = '', ini = '' } =
    /"(?<program>[^"]+)" service "(?<ini>[^"]+)"/u.exec(await commandOf(set, server, service))?.groups ?? {};
  const { driveC } = set.windows(server);
  const folder = join(driveC, 'earlier');
  mkdirSync(folder);
  copyFileSync(join(driveC, program.replace(/^C:\\/u, '').replaceAll('\\', '/')), join(folder, 'triad-service-00000000.exe'));
  const { code, stdout } = await set.run(server, `"$WINE" 'C:\\earlier\\triad-service-00000000.exe' install '${ini}'`);
  if (code !== 0) throw new Error(`it cannot be registered: ${code} ${stdout}`);
  return () => rmSync(folder, { recursive: true });
}

/** How many nodes run on a server. */
export async function nodesOn(set: PracticeSet, server: ServerNumber): Promise<number> {
  return Number((await set.run(server, 'pgrep -cx redis-server || true')).stdout.trim());
}

/** Brings the time of the undo on a Windows server forward, as a new fault would: it is the same service, and keeps what it has to take back. */
export async function hastenUndo(set: PracticeSet, server: ServerNumber): Promise<void> {
  const program = /"(?<program>[^"]+)" undo-service/u.exec(await undoOn(set, server))?.groups?.['program'] ?? '';
  const { code, stdout } = await set.run(server, `"$WINE" '${program}' undo install 1 triad-heal-${set.place.prefix}`);
  if (code !== 0) throw new Error(`the undo cannot be hastened: ${code} ${stdout}`);
}

/** How many nodes of a server stand still. */
export async function frozenOn(set: PracticeSet, server: ServerNumber): Promise<number> {
  return Number((await set.run(server, "ps -eo stat=,comm= | grep -c '^T.* redis-server$' || true")).stdout.trim());
}

/** The firewall rules of faults on a Windows server, as its registry holds them. */
export async function faultRulesOn(set: PracticeSet, server: ServerNumber): Promise<readonly string[]> {
  const key = 'HKLM\\System\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules';
  const { stdout } = await set.run(server, `"$WINE" reg query '${key}' 2>/dev/null | grep triad-fault: || true`);
  return stdout.split(/\r?\n/u).filter((line) => line !== '');
}

/** The firewall rules of faults that are switched on, as the disk of a Windows server holds them while it is off. */
export function storedCutsOn(set: PracticeSet, server: ServerNumber): readonly string[] {
  const registry = readFileSync(join(dirname(set.windows(server).driveC), 'system.reg'), 'utf8');
  return registry.split(/\r?\n/u).filter((line) => line.includes('triad-fault:') && line.includes('|Active=TRUE|'));
}
