import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile, type FileLock } from './fileLock.ts';
import { PracticeError } from './practiceError.ts';
import { openPracticeSet, type PracticeSet } from './practiceSet.ts';
import { practiceCacheFolder, practiceStateFolder } from './setPlace.ts';

const workers = 16;
const rounds = 14;

/** Practice servers that no other test process uses. */
export interface ClaimedSet {
  readonly set: PracticeSet;
  /** A second set beside the first, down. */
  readonly other: PracticeSet;
  /** Takes both down and gives the claim back. */
  release(): Promise<void>;
}

/** Test sets are counted: `tt1` on 10.78.1, and so on; `tt1x` on 10.79.1 is the second set of its file. */
function openTestSet(name: string): PracticeSet {
  const number = name.replaceAll(/\D/gu, '');
  return openPracticeSet({ prefix: name, subnet: name === `tt${number}` ? `10.78.${number}` : `10.79.${number}` });
}

/** A claim lasts from the first `up` to the end of the file, and ends with the process: unlike a set's own lock, which lasts for one command. */
function claim(number: number): Promise<FileLock | undefined> {
  return lockFile(join(practiceCacheFolder(), `tt${number}.claim`), { waitMs: 0 });
}

/**
 * Claims the next free set of practice servers, beginning with the usual one of a test worker (counted from 1), and takes down those of killed
 * test runs on the way.
 */
export async function claimTestSet(testWorker: number): Promise<ClaimedSet> {
  const worker = ((testWorker - 1) % workers) + 1;
  for (let round = 0; round < rounds; round += 1) {
    const number = worker + round * workers;
    const lock = await claim(number);
    if (lock === undefined) continue;
    await takeDownAbandoned(number);
    const other = openTestSet(`tt${number}x`);
    await other.down();
    const set = openTestSet(`tt${number}`);
    return {
      set,
      other,
      release: async () => {
        await set.down();
        await other.down();
        await lock.release({ remove: true });
      },
    };
  }
  throw new PracticeError('All sets of practice servers for tests are in use: is something starting test runs without end?');
}

/** Takes down sets that nobody claims: those of test runs that were killed. Our own is cleared by its `up`. */
async function takeDownAbandoned(own: number): Promise<void> {
  for (const name of foldersIn(practiceStateFolder())) {
    const number = Number(/^tt(\d+)x?$/u.exec(name)?.[1] ?? own);
    if (number === own) continue;
    const lock = await claim(number);
    if (lock === undefined) continue;
    await openTestSet(name).down();
    await lock.release({ remove: true });
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
