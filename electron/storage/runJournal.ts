import { mkdir, open, readdir, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '../shared/domain/failure.ts';
import { RunEvent } from '../shared/domain/events.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { clustersFolder, runsFolder } from './triadHome.ts';
import { reasonOf } from './versionedFile.ts';

/** The file of a run's events, one line each. */
export const RUN_EVENTS_FILE = 'events.ndjson';

/** Lies beside the events while the run goes on: which process writes them. */
const RUN_MARK_FILE = 'running.json';
const RunMark = z.object({ pid: z.number().int().positive(), machine: z.string() });

/** The durable list of a run's events. */
export interface RunJournal {
  readonly folder: string;
  /** Appends an event; written in order. A write error is reported by `close`, so that a full disk never stops work on servers half-way. */
  append(event: RunEvent): void;
  /** Waits until everything is on disk. Throws `storage.unwritable`. */
  close(): Promise<void>;
}

/** Starts the journal of a new run in a folder of its own. Throws `storage.unwritable`. */
export async function createRunJournal(runs: string, runId: string): Promise<RunJournal> {
  const folder = join(runs, runId);
  const file = join(folder, RUN_EVENTS_FILE);
  let handle: FileHandle;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    handle = await open(file, 'ax', 0o600);
    const mark: z.input<typeof RunMark> = { pid: process.pid, machine: hostname() };
    await writeFile(join(folder, RUN_MARK_FILE), JSON.stringify(mark), { mode: 0o600 });
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  let failure: unknown = null;
  let writing = Promise.resolve();
  return {
    folder,
    append: (event) => {
      writing = writing
        .then(async () => {
          await handle.appendFile(`${JSON.stringify(event)}\n`);
        })
        .catch((error: unknown) => {
          failure ??= error;
        });
    },
    close: async () => {
      await writing;
      await handle.sync().catch((error: unknown) => {
        failure ??= error;
      });
      await handle.close();
      await rm(join(folder, RUN_MARK_FILE), { force: true }).catch(() => undefined);
      if (failure !== null) throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(failure) }, cause: failure });
    },
  };
}

/** The events of a kept run. A last line that a crash cut off is left out; damage anywhere else throws `storage.damaged`. */
export async function readRunEvents(folder: string): Promise<readonly RunEvent[]> {
  const file = join(folder, RUN_EVENTS_FILE);
  const text = await readFile(file, 'utf8');
  const lines = text.split('\n');
  const whole = lines.slice(0, -1);
  return whole.map((line, index) => {
    try {
      return RunEvent.parse(JSON.parse(line));
    } catch (error) {
      throw fail('storage.damaged', adminSubject, {
        values: { file, kept: file },
        evidence: `line ${index + 1}: ${reasonOf(error)}`,
        cause: error,
      });
    }
  });
}

/** The ids of a cluster's kept runs, oldest first; ids begin with the time, so they sort by it. */
export async function listRuns(runs: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(runs, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted();
  } catch {
    return [];
  }
}

/**
 * Whether a process still writes this run, here or on another machine that shares the folder. A number that another process has by now says so too:
 * better a run of yesterday is taken for one that goes on than the other way about.
 */
export async function isRunGoingOn(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, RUN_MARK_FILE), 'utf8').catch(() => null);
  if (text === null) return false;
  try {
    const { pid, machine } = RunMark.parse(JSON.parse(text));
    if (machine !== hostname()) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The names of all clusters of which something is kept. */
export async function listClusters(home: string): Promise<readonly string[]> {
  const entries = await readdir(clustersFolder(home), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** The folder of a kept run, or null. */
export async function findRunFolder(home: string, runId: string): Promise<string | null> {
  for (const cluster of await listClusters(home)) {
    const runs = runsFolder(home, cluster);
    if ((await listRuns(runs)).includes(runId)) return join(runs, runId);
  }
  return null;
}
