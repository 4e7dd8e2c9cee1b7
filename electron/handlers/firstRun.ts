import { join } from 'node:path';
import { firstRunOf } from '../workflows/firstRunOf.ts';
import { windowsProofOf } from '../report/windowsProofText.ts';
import { firstRunTitle, renderFirstRun } from '../report/renderFirstRun.ts';
import type { Workflow } from '../engine/phase.ts';
import type { RunContext } from '../phases/runContext.ts';
import type { RunEvent } from '../shared/domain/events.ts';
import { fail, failureOf, type Failure } from '../shared/domain/failure.ts';
import {
  FIRST_RUN_CLUSTER,
  FIRST_RUN_ITEMS,
  FIRST_RUN_SCHEMA_VERSION,
  FirstRunReport,
  type FirstRunFact,
  type FirstRunItem,
  type FirstRunOutcome,
  type FirstRunResult,
} from '../shared/domain/firstRun.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject, formatSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { readVersionedFile, writePrivateFile } from '../storage/versionedFile.ts';
import { startRun, type FinishedRun, type RunRequest } from './startRun.ts';
import { withPlatforms } from './withPlatforms.ts';
import { sourceOfEndedRun } from './reportSource.ts';
import { writeReport } from './writeReport.ts';

/** What the administrator says to an item: do it, leave it out, or leave it and everything behind it for another time. */
export type FirstRunAnswer = 'do' | 'leave' | 'stop';

/** A first run on real Windows servers. */
export interface FirstRunRequest {
  readonly spec: ClusterSpec;
  readonly bundles: string;
  readonly home: string;
  /** Folder of the report; an earlier one there is gone on with. */
  readonly output: string;
  /** Where the items that are about one server are done; the first Windows server where nothing is said. */
  readonly server?: string | undefined;
  readonly acceptNewHostKeys: boolean;
  readonly triadVersion: string;
  readonly signal: AbortSignal;
  /** Asked before every item that changes something or wants an administrator at a server; never before one that only looks. */
  readonly ask: (item: FirstRunItem) => Promise<FirstRunAnswer>;
  readonly onItem: (item: FirstRunItem, result: FirstRunResult | null) => void;
  readonly onEvent: (event: RunEvent, record: RunRecord) => void;
  readonly environment?: NodeJS.ProcessEnv;
  /** Runs an item; `startRun` unless a test has another. */
  readonly start?: (request: RunRequest) => Promise<Pick<FinishedRun, 'record'> & Partial<Pick<FinishedRun, 'folder' | 'unkept'>>>;
  /** Finds out what the servers run on; by a look at them unless a test knows. */
  readonly platforms?: typeof withPlatforms;
}

/** What is left of a first run: the report, and where it lies. */
export interface FinishedFirstRun {
  readonly report: FirstRunReport;
  readonly json: string;
  readonly markdown: string;
}

/** The cluster of the first run on the servers of a specification: under a name of its own, with a password of its own. */
export function firstRunSpec(spec: ClusterSpec): ClusterSpec {
  const { passwordEnv: _env, passwordFile: _file, ...redis } = spec.redis;
  return { ...spec, name: FIRST_RUN_CLUSTER, redis };
}

function usage(reason: ReturnType<typeof message>): Error {
  return fail('usage.invalid', adminSubject, { values: { reason: say(reason) } });
}

/**
 * Walks an administrator through the checklist of a first run. Writes the report after every item, so that it can be interrupted at any time and gone on with:
 * what has passed is kept, everything else is offered again. Throws `usage.invalid` for servers without Windows, and for a folder that holds the report of others.
 */
export async function runFirstRun(request: FirstRunRequest): Promise<FinishedFirstRun> {
  if (request.spec.adopted !== undefined) throw fail('spec.notInstalledByTriad', adminSubject, { values: { cluster: request.spec.name } });
  const spec = firstRunSpec(await (request.platforms ?? withPlatforms)(request.spec, request.signal));
  const windows = spec.servers.filter(({ platform }) => platform === 'windows').map(({ name }) => name);
  const [first] = windows;
  if (first === undefined) throw usage(message('firstRun.usage.noWindows'));
  if (request.server !== undefined && !windows.includes(request.server))
    throw usage(message('firstRun.usage.server', { server: request.server, known: windows.join(', ') }));
  const json = join(request.output, 'first-run.json');
  const markdown = join(request.output, 'first-run.md');
  let report = await beginning(request, spec, request.server ?? first, json);
  const keep = async (): Promise<void> => {
    report = { ...report, updatedAt: new Date().toISOString() };
    const text = `${JSON.stringify(FirstRunReport.parse(report), null, 2)}\n`;
    await writePrivateFile(json, text);
    await writePrivateFile(markdown, renderFirstRun(report));
  };
  const put = async (result: FirstRunResult): Promise<void> => {
    report = { ...report, items: report.items.map((one) => (one.id === result.id ? result : one)) };
    await keep();
  };
  await keep();
  for (const item of FIRST_RUN_ITEMS) {
    const outcome = (id: FirstRunItem['id']): FirstRunOutcome => report.items.find((one) => one.id === id)?.outcome ?? 'open';
    if (outcome(item.id) === 'passed') {
      request.onItem(item, report.items.find(({ id }) => id === item.id) ?? null);
      continue;
    }
    const blocked = blockedBy(item, outcome);
    if (blocked !== null) {
      const result = notDone(item, 'notPossible', say(blocked));
      await put(result);
      request.onItem(item, result);
      continue;
    }
    const answer = item.kind === 'looks' ? 'do' : await request.ask(item);
    if (answer === 'stop' || request.signal.aborted) break;
    if (answer === 'leave') {
      const result = notDone(item, 'declined', say(message('firstRun.why.declined')));
      await put(result);
      request.onItem(item, result);
      continue;
    }
    request.onItem(item, null);
    // What is installed again has to be removed again.
    if (item.id === 'install') await put(notDone({ ...item, id: 'remove' }, 'open', say(message('firstRun.why.open'))));
    const result = await doItem(request, spec, report.server, item);
    await put(result);
    request.onItem(item, result);
    if (result.outcome === 'interrupted') break;
  }
  return { report, json, markdown };
}

/** Why an item cannot be done now; null where it can. */
function blockedBy(item: FirstRunItem, outcome: (id: FirstRunItem['id']) => FirstRunOutcome): ReturnType<typeof message> | null {
  // A cluster that was half installed may be removed, and often must.
  const isBegun = outcome('install') === 'passed' || (item.id === 'remove' && ['failed', 'interrupted'].includes(outcome('install')));
  if (item.needsCluster && !isBegun) return message('firstRun.why.noCluster');
  if (item.needsCluster && outcome('remove') === 'passed') return message('firstRun.why.removed');
  return null;
}

function notDone({ id }: FirstRunItem, outcome: FirstRunOutcome, reason: string): FirstRunResult {
  const empty = { startedAt: null, durationMs: null, facts: [], phases: [], checks: [], evidence: '', notes: [], run: null };
  return { id, title: firstRunTitle(id), outcome, reason, ...empty };
}

/** The report that lies there already, or a new one. */
async function beginning(request: FirstRunRequest, spec: ClusterSpec, server: string, file: string): Promise<FirstRunReport> {
  const servers = spec.servers.map(({ name, address, platform }) => ({ name, address, platform: platform ?? ('linux' as const) }));
  const there = await readVersionedFile(file, FirstRunReport);
  if (there !== null) {
    if (JSON.stringify(there.servers) !== JSON.stringify(servers) || there.server !== server)
      throw usage(message('firstRun.usage.otherReport', { file, server: there.server }));
    return { ...there, triad: request.triadVersion };
  }
  const now = new Date().toISOString();
  return {
    schemaVersion: FIRST_RUN_SCHEMA_VERSION,
    kind: 'windowsFirstRun',
    triad: request.triadVersion,
    startedAt: now,
    updatedAt: now,
    cluster: spec.name,
    server,
    servers,
    redis: { version: spec.redis.version ?? null, archiveSha256: spec.redis.windowsArchive?.sha256 ?? null },
    items: FIRST_RUN_ITEMS.map((item) => notDone(item, 'open', say(message('firstRun.why.open')))),
    proof: windowsProofOf(),
  };
}

async function doItem(request: FirstRunRequest, spec: ClusterSpec, server: string, item: FirstRunItem): Promise<FirstRunResult> {
  const facts: FirstRunFact[] = [];
  const startedAt = new Date().toISOString();
  const beganMs = performance.now();
  const { workflow, phases } = firstRunOf(item.id, { server, tell: (fact) => facts.push(fact) });
  try {
    const { record, folder: kept = null, unkept = null } = await (request.start ?? startRun)(runOf(request, spec, workflow, phases));
    const folder = join('runs', item.id);
    await writeReport(await sourceOfEndedRun(record, unkept === null ? kept : null), join(request.output, folder));
    return resultOf(item, record, { facts, startedAt, folder });
  } catch (error) {
    // What keeps a run from beginning: a secret, the archive, a disk.
    const failure = failureOf(error, adminSubject);
    const result = notDone(item, request.signal.aborted ? 'interrupted' : 'failed', wordsOf(failure));
    return { ...result, startedAt, durationMs: Math.round(performance.now() - beganMs), facts, evidence: failure.evidence };
  }
}

function runOf(request: FirstRunRequest, spec: ClusterSpec, workflow: RunRequest['workflow'], phases: Workflow<RunContext>): RunRequest {
  const { bundles, home, acceptNewHostKeys, signal, onEvent, triadVersion, environment } = request;
  return {
    workflow,
    phases,
    spec,
    specSha256: null,
    bundles,
    home,
    acceptNewHostKeys,
    // The administrator has said yes to the item.
    confirm: () => Promise.resolve(true),
    signal,
    onEvent,
    triadVersion,
    ...(environment === undefined ? {} : { environment }),
  };
}

function wordsOf({ code, values }: Failure): string {
  return say({ code, values });
}

function outcomeOf({ failure, wasAborted, verdict }: RunRecord): FirstRunOutcome {
  if (wasAborted || failure?.code === 'run.aborted') return 'interrupted';
  if (failure?.code === 'firstRun.notPossible' || failure?.code === 'failover.noFirewall') return 'notPossible';
  return failure === null && verdict !== 'fail' && verdict !== 'unknown' && verdict !== 'passWithoutTolerance' ? 'passed' : 'failed';
}

function resultOf(
  item: FirstRunItem,
  record: RunRecord,
  { facts, startedAt, folder }: { readonly facts: readonly FirstRunFact[]; readonly startedAt: string; readonly folder: string },
): FirstRunResult {
  const outcome = secondRunOutcome(item, record) ?? outcomeOf(record);
  const odd = record.checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped');
  const changed = record.appliedChanges.map(({ server, change }) => `${server} ${change.id}`);
  const trials = record.trials.flatMap((trial) =>
    trial.shards.map((shard): FirstRunFact => ({
      server: trial.server,
      name: `failover.shard${shard.shard}.outageMs`,
      value: Math.round(shard.outageMs),
      unit: 'ms',
    })),
  );
  const measured = record.measurements.map(({ server, name, value, unit }): FirstRunFact => ({ server, name, value, unit }));
  return {
    id: item.id,
    title: firstRunTitle(item.id),
    outcome,
    reason:
      record.failure !== null
        ? wordsOf(record.failure)
        : outcome === 'passed'
          ? say(message('firstRun.why.passed'))
          : item.id === 'secondRun' && changed.length > 0
            ? say(message('firstRun.why.changedAgain', { count: changed.length }))
            : say(message('firstRun.why.checks', { count: odd.length })),
    startedAt,
    durationMs: Math.round(record.durationMs),
    facts: [...facts, ...trials, ...measured],
    phases: record.phases.map(({ phase, server, durationMs, outcome: ended }) => ({ phase, server, durationMs, outcome: ended })),
    checks: odd.map(({ id, subject, verdict, observed, evidence }) => ({
      id,
      subject: formatSubject(subject),
      verdict,
      observed: say(observed),
      evidence,
    })),
    evidence: [record.failure?.evidence ?? '', ...(item.id === 'secondRun' ? changed : [])].filter((one) => one !== '').join('\n'),
    notes: record.notes.map(({ server, message: text }) => `${server === null ? '' : `${server}: `}${say(text)}`),
    run: { id: record.runId, workflow: record.workflow, verdict: record.verdict, folder },
  };
}

/** A second installation that found something to do has failed, however well it ended. */
function secondRunOutcome(item: FirstRunItem, record: RunRecord): FirstRunOutcome | null {
  return item.id === 'secondRun' && record.appliedChanges.length > 0 ? 'failed' : null;
}
