import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { listRuns, writerOfRun } from '../../storage/runJournal.ts';
import { runsFolder } from '../../storage/triadHome.ts';

/**
 * Refuses to begin a run on a cluster while another process has one there, whatever it does: what either saw of the servers would not be so any more. Throws
 * `run.elsewhere`, which names the process and the file that says so, since its number may belong to another program by now.
 */
export async function requireNoRunElsewhere(home: string, cluster: string): Promise<void> {
  const runs = runsFolder(home, cluster);
  const writers = await Promise.all((await listRuns(runs)).map(async (runId) => writerOfRun(join(runs, runId))));
  const other = writers.find((writer) => writer !== null && (writer.pid !== process.pid || writer.machine !== hostname()));
  if (other === undefined || other === null) return;
  const { pid, machine, file } = other;
  throw fail('run.elsewhere', adminSubject, { values: { cluster, pid, machine, file }, retryable: true });
}
