import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '../shared/contract/procedures.ts';
import { RunEvent, WorkflowId } from '../shared/domain/events.ts';
import { trialSummaryOf, type TrialSummary } from '../shared/domain/triedServers.ts';
import { isRunGoingOn, listRuns, readRunEvents, RUN_EVENTS_FILE } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';

/** How much of a journal's end is read to find its last event. */
const TAIL_BYTES = 64 * 1024;

/** How a run ended; `finishedAt` is null while it has not. */
export type Ending = Pick<RunSummary, 'finishedAt' | 'verdict' | 'wasAborted'>;

const noEnding: Ending = { finishedAt: null, verdict: null, wasAborted: false };

/** The last event of a journal where it is the run's end; journals can be long, and only this line is needed. */
async function readEnding(file: string): Promise<Ending> {
  const { size } = await stat(file);
  const handle = await open(file, 'r');
  try {
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const last = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    const event = RunEvent.parse(JSON.parse(last));
    return event.type === 'runFinished' ? { finishedAt: event.at, verdict: event.verdict, wasAborted: event.wasAborted } : noEnding;
  } catch {
    // Cut off in the middle of a line: the run has no end.
    return noEnding;
  } finally {
    await handle.close();
  }
}

/** `20261122T164512123Z-failoverTest` as the moment and the workflow that it was made of; null for a folder that is no run. */
function readRunId(runId: string): Pick<RunSummary, 'workflow' | 'startedAt'> | null {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\w+)$/u.exec(runId);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, ms, workflow] = found;
  const known = WorkflowId.options.find((one) => one === workflow);
  return known === undefined ? null : { workflow: known, startedAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z` };
}

/** A kept run with its servers, and their addresses sorted: a name alone does not say which cluster it was. */
export interface KeptRun {
  readonly summary: RunSummary;
  readonly addresses: readonly string[];
  readonly servers: readonly string[];
  /** Who started it and on which computer; empty where its journal cannot be read. */
  readonly operator: string;
  readonly adminMachine: string;
}

type About = Omit<KeptRun, 'summary'>;

/** Addresses in the order in which two lists of them are compared. */
export function sortedAddresses(addresses: readonly string[]): readonly string[] {
  return addresses.map((address) => address.trim()).toSorted();
}

const nothing: About = { addresses: [], servers: [], operator: '', adminMachine: '' };

/** What the first event of a journal says of a run; nothing where it cannot be read. */
async function readAbout(file: string): Promise<About> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, 0);
    const event = RunEvent.parse(JSON.parse(buffer.subarray(0, bytesRead).toString('utf8').split('\n')[0] ?? ''));
    if (event.type !== 'runStarted') return nothing;
    const { operator, adminMachine } = event;
    const { servers } = event.plan;
    const addresses = sortedAddresses(servers.map(({ address }) => String(address)));
    return { addresses, servers: servers.map(({ name }) => name), operator, adminMachine };
  } catch {
    return nothing;
  } finally {
    await handle.close();
  }
}

/** Phases of a maintenance that bear the name of its server; they begin within the first lines of a journal. */
const OF_SERVER = /^(?:vacateServer|awaitReturn):(.+)$/u;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The servers of ended maintenances. */
const maintainedByFile = new Map<string, string | null>();

/** The server of a maintenance; null where the run never came to it. */
async function readMaintained(file: string, hasEnded: boolean): Promise<string | null> {
  const known = maintainedByFile.get(file);
  if (known !== undefined) return known;
  const server = await findMaintained(file);
  if (hasEnded) maintainedByFile.set(file, server);
  return server;
}

async function findMaintained(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    if (!line.includes('"phaseStarted"') || !/"(?:vacateServer|awaitReturn):/u.test(line)) continue;
    // A line that was cut off names no server: the run never came further.
    const event = RunEvent.safeParse(parsed(line));
    const server = event.success && event.data.type === 'phaseStarted' ? OF_SERVER.exec(event.data.phase)?.[1] : undefined;
    if (server !== undefined) return server;
  }
  return null;
}

/** What ended runs have tried; a journal that has its end does not change any more, and those of tests are long. */
const triedByFile = new Map<string, readonly TrialSummary[]>();

/** The trials that a run has brought to their end. Only these lines of the journal are parsed. */
async function readTrials(file: string, hasEnded: boolean): Promise<readonly TrialSummary[]> {
  const known = triedByFile.get(file);
  if (known !== undefined) return known;
  const text = await readFile(file, 'utf8').catch(() => null);
  // Not remembered: what cannot be read now may be readable in a moment.
  if (text === null) return [];
  const trials = text
    .split('\n')
    .filter((line) => line.includes('"trialFinished"'))
    .flatMap((line) => {
      try {
        const event = RunEvent.safeParse(JSON.parse(line));
        return event.success && event.data.type === 'trialFinished' ? [trialSummaryOf(event.data.trial)] : [];
      } catch {
        // Cut off in the middle: this trial never came to its end.
        return [];
      }
    });
  if (hasEnded) triedByFile.set(file, trials);
  return trials;
}

/** What is known of ended runs, as long as their journals are the same files: Home and the history look again every few seconds while a run goes on. */
const endedByFile = new Map<string, { readonly stamp: string; readonly ending: Ending; readonly about: About }>();

/** What a journal says of a run that this process does not hold. */
async function readJournal(folder: string): Promise<{ readonly ending: Ending; readonly isElsewhere: boolean; readonly about: About }> {
  const file = join(folder, RUN_EVENTS_FILE);
  const stamp = await stat(file).then(
    ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
    () => null,
  );
  const known = endedByFile.get(file);
  if (known !== undefined && known.stamp === stamp) return { ...known, isElsewhere: false };
  const [standing, about] = await Promise.all([endingOrWriter(folder), readAbout(file).catch(() => nothing)]);
  if (stamp !== null && standing.ending.finishedAt !== null) endedByFile.set(file, { stamp, ending: standing.ending, about });
  return { ...standing, about };
}

/** How a run ended that this process does not hold, and whether another one still writes it. Only of a run without an end is that asked. */
async function endingOrWriter(folder: string): Promise<{ readonly ending: Ending; readonly isElsewhere: boolean }> {
  const file = join(folder, RUN_EVENTS_FILE);
  const ending = await readEnding(file).catch(() => noEnding);
  if (ending.finishedAt !== null) return { ending, isElsewhere: false };
  if (await isRunGoingOn(folder)) return { ending, isElsewhere: true };
  // It may have come to its end between the two looks.
  return { ending: await readEnding(file).catch(() => noEnding), isElsewhere: false };
}

/**
 * All kept runs under a cluster's name, newest first. `present` are the records of those that this process still holds: the end of one that has just ended may
 * not stand in its journal yet.
 */
export async function listKeptRuns(home: string, cluster: string, present: ReadonlyMap<string, Ending>): Promise<readonly KeptRun[]> {
  const folder = runsFolder(home, cluster);
  const summaries = await Promise.all(
    (await listRuns(folder)).map(async (runId): Promise<KeptRun | null> => {
      const about = readRunId(runId);
      if (about === null) return null;
      const held = present.get(runId);
      const isActive = held !== undefined && held.finishedAt === null;
      const file = join(folder, runId, RUN_EVENTS_FILE);
      const {
        ending,
        isElsewhere,
        about: origin,
      } = held === undefined
        ? await readJournal(join(folder, runId))
        : { ending: held, isElsewhere: false, about: await readAbout(file).catch(() => nothing) };
      const { finishedAt, verdict, wasAborted } = ending;
      const isTrying = about.workflow === 'failoverTest' || about.workflow === 'install';
      // The journal of a run that this process still holds may lack its last lines.
      const trials = isTrying ? [...(await readTrials(file, held === undefined && finishedAt !== null))] : [];
      const isMaintenance = about.workflow === 'maintenanceBegin' || about.workflow === 'maintenanceEnd';
      const maintained = isMaintenance ? await readMaintained(file, held === undefined && finishedAt !== null) : null;
      const isInterrupted = !isActive && !isElsewhere && finishedAt === null;
      const summary = { runId, ...about, finishedAt, verdict, wasAborted, isActive, isInterrupted, trials };
      return {
        summary: { ...summary, ...(isElsewhere ? { isElsewhere } : {}), ...(maintained === null ? {} : { maintained }) },
        ...origin,
      };
    }),
  );
  return summaries.filter((summary) => summary !== null).toReversed();
}

/** The runs that say something of a cluster as it is: those since it was taken away, if it was, with that. Newest first, as given. */
export function sinceRemoval(runs: readonly RunSummary[]): readonly RunSummary[] {
  const removed = runs.findIndex(({ workflow, verdict }) => workflow === 'remove' && verdict === 'pass');
  return removed < 0 ? runs : runs.slice(0, removed + 1);
}

/** The workflows whose end proves or disproves that any server may be lost. */
const PROVING: readonly RunSummary['workflow'][] = ['install', 'validate', 'failoverTest', 'restoreRoles', 'maintenanceEnd'];

/** What the newest look at a running cluster has proved; null is what it could not see, or that there was none. */
export interface SeenStanding {
  readonly survivesAnyServer: boolean | null;
  readonly rolesAsPlanned: boolean | null;
}

/** What the newest finished run that looked at the running cluster says of the loss of any server, and of its roles. */
export async function seenStanding(home: string, cluster: string, runs: readonly RunSummary[]): Promise<SeenStanding> {
  const newest = runs.find(({ workflow, finishedAt }) => finishedAt !== null && PROVING.includes(workflow));
  if (newest === undefined) return { survivesAnyServer: null, rolesAsPlanned: null };
  const events = await readRunEvents(join(runsFolder(home, cluster), newest.runId)).catch(() => []);
  // One that could not look knows nothing, and what an older one saw proves nothing for today.
  const doAllPass = (id: string): boolean | null => {
    const verdicts = events.flatMap((event) => (event.type === 'checkFinished' && event.result.id === id ? [event.result.verdict] : []));
    if (verdicts.length === 0) return null;
    return verdicts.every((verdict) => verdict === 'pass');
  };
  const wereRolesSeen = events.every(
    (event) => event.type !== 'checkFinished' || event.result.id !== 'cluster.roles' || event.result.verdict !== 'unknown',
  );
  return { survivesAnyServer: doAllPass('cluster.survivesLoss'), rolesAsPlanned: wereRolesSeen ? doAllPass('cluster.roles') : null };
}
