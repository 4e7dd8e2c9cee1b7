import { trendOf, type Trend } from '../report/trendOf.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { listHistory, readKeptRun } from './keptHistory.ts';
import { timeZoneHere } from './timeZoneHere.ts';

/**
 * The trend of the kept failover tests of a cluster, the newest `last` of them; of the only cluster where none is named. A run that goes on is left out.
 * Throws `usage.invalid` where several clusters are kept and none is named, and `storage.damaged`.
 */
export async function keptTrend(home: string, cluster: string | undefined, last: number): Promise<Trend> {
  const runs = (await listHistory(home, cluster)).filter(({ summary }) => !summary.isActive && summary.trials.length > 0);
  const clusters = [...new Set(runs.map((run) => run.cluster))];
  if (clusters.length > 1) {
    const reason = say(message('history.trend.which', { clusters: clusters.join(', ') }));
    throw fail('usage.invalid', adminSubject, { values: { reason } });
  }
  const records = await Promise.all(runs.slice(0, last).map(async (run) => readKeptRun(run)));
  return trendOf(cluster ?? clusters[0] ?? '', records, timeZoneHere());
}
