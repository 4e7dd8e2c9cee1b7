import { impactTotals } from '../domain/clientImpact.ts';
import { countLost } from '../domain/countLost.ts';
import { lostServersOf, lostServerUnder } from '../domain/lostServers.ts';
import type { Failure } from '../domain/failure.ts';
import { maintenanceOf } from '../domain/maintenanceMark.ts';
import { maintainedServer } from '../domain/maintenancePhases.ts';
import { isToBeOpened } from '../domain/openings.ts';
import type { ToleranceByServer } from '../domain/provedTolerance.ts';
import type { Tolerance } from '../domain/report.ts';
import { formatCount, formatDuration } from '../domain/reportFormat.ts';
import type { RunRecord } from '../domain/run.ts';
import type { Verdict } from '../domain/verdict.ts';
import { countChanges, countServers, failureWords, listNames } from './reportWords.ts';
import { text } from './text.ts';

/** The verdict of a run as one plain sentence that says all that somebody needs who reads nothing else. */
export function storyOf(record: RunRecord, verdict: Verdict, byServer: ToleranceByServer): string {
  const { cluster, workflow } = record;
  const task = text(`report.task.${workflow}`, { cluster });
  if (record.wasAborted) return text(`report.story.${abortedStory(record)}`, { task });
  if (record.verdict === null) return text('report.story.unfinished', { task, duration: formatDuration(record.durationMs) });
  const isOnlyChecks = record.failure?.code === 'check.failed';
  if (record.failure !== null && !isOnlyChecks) return text('report.story.failed', { task, reason: reasonOf(record.failure) });
  if (workflow === 'maintenanceStatus' && statusStory(record) !== null) return statusStory(record) ?? '';
  const lost = lostServersOf(record.checks, (check) => check.subject);
  if (lost.length > 0) return withoutServers(record, task, lost);
  const unmade = record.checks.filter((check) => check.unmade !== undefined).length;
  if (verdict === 'unknown' && unmade > 0 && record.checks.every((check) => check.verdict !== 'unknown' || check.unmade !== undefined))
    return text('report.story.validateRedis', {
      cluster,
      count: unmade,
      total: record.checks.filter((check) => check.verdict !== 'skipped').length,
    });
  switch (verdict) {
    case 'fail':
    case 'unknown':
      return withoutSuccess(record, verdict, task);
    case 'passWithoutTolerance':
      return withoutTolerance(cluster, byServer);
    case 'pass':
    case 'warn':
    case 'skipped':
      return success(record);
  }
}

/** Phases that act on servers or the cluster; a failover test's has the name of the server behind it. */
const ACTING =
  /^(?:openFirewall|securePersistence|stageBinaries|layOutServer|startNodes|stageClient|applySettings|formCluster|restoreRoles|vacateServer:.*|markServers|unmarkServers|removeInstallation)$/u;

/** What an interrupted run has left behind. A failover test that could not bring its server back fails with that instead. */
function abortedStory({ phases, workflow }: RunRecord): 'aborted' | 'abortedTrial' | 'abortedHarmless' {
  if (phases.some(({ phase }) => phase.startsWith('loseServer:'))) return 'abortedTrial';
  const isReading = workflow === 'check' || workflow === 'plan' || workflow === 'validate' || workflow === 'maintenanceStatus';
  return isReading || !phases.some(({ phase }) => ACTING.test(phase)) ? 'abortedHarmless' : 'aborted';
}

function reasonOf(failure: Failure): string {
  return failureWords(failure).title.replace(/\.$/u, '');
}

/** After an outage the first question is whether the cluster serves; then how much of it could not be seen. */
function withoutServers({ cluster, workflow, checks }: RunRecord, task: string, lost: readonly string[]): string {
  const servers = listNames(lost);
  if (workflow === 'plan') return text('report.story.lostPlan', { task, servers });
  const count = checks.filter((check) => check.verdict === 'unknown').length;
  const total = checks.filter((check) => check.verdict !== 'skipped').length;
  const isServing = workflow === 'validate' && checks.some(({ id, verdict }) => id === 'cluster.slots' && verdict === 'pass');
  const story = isServing
    ? text('report.story.lostServing', { cluster, servers, count, total })
    : text('report.story.lost', { task, servers, count, total });
  // A lost server must not hide what fails on the others.
  const failed = checks.filter(({ verdict, subject }) => verdict === 'fail' && lostServerUnder(subject, lost) === null).length;
  return failed === 0 ? story : text('report.story.lostFailed', { story, failed });
}

function withoutSuccess(record: RunRecord, verdict: 'fail' | 'unknown', task: string): string {
  const names = listNames(record.trials.filter((trial) => trial.verdict === verdict).map((trial) => trial.server));
  if (names !== '')
    return verdict === 'fail'
      ? text('report.story.failedTrials', { cluster: record.cluster, servers: names })
      : text('report.story.unknownTrials', { task, servers: names });
  const { acknowledged, lost } = impactTotals(record.clientImpacts.flatMap(({ shards }) => shards));
  if (lost !== null && lost > 0)
    return text('report.story.impactLost', { task, lost: formatCount(lost), acknowledged: formatCount(acknowledged) });
  const count = record.checks.filter((check) => check.verdict === verdict).length;
  const total = record.checks.filter((check) => check.verdict !== 'skipped').length;
  if (verdict === 'unknown')
    return count === 0 ? text('report.story.noAnswer', { task }) : text('report.story.unknownChecks', { task, count, total });
  if (count === 0) return text('report.story.noSuccess', { task });
  switch (record.workflow) {
    case 'check':
      return text('report.story.notReady', { cluster: record.cluster, count, total });
    case 'validate':
      return text('report.story.notAsPlanned', { cluster: record.cluster, count, total });
    case 'plan':
    case 'install':
    case 'failoverTest':
    case 'restoreRoles':
    case 'maintenanceBegin':
    case 'maintenanceEnd':
    case 'maintenanceStatus':
    case 'remove':
      return text('report.story.failedChecks', { task, count, total });
  }
}

function withoutTolerance(cluster: string, byServer: ToleranceByServer): string {
  const servers = listNames(serversWith(byServer, 'no'));
  return servers === '' ? text('report.story.noToleranceAnywhere', { cluster }) : text('report.story.noTolerance', { cluster, servers });
}

function success(record: RunRecord): string {
  const { cluster } = record;
  if (record.trials.length > 0) return successfulTrials(record);
  switch (record.workflow) {
    case 'plan': {
      const touched = record.plannedChanges.filter((one) => one.changes.length > 0);
      const count = touched.reduce((sum, one) => sum + one.changes.length, 0);
      if (count === 0) return text('report.story.planNothing', { cluster });
      return text('report.story.plan', { cluster, changes: countChanges(count), servers: countServers(touched.length) });
    }
    case 'install':
      return record.appliedChanges.length === 0 && record.clusterCommands.length === 0
        ? text('report.story.installNothing', { cluster })
        : text('report.story.install', { cluster });
    case 'failoverTest':
      return text('report.story.noAnswer', { task: text('report.task.failoverTest', { cluster }) });
    case 'check': {
      const opened = record.checks.filter(isToBeOpened).length;
      const count = record.checks.filter(({ id }) => id === 'pair.dataPort' || id === 'pair.busPort').length;
      return opened === 0 ? text('report.story.check', { cluster }) : text('report.story.checkOpenings', { cluster, opened, count });
    }
    case 'maintenanceBegin':
    case 'maintenanceEnd': {
      const server = maintainedServer(record);
      return server === null
        ? text('report.story.noAnswer', { task: text(`report.task.${record.workflow}`, { cluster }) })
        : `${text(`report.story.${record.workflow}`, { cluster, server })}${impactStory(record)}`;
    }
    case 'maintenanceStatus':
      return statusStory(record) ?? text('report.story.maintenanceNone', { cluster });
    case 'restoreRoles':
      return `${text('report.story.restoreRoles', { cluster })}${impactStory(record)}`;
    case 'validate':
    case 'remove':
      return text(`report.story.${record.workflow}`, { cluster });
  }
}

/** Which server is in maintenance, and what else could not be reached; null where no mark was seen. */
function statusStory({ cluster, plan, facts, phases, checks }: RunRecord): string | null {
  const [mark] = maintenanceOf(facts, plan).marks;
  if (mark === undefined) return null;
  const values = { cluster, server: mark.server, at: mark.at, by: mark.by };
  const isAway = phases.some(({ server, failure }) => server === mark.server && failure !== null);
  const story = isAway ? text('report.story.maintenanceAway', values) : text('report.story.maintenanceOpen', values);
  const lost = lostServersOf(checks, (check) => check.subject);
  return lost.length === 0 ? story : text('report.story.maintenanceLost', { story, servers: listNames(lost) });
}

/** A sentence on what clients noticed, where it was measured and nothing was lost; with a space before it. */
function impactStory({ clientImpacts }: RunRecord): string {
  const { longestGapMs, lost } = impactTotals(clientImpacts.flatMap(({ shards }) => shards));
  return clientImpacts.length === 0 || lost !== 0 ? '' : ` ${text('report.story.impact', { gap: formatDuration(longestGapMs) })}`;
}

function successfulTrials(record: RunRecord): string {
  const { cluster, plan, trials } = record;
  const lost = countLost(trials);
  const acknowledged = trials.reduce((sum, trial) => sum + trial.acknowledgedWrites, 0);
  const outage = formatDuration(Math.max(...trials.map((trial) => trial.outageMs ?? 0)));
  const writesWords = (): string => {
    if (lost === null) return text('report.story.writesUnknown', { outage });
    if (lost === 0) return text('report.story.writesKept', { outage });
    return text('report.story.writesLost', { outage, lost: formatCount(lost), acknowledged: formatCount(acknowledged) });
  };
  const writes = writesWords();
  const tried = new Set(trials.map((trial) => trial.server));
  if (trials.some(({ scenario }) => scenario !== 'serverLost')) {
    const scenarios = [...new Set(trials.map(({ scenario }) => scenario))].map((scenario) => text(`scenario.${scenario}`));
    const values = { cluster, count: trials.length, servers: listNames([...tried]), scenarios: scenarios.join(', '), writes };
    return text('report.story.survivedTrials', values);
  }
  return plan.servers.every((server) => tried.has(server.name))
    ? text('report.story.survivesAny', { cluster, writes })
    : text('report.story.survived', { cluster, servers: listNames([...tried]), writes });
}

/** The servers of which something is known. */
export function serversWith(byServer: ToleranceByServer, tolerance: Tolerance): readonly string[] {
  return byServer.filter((one) => one.tolerance === tolerance).map((one) => one.server);
}
