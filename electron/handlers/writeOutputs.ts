import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { junitOfFailure, renderJunit } from '../report/renderJunit.ts';
import { renderMetrics } from '../report/renderMetrics.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import type { Failure } from '../shared/domain/failure.ts';
import { triedServers } from '../shared/domain/triedServers.ts';
import { failureWords } from '../shared/figures/reportWords.ts';
import { writeSharedFile } from '../storage/versionedFile.ts';
import { reportOf } from './renderReport.ts';
import type { ReportSource } from './reportSource.ts';
import { listKeptRuns, sinceRemoval } from './runSummaries.ts';

/** Files for other programs that a run leaves beside its report; each is written only where it is named. */
export interface OutputFiles {
  readonly junit?: string | undefined;
  readonly prometheus?: string | undefined;
}

/** What is known of a run that could not begin, or not be told otherwise. */
export interface UnbegunRun {
  readonly workflow: WorkflowId;
  readonly failure: Failure;
  /** As far as the specification could be read. */
  readonly cluster: string | null;
  readonly servers: readonly string[];
}

/** Writes what other programs read of a run. Throws `storage.unwritable`. */
export async function writeOutputs(files: OutputFiles, source: ReportSource, home: string): Promise<void> {
  const { record } = source;
  if (files.junit !== undefined) await writeSharedFile(files.junit, renderJunit(reportOf(source, { timeZone: 'UTC' })));
  if (files.prometheus === undefined) return;
  const { cluster, plan, finishedAt, verdict } = record;
  const servers = plan.servers.map(({ name }) => name);
  const at = finishedAt ?? new Date().toISOString();
  const past = await keptFigures(home, cluster, servers);
  await writeSharedFile(
    files.prometheus,
    renderMetrics({ cluster, servers, record, at, tried: past.tried, passedAt: verdict === 'pass' ? at : past.passedAt }),
  );
}

/** The same for a run that could not begin: whoever reads these files must not go on seeing the figures of an earlier one. Throws `storage.unwritable`. */
export async function writeUnbegun(files: OutputFiles, run: UnbegunRun, home: string): Promise<void> {
  const at = new Date().toISOString();
  const about = { workflow: run.workflow, cluster: run.cluster ?? '', at, machine: hostname() };
  if (files.junit !== undefined) await writeSharedFile(files.junit, junitOfFailure(failureWords(run.failure), about));
  if (files.prometheus === undefined) return;
  // Where the specification says nothing, the series keep the name that they had.
  const cluster = run.cluster ?? (await clusterIn(files.prometheus));
  const past = cluster === null ? { servers: [], tried: [], passedAt: null } : await keptFigures(home, cluster, run.servers);
  await writeSharedFile(files.prometheus, renderMetrics({ cluster, record: null, at, ...past }));
}

async function clusterIn(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^triad_validation_verdict\{cluster="([a-z][a-z0-9-]{0,30})"\}/mu.exec(text)?.[1] ?? null;
}

/** What kept runs say: of trials since the installation, and when a validation passed last. Servers of the newest run where none are given. */
async function keptFigures(
  home: string,
  cluster: string,
  wanted: readonly string[],
): Promise<Pick<Parameters<typeof renderMetrics>[0], 'servers' | 'tried' | 'passedAt'>> {
  const kept = await listKeptRuns(home, cluster, new Map());
  const servers = wanted.length > 0 ? wanted : (kept.find((run) => run.servers.length > 0)?.servers ?? []);
  const runs = sinceRemoval(kept.map(({ summary }) => summary));
  return {
    servers,
    tried: triedServers(servers, runs),
    passedAt: runs.find(({ workflow, verdict }) => workflow === 'validate' && verdict === 'pass')?.finishedAt ?? null,
  };
}
