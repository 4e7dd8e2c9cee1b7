import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';

/** The undo of a failover test on a Windows server, as Windows tells of it, or an empty text. */
export async function undoOn(set: PracticeSet, server: ServerNumber): Promise<string> {
  const key = `HKLM\\System\\CurrentControlSet\\Services\\triad-heal-${set.place.prefix}`;
  return (await set.run(server, `"$WINE" reg query '${key}' 2>/dev/null | grep ImagePath || true`)).stdout.trim();
}

/** How many nodes run on a server. */
export async function nodesOn(set: PracticeSet, server: ServerNumber): Promise<number> {
  return Number((await set.run(server, 'pgrep -cx redis-server || true')).stdout.trim());
}
