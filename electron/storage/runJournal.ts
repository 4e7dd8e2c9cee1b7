import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../shared/domain/failure.ts';
import { RunEvent } from '../shared/domain/events.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { reasonOf } from './versionedFile.ts';

/** The file of a run's events, one line each. */
export const RUN_EVENTS_FILE = 'events.ndjson';

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
