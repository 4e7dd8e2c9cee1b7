import type { FoundLog } from '../../../shared/domain/server.ts';
import { foundLog, type LogsSince } from '../../logTroubles.ts';
import type { Sections } from './sections.ts';

/** The server's distance from UTC in minutes, from `+0130` as `date +%z` prints it. */
function zoneOf(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/u.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/**
 * Reads the section `logs`: a line `zone`, tabulator, `date +%z`; below a line `==> PATH <==` the lines of that log that match {@link LOG_LINES}, and a line `absent`, tabulator, path for each
 * one that is not there. A log of which neither is told could not be read.
 */
export function readLogs(paths: readonly string[], sections: Sections, since: LogsSince | null = null): FoundLog[] {
  const absent = new Set<string>();
  const logs = new Map<string, string[]>();
  let current: string[] = [];
  let zoneMinutes = 0;
  for (const line of sections.lines('logs')) {
    const [, path] = /^==> (.+) <==$/u.exec(line) ?? [];
    const [, missing] = /^absent\t(.+)$/u.exec(line) ?? [];
    const [, zone] = /^zone\t(.*)$/u.exec(line) ?? [];
    if (zone !== undefined) zoneMinutes = zoneOf(zone);
    else if (missing !== undefined) absent.add(missing);
    else if (path === undefined) current.push(line);
    else {
      current = [];
      logs.set(path, current);
    }
  }
  return paths.map((path): FoundLog => {
    const lines = logs.get(path);
    if (lines !== undefined) return foundLog(path, lines, zoneMinutes, since);
    return { path, state: absent.has(path) ? 'absent' : 'unread', ...(since === null ? {} : { since: since.at }), troubles: 0, lines: [] };
  });
}
