import type { CallOptions } from '../host.ts';
import type { HostShell } from './hostShell.ts';
import { quote } from './quote.ts';

/**
 * Prints how many milliseconds ago the node whose log this is last began an election; nothing where its log tells of none. Only the log knows: Redis keeps
 * the moment to itself. Server and log share a clock and a time zone.
 */
function electionScript(logFile: string): string {
  return `LC_ALL=C; export LC_ALL
at=$(tail -c 65536 ${quote(logFile)} 2>/dev/null | sed -nE 's/^[0-9]+:[A-Z] (.*[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}) .*Starting a failover election.*/\\1/p' | tail -n 1)
[ -n "$at" ] || exit 0
then=$(date -d "$at" +%s%3N) || exit 0
echo $(($(date +%s%3N) - then))
`;
}

/** Reads the end of the log; see `Host.lastElectionAgoMs`. */
export async function lastElectionAgoMs(shell: HostShell, logFile: string, options?: CallOptions): Promise<number | null> {
  const { stdout } = await shell.run({ name: 'lastElection', script: electionScript(logFile) }, options);
  const agoMs = Number.parseInt(stdout, 10);
  return Number.isNaN(agoMs) || agoMs < 0 ? null : agoMs;
}
