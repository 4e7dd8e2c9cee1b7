import { seenAtOf } from '../shared/domain/checkAgain.ts';
import { countVerdicts } from '../shared/domain/checkGroups.ts';
import { currentLanguage, type Language } from '../shared/domain/language.ts';
import { latestLayout, overallTolerance, toleranceAfter } from '../shared/domain/provedTolerance.ts';
import { REPORT_SCHEMA_VERSION, type Report, type ReportIntegrity, type ReportMatrix, type ReportServer } from '../shared/domain/report.ts';
import { isToBeOpened } from '../shared/domain/openings.ts';
import { formatInZone, formatSlots } from '../shared/domain/reportFormat.ts';
import { layoutOf, plannedLayout, type ClusterLayout } from '../shared/domain/reportLayout.ts';
import type { PortMatrix } from '../shared/domain/matrix.ts';
import { summariseMatrix } from '../shared/domain/matrixSummary.ts';
import { platformOf } from '../shared/domain/plan.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { formatEndpoint } from '../shared/domain/address.ts';
import { failureWords } from '../shared/figures/reportWords.ts';
import { storyOf } from '../shared/figures/story.ts';
import { text } from '../shared/figures/text.ts';
import { inLanguage, say } from '../shared/messages/message.ts';
import { titleOf } from '../shared/messages/titleOf.ts';
import { keyFiguresOf } from './keyFigures.ts';
import { reportCheck, reportGroups } from './reportCheck.ts';
import { reportChange } from './reportChange.ts';
import { reportImpact } from './reportImpact.ts';
import { foldersOf, hashesOf, originOf, settingsOf } from './reportPlan.ts';
import { reportTrial } from './reportTrial.ts';
import { windowsProofOf } from './windowsProofText.ts';

/** What a report depends on besides the record. */
export interface ReportOptions {
  /** IANA name of the admin's zone, such as `Europe/Lisbon`; an unknown one counts as UTC. */
  readonly timeZone: string;
  /** In which it is written; the current one if none is named. */
  readonly language?: Language;
  /** Of the journal that the record was read from. */
  readonly integrity?: ReportIntegrity | undefined;
}

/**
 * Makes the report of a run. Pure: the same record, zone and language give the same report, byte for byte. Only words that came into the
 * record as words (the reason inside a failure) stay in the language of the run.
 */
export function buildReport(
  record: RunRecord,
  { timeZone, language = currentLanguage(), integrity }: ReportOptions = { timeZone: 'UTC' },
): Report {
  const report = inLanguage(language, () => reportOf(record, timeZone, language));
  return integrity === undefined ? report : { ...report, integrity };
}

function reportOf(record: RunRecord, timeZone: string, language: Language): Report {
  const { plan } = record;
  const verdict = record.verdict ?? 'unknown';
  const trials = record.trials.map((trial) => reportTrial(trial, plan));
  const layouts = layoutsOf(record);
  const byServer = toleranceAfter(record);
  const servers = plan.servers.map((server) => server.name);
  const local = (at: string): string => formatInZone(at, timeZone);
  const checks = record.checks.map((result) => reportCheck(result, result.isKept === true ? local(seenAtOf(result, record)) : null));
  /** Nothing old may look fresh, least of all in the one sentence that everybody reads. */
  const withKept = (story: string): string => {
    const kept = record.checks.filter((check) => check.isKept === true);
    const [oldest] = kept.map((check) => seenAtOf(check, record)).toSorted();
    if (oldest === undefined) return story;
    return text('report.story.withKept', { story, kept: kept.length, total: record.checks.length, oldest: local(oldest) });
  };

  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    runId: record.runId,
    workflow: record.workflow,
    language,
    title: text(`report.title.${record.workflow}`),
    verdict,
    story: withKept(storyOf(record, verdict, byServer)),
    keyFigures: keyFiguresOf(record, byServer, latestLayout(record) !== null && record.workflow !== 'remove'),
    cluster: {
      name: record.cluster,
      engine: plan.engine,
      version: plan.version,
      tolerance: overallTolerance(byServer),
      toleranceByServer: [...byServer],
    },
    who: { operator: record.operator, adminMachine: record.adminMachine },
    when: {
      startedAt: record.startedAt,
      finishedAt: record.finishedAt,
      durationMs: record.durationMs,
      timeZone,
      startedAtLocal: local(record.startedAt),
      finishedAtLocal: record.finishedAt === null ? null : local(record.finishedAt),
    },
    wasAborted: record.wasAborted,
    failure: record.failure === null ? null : failureWords(record.failure),
    layouts,
    failover: { trials },
    clientImpacts: record.clientImpacts.map((impact) => reportImpact(impact)),
    matrices: record.matrices.map((matrix) => reportMatrix(matrix, record.checks)),
    checkCounts: countVerdicts(checks.map((check) => check.verdict)),
    checkGroups: reportGroups(checks, servers),
    checks,
    servers: plan.servers.map((server) => reportServer(record, server)),
    nodes: plan.nodes.map(({ slots, configEpoch: _configEpoch, ...node }) => ({
      ...node,
      slots: slots === null ? null : formatSlots([slots]),
    })),
    settings: settingsOf(plan),
    folders: foldersOf(plan),
    versions: {
      triad: record.triadVersion,
      engine: plan.engine,
      engineVersion: plan.version,
      origin: originOf(plan),
      licence: plan.bundle.licence,
      sourceArchive: plan.bundle.sourceArchive,
      running:
        (record.views.after ?? record.trials.at(-1)?.layouts.after ?? record.views.before)?.views.map(({ node, version }) => ({
          node,
          version,
        })) ?? [],
    },
    hashes: hashesOf(record),
    clusterCommands: record.clusterCommands,
    phases: record.phases.map((phase) => ({
      ...phase,
      title: titleOf('phase', phase.phase),
      failure: phase.failure === null ? null : failureWords(phase.failure),
    })),
    measurements: record.measurements.map((one) => ({ ...one, label: titleOf('measurement', one.name) })),
    windowsProof: plan.servers.some(({ name }) => platformOf(plan, name) === 'windows') ? windowsProofOf() : null,
    notes: record.notes.map(({ message, ...note }) => ({ ...note, text: say(message) })),
  };
}

/** The observed layouts of the run itself; where nothing was observed yet, the planned one. */
function layoutsOf({ plan, views, workflow }: RunRecord): ClusterLayout[] {
  const seen = (['before', 'after'] as const).flatMap((moment) => {
    const view = views[moment];
    // A view in which no node answered, as before an installation, has nothing to draw.
    return view === null || view.views.length === 0 ? [] : [layoutOf(plan, view, moment)];
  });
  return seen.length > 0 || workflow === 'remove' ? seen : [plannedLayout(plan)];
}

/** A matrix with its meaning in words. Where the plan opens every way that is closed, none of its sentences tells a fault. */
function reportMatrix(matrix: PortMatrix, checks: RunRecord['checks']): ReportMatrix {
  const { summary, findings, ways, openWays } = summariseMatrix(matrix);
  const opened = checks.filter(isToBeOpened).length;
  const areAllOpened = opened > 0 && openWays + opened === ways;
  return {
    ...matrix,
    summary: say(summary),
    findings: findings.map(({ verdict, text: sentence }) => ({
      verdict: areAllOpened && verdict === 'fail' ? 'warn' : verdict,
      text: say(sentence),
    })),
  };
}

function reportServer(record: RunRecord, server: RunRecord['plan']['servers'][number]): ReportServer {
  const facts = record.facts.find((one) => one.server === server.name);
  const planned = record.plannedChanges.find((one) => one.server === server.name)?.changes ?? [];
  return {
    name: server.name,
    address: server.address,
    ssh: `${server.ssh.user}@${formatEndpoint({ address: server.ssh.host, port: server.ssh.port })}`,
    found: facts === undefined ? null : foundOn(facts),
    plannedChanges: planned.map((change) => reportChange(change, null)),
    appliedChanges: record.appliedChanges
      .filter((one) => one.server === server.name)
      .map(({ change, phase, outcome }) => reportChange(change, { phase: titleOf('phase', phase), outcome })),
  };
}

function foundOn(facts: ServerFacts): ReportServer['found'] {
  const { firewall } = facts;
  return {
    at: facts.at,
    hostName: facts.hostName,
    system: facts.os.prettyName,
    kernel: facts.os.kernel,
    architecture: facts.os.architecture,
    systemdVersion: facts.systemdVersion,
    cpuCount: facts.cpuCount,
    memoryBytes: facts.memoryBytes,
    hostKey: `${facts.hostKey.type} ${facts.hostKey.fingerprint}`,
    privilege: text(`report.privilege.${facts.privilege}`),
    machineId: facts.machineId,
    firewall:
      firewall.kind === 'none'
        ? text('report.firewallNone')
        : text(firewall.isActive ? 'report.firewallActive' : 'report.firewallInactive', { kind: firewall.kind }),
    selinux: facts.selinux,
    clockOffsetMs: facts.clock.offsetMs,
    clockUncertaintyMs: facts.clock.uncertaintyMs,
  };
}
