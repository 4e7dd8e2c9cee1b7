import type { HomeCard, RunSummary } from '../../../electron/shared/contract/procedures.ts';
import type { WorkflowId } from '../../../electron/shared/domain/events.ts';

const DAY_MS = 86_400_000;
/** After so many days a validation is due again. Certificates, kernels and firewalls change without asking; a month is a usual maintenance cycle. */
const VALIDATE_AFTER_DAYS = 30;
/** After so many days a failover test is due again. */
const TEST_AFTER_DAYS = 180;

/** What is due on a cluster. */
export type Due = 'endMaintenance' | 'validate' | 'validateFailed' | 'restore' | 'restoreRoles' | 'test' | 'testRest' | 'testFailed';

/** What a card says, worked out of what is known of its runs. */
export interface CardFacts {
  /** A run that goes on now, in this Triad. */
  readonly active: RunSummary | null;
  /** A run that goes on now in another one, such as the command line's: nothing is to be started over it. */
  readonly elsewhere: RunSummary | null;
  /** The beginning of a maintenance that was not ended since. */
  readonly maintenance: RunSummary | null;
  /** The newest run, when it was interrupted and was one that changes something. */
  readonly interrupted: RunSummary | null;
  /** The newest installation that ended well. */
  readonly installed: RunSummary | null;
  readonly validated: RunSummary | null;
  readonly tested: RunSummary | null;
  /** When a server was last lost on purpose; a test that was stopped later took nothing of that away. Null: never since the installation. */
  readonly testedAt: string | null;
  /** The newest run that judged the running cluster. */
  readonly judged: RunSummary | null;
  /** Whether a cluster of this card was seen on its servers. */
  readonly isThere: boolean;
  readonly due: readonly Due[];
}

const CHANGING: ReadonlySet<WorkflowId> = new Set([
  'install',
  'failoverTest',
  'restoreRoles',
  'maintenanceBegin',
  'maintenanceEnd',
  'remove',
]);
const OF_ADOPTED: ReadonlySet<Due> = new Set<Due>(['validate', 'validateFailed']);
const JUDGING: ReadonlySet<WorkflowId> = new Set(['install', 'validate', 'failoverTest', 'restoreRoles', 'maintenanceEnd']);

function olderThan(run: RunSummary | null, days: number, nowMs: number): boolean {
  return run === null || nowMs - Date.parse(run.finishedAt ?? run.startedAt) > days * DAY_MS;
}

/** The newest beginning of a maintenance that came to its end, unless a later one ended it. Newest first, as given. */
function openMaintenance(ended: readonly RunSummary[]): RunSummary | null {
  const standing = ended.find(
    ({ workflow, verdict }) => (workflow === 'maintenanceBegin' || workflow === 'maintenanceEnd') && verdict !== 'fail' && verdict !== null,
  );
  return standing?.workflow === 'maintenanceBegin' ? standing : null;
}

/** What a card says. `card.runs` is newest first. Pure; `nowMs` decides what is due. */
export function cardFacts(card: HomeCard, nowMs: number): CardFacts {
  const { runs } = card;
  const ended = runs.filter((run) => run.finishedAt !== null && !run.wasAborted);
  const newest = (workflow: WorkflowId): RunSummary | null => ended.find((run) => run.workflow === workflow) ?? null;
  const install = newest('install');
  const installed = install !== null && install.verdict !== 'fail' && install.verdict !== 'unknown' ? install : null;
  const validated = newest('validate');
  const tested = newest('failoverTest');
  const isThere = installed !== null || validated !== null || tested !== null;
  const changing = runs.find(({ workflow }) => CHANGING.has(workflow)) ?? null;
  const judged = ended.find(({ workflow }) => JUDGING.has(workflow)) ?? null;
  // An installation and a failover test both end with the checks of a validation.
  const lookedAt =
    [validated, installed, tested].filter((run) => run !== null).toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null;
  const maintenance = openMaintenance(ended);
  const due: Due[] = [];
  if (isThere && maintenance !== null) due.push('endMaintenance');
  if (isThere && judged?.verdict === 'fail') due.push('validateFailed');
  // Its end restores them, and until then they are meant to be otherwise.
  else if (isThere && maintenance === null && card.rolesAsPlanned === false) due.push('restoreRoles');
  else if (isThere && maintenance === null && card.survivesAnyServer === false) due.push('restore');
  else if (isThere && olderThan(lookedAt, VALIDATE_AFTER_DAYS, nowMs)) due.push('validate');
  const trials = card.tried.flatMap(({ trial }) => (trial === null ? [] : [trial]));
  const isOld = trials.some(({ startedAt }) => nowMs - Date.parse(startedAt) > TEST_AFTER_DAYS * DAY_MS);
  if (isThere && trials.some(({ verdict }) => verdict === 'fail')) due.push('testFailed');
  else if (isThere && (trials.length === 0 || isOld)) due.push('test');
  else if (isThere && trials.length < card.tried.length) due.push('testRest');
  return {
    active: runs.find(({ isActive }) => isActive) ?? null,
    elsewhere: runs.find(({ isElsewhere }) => isElsewhere === true) ?? null,
    maintenance,
    interrupted: changing !== null && (changing.isInterrupted || changing.wasAborted) && changing.workflow !== 'remove' ? changing : null,
    installed,
    validated,
    tested,
    testedAt:
      trials
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .at(-1) ?? null,
    judged,
    isThere,
    // What changes a cluster is not asked for where Triad did not install it.
    due: card.isAdopted === true ? due.filter((one) => OF_ADOPTED.has(one)) : due,
  };
}
