import type { Persistence } from '../../shared/domain/spec.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import type { CheckContext } from '../checkContext.ts';
import { absentPath, exampleContext, exampleFacts, examplePlan, foreignFile, runningUnits } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const example = exampleFacts('server-1');
const { folders } = examplePlan();
const snapshot = foreignFile(`${folders.data}/7000/dump.rdb`);
const appendOnly = { ...absentPath(`${folders.data}/7000/appendonlydir`), kind: 'folder' as const };
const configured = (appendonly: 'yes' | 'no'): ServerFacts['paths'][number] =>
  foreignFile(`${folders.install}/7000.conf`, `port 7000\nappendonly ${appendonly}\n`);

const removed = (isAppendOnly: boolean): ServerFacts['paths'][number] => {
  const clusters = { sessions: { isInstalled: false, filesFound: [], programs: [], appendOnly: isAppendOnly } };
  const record = { schemaVersion: 1, serviceUserExisted: false, kernel: {}, foldersMade: [], clusters };
  return foreignFile(`${folders.roots.data}/before.json`, JSON.stringify(record));
};

function pathsWith(...found: ServerFacts['paths']): Partial<ServerFacts> {
  return { paths: [...example.paths.filter(({ path }) => !found.some((one) => one.path === path)), ...found] };
}

function planned(persistence: Persistence): CheckContext {
  return exampleContext({ plan: examplePlan({ redis: { persistence } }) });
}

function row(
  name: string,
  persistence: Persistence,
  facts: Partial<ServerFacts>,
  verdict: 'pass' | 'fail',
  ...naming: string[]
): ServerRow {
  const says = verdict === 'fail' ? 'unread unread.remedy' : 'read';
  return { check: 'keptData', name, facts, context: planned(persistence), verdict, says, naming };
}

/** Rows about data that is there before the nodes start. */
export const KEPT_DATA_ROWS: readonly ServerRow[] = [
  { check: 'keptData', name: 'none', verdict: 'pass', says: 'none' },
  { check: 'keptData', name: 'not looked at', facts: { paths: [] }, verdict: 'unknown', says: 'unknown unread' },
  row('a snapshot, and append-only files are planned', 'aof', pathsWith(snapshot), 'fail', snapshot.path, 'set redis.persistence to rdb'),
  row(
    'append-only files, and snapshots are planned',
    'rdb',
    pathsWith(appendOnly),
    'fail',
    appendOnly.path,
    'set redis.persistence to aof',
  ),
  row('append-only files, and nothing is to be kept', 'none', pathsWith(appendOnly), 'fail', appendOnly.path),
  row('a snapshot as planned', 'rdb', pathsWith(snapshot), 'pass'),
  row('append-only files as planned, beside the copy that a replica got', 'aof', pathsWith(appendOnly, snapshot), 'pass'),
  row('both, and snapshots were written last', 'aof', pathsWith(appendOnly, snapshot, configured('no')), 'fail', snapshot.path),
  row('both, and append-only files were written last', 'rdb', pathsWith(appendOnly, snapshot, configured('yes')), 'fail', appendOnly.path),
  row('both, and snapshots were written last, as planned', 'rdb', pathsWith(appendOnly, snapshot, configured('no')), 'pass'),
  row('both after a removal, append-only files last', 'rdb', pathsWith(appendOnly, snapshot, removed(true)), 'fail', appendOnly.path),
  row('both after a removal, snapshots last', 'aof', pathsWith(appendOnly, snapshot, removed(false)), 'fail', snapshot.path),
  row('both after a removal, as planned', 'aof', pathsWith(appendOnly, snapshot, removed(true)), 'pass'),
  row('a running node changes without a loss', 'aof', { ...pathsWith(snapshot), units: runningUnits('server-1') }, 'pass'),
];
