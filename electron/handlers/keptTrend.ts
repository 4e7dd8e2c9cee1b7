import { trendOf, type Trend } from '../report/trendOf.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { listHistory, readKeptRun } from './keptHistory.ts';
import { timeZoneHere } from './timeZoneHere.ts';

/**
 * The trend of the kept failover tests of a cluster, the newest `last` of them on the servers of the newest; of the only cluster where none is named. A run that
 * goes on, or that cannot be read, is left out. Throws `usage.invalid` where several clusters are kept and none is named.
 */
export async function keptTrend(home: string, cluster: string | undefined, last: number): Promise<Trend> {
  const runs = (await listHistory(home, cluster)).filter(({ summary }) => !summary.isActive && summary.trials.length > 0);
  const clusters = [...new Set(runs.map((run) => run.cluster))];
  if (clusters.length > 1) {
    const reason = say(message('history.trend.which', { clusters: clusters.join(', ') }));
    throw fail('usage.invalid', adminSubject, { values: { reason } });
  }
  // A name alone does not say which cluster it was: a test cluster may be called like the one in production.
  const [newest] = runs;
  const own = runs.filter(({ addresses }) => addresses.join(' ') === newest?.addresses.join(' '));
  // One that is damaged says so in the list of runs; the others have a trend all the same.
  const records = await Promise.all(own.slice(0, last).map(async (run) => readKeptRun(run).catch(() => null)));
  return trendOf(
    cluster ?? clusters[0] ?? '',
    records.filter((record) => record !== null),
    timeZoneHere(),
    own.length,
  );
}
