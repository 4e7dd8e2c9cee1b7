import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
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

/** Clocks are set, and the time since the start is counted roughly: a mark must be this much older than the start to be of an earlier one, milliseconds. */
const BOOT_SLACK_MS = 60_000;

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

/** A journal as it lies on disk: its whole lines, to the byte. */
export interface JournalBytes {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** How many lines there are. */
  readonly events: number;
}

/** The whole lines of a kept run's journal with their hash. Throws where there is none. */
export async function readJournalBytes(folder: string): Promise<JournalBytes> {
  return journalBytes(wholeLines(await readFile(join(folder, RUN_EVENTS_FILE))));
}

/** The same of bytes that were read from elsewhere. */
export function journalBytes(bytes: Buffer): JournalBytes {
  let events = 0;
  for (let at = bytes.indexOf('\n'); at !== -1; at = bytes.indexOf('\n', at + 1)) events += 1;
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), events };
}

/** The events in the bytes of a journal; `file` is named where they are damaged. Throws `storage.damaged`. */
export function eventsOfJournal({ bytes }: JournalBytes, file: string): readonly RunEvent[] {
  return parseLines(wholeLines(bytes), file);
}

/** The events of a kept run. A last line that a crash cut off is left out; damage anywhere else throws `storage.damaged`. */
export async function readRunEvents(folder: string): Promise<readonly RunEvent[]> {
  const file = join(folder, RUN_EVENTS_FILE);
  return parseLines(wholeLines(await readFile(file)), file);
}

/** The events that a journal holds beyond a place in it, in bytes, and the place where they end: for whoever reads it while another process writes it. */
export async function readRunEventsFrom(
  folder: string,
  from: number,
): Promise<{ readonly events: readonly RunEvent[]; readonly to: number }> {
  const file = join(folder, RUN_EVENTS_FILE);
  const handle = await open(file, 'r');
  try {
    const length = Math.max(0, (await handle.stat()).size - from);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
    const whole = wholeLines(buffer.subarray(0, bytesRead));
    return { events: parseLines(whole, file), to: from + whole.length };
  } finally {
    await handle.close();
  }
}

/** Without what follows the last end of a line. */
function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

function parseLines(whole: Buffer, file: string): readonly RunEvent[] {
  return whole
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
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

/** The process that still writes a run, and the file that says so. */
export interface RunWriter extends z.infer<typeof RunMark> {
  readonly file: string;
}

/**
 * Which process still writes this run, here or on another machine that shares the folder; null where none does. A number that another process has got since
 * this machine was started says so too: better a run of this morning is taken for one that goes on than the other way about.
 */
export async function writerOfRun(folder: string): Promise<RunWriter | null> {
  const file = join(folder, RUN_MARK_FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  let mark: z.infer<typeof RunMark>;
  try {
    mark = RunMark.parse(JSON.parse(text));
  } catch {
    return null;
  }
  if (mark.machine !== hostname()) return { ...mark, file };
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
  if (mtimeMs < Date.now() - uptime() * 1000 - BOOT_SLACK_MS) return null;
  try {
    process.kill(mark.pid, 0);
    return { ...mark, file };
  } catch (error) {
    // There, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? { ...mark, file } : null;
  }
}

/** Whether a process still writes this run, as {@link writerOfRun} tells. */
export async function isRunGoingOn(folder: string): Promise<boolean> {
  return (await writerOfRun(folder)) !== null;
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
