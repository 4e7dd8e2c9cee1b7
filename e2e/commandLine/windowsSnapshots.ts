import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers, type ServerNumber } from '../../scripts/practice/setPlace.ts';
import { createRights } from '../../scripts/practice/windows/host/rights.ts';

/**
 * What Triad leaves on purpose: the program that looks, which the next look needs again, and the file of the reservation. The folders above it are Windows' own, and
 * come into the upper layer with it; the folder `windows` comes there by itself when a start of the machine writes for a moment below it.
 */
const STAYS = /^(?:folder|file) C:\\(?:windows |Users(?:\\Administrator(?:\\\.triad\S*)?)? |ProgramData(?:\\Triad(?:\\lock)?)? )/iu;

/** Everything below a folder, as Windows names it, with the file that it is here. */
function entriesBelow(folder: string, name: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly (readonly [string, string])[] => {
    const path = join(folder, entry.name);
    const own = `${name}\\${entry.name}`;
    return [[own, path], ...(entry.isDirectory() ? entriesBelow(path, own) : [])];
  });
}

/** Files are removed while they are looked at. */
function describe(name: string, path: string, sddl: string): string {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (stats.isDirectory()) return `folder ${name} ${sddl}`;
  // A whiteout: something of Windows itself was deleted.
  if (!stats.isFile()) return `gone ${name}`;
  return `file ${name} ${sddl} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** What was ever written to the server's disk and is still there: the disk lies above a layer that nobody writes. */
function filesOf(set: PracticeSet, server: ServerNumber): readonly string[] {
  const { driveC } = set.windows(server);
  const entries = entriesBelow(join(driveC, '..', '..', 'upper', 'drive_c'), 'C:');
  const inDrive = (path: string): string => join(driveC, path.slice(3).replaceAll('\\', '/'));
  const rights = createRights(join(driveC, '..', '..', 'rights.json'), inDrive);
  const told = JSON.parse(rights.told(JSON.stringify({ paths: entries.map(([path]) => ({ path })) }))) as {
    readonly paths: readonly { readonly path: string; readonly sddl?: string }[];
  };
  return entries.map(([name], at) => describe(name, inDrive(name), told.paths[at]?.sddl ?? 'inherited')).filter((line) => line !== '');
}

const REGISTRY = `
for key in 'HKLM\\System\\CurrentControlSet\\Services' 'HKLM\\Software\\Policies'; do "$WINE" reg query "$key" /s 2>/dev/null; done
ps -eo args | grep -E '[r]edis-server|[t]riad-service' | sort
true
`;

/**
 * Everything on a Windows server that an installation could leave behind, as lines: files with access list and content, services, firewall rules and policies, programs that run.
 * What Triad leaves on purpose is left out.
 */
export async function windowsSnapshot(set: PracticeSet, server: ServerNumber): Promise<string> {
  const { stdout, stderr } = await set.run(server, REGISTRY);
  if (!stdout.includes('OpenSSH-Server-In-TCP')) throw new Error(`no snapshot of server ${server}: ${stderr}`);
  let key = '';
  const registry = stdout.split(/\r?\n/u).flatMap((line) => {
    if (line.startsWith('HKEY')) key = line;
    return line.trim() === '' ? [] : [line.startsWith('    ') ? `${key} ${line.trim()}` : line];
  });
  return [...filesOf(set, server), ...registry]
    .filter((line) => !STAYS.test(line))
    .toSorted()
    .join('\n');
}

/** A snapshot of each Windows server. */
export async function windowsSnapshots(set: PracticeSet, servers: readonly ServerNumber[] = serverNumbers): Promise<readonly string[]> {
  return Promise.all(servers.map(async (server) => windowsSnapshot(set, server)));
}

/** Snapshots without data and logs, which go on while everything else stays as it is, and without what is new with each cluster or start. */
export function withoutData(shots: readonly string[]): readonly string[] {
  return shots.map((shot) =>
    shot
      .split('\n')
      .filter((line) => !/\\(?:nodes\.conf|dump\.rdb|appendonlydir[^ ]*|(?:redis|service|startup)\.log) /u.test(line))
      .join('\n'),
  );
}
