import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runCommand } from '../runCommand.ts';
import type { SetPlace } from '../setPlace.ts';

/** Everything of a set that can be found on this machine, each as a line that says what it is. Empty when nothing is left. */
export async function tracesOf(set: SetPlace): Promise<string[]> {
  const { stdout: links } = await runCommand('ip', ['-o', 'link']);
  const { stdout: routes } = await runCommand('ip', ['route', 'show', 'table', 'all']);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  const about = (kind: string, lines: readonly string[], ...words: readonly string[]): string[] =>
    lines.filter((line) => words.some((word) => line.includes(word))).map((line) => `${kind}: ${line}`);
  const below = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : []);
  return [
    ...about('process', commandLines(), `${set.folder}/`),
    ...about('link', links.split('\n'), ` ${set.prefix}-`),
    ...about('route', routes.split('\n'), `${set.subnet}.`),
    ...about('mount', mounts.split('\n'), `${set.folder}/`),
    ...['systemd', 'unified', '.'].flatMap((tree) => about('group', below(`/sys/fs/cgroup/${tree}`), `triad-practice-${set.prefix}-`)),
    ...['propagate', 'unix-export'].flatMap((kind) => about('nspawn', below(`/run/systemd/nspawn/${kind}`), `/${set.prefix}-`)),
    ...[set.folder, set.lockFile].filter((path) => existsSync(path)).map((path) => `file: ${path}`),
  ];
}

function commandLines(): string[] {
  return readdirSync('/proc').flatMap((entry) => {
    try {
      return /^\d+$/u.test(entry) ? [readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      return [];
    }
  });
}
