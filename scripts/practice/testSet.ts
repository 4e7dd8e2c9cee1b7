import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { lockFile, type FileLock } from './fileLock.ts';
import { PracticeError } from './practiceError.ts';
import { openPracticeSet, type PracticeSet, type UpOptions } from './practiceSet.ts';
import { practiceCacheFolder, practiceStateFolder } from './setPlace.ts';

/** The practice servers of one test file. */
export interface TestSet {
  /**
   * The set, up and with exactly this variant: plain servers where nothing is said. The first call of a file makes new servers; a later one
   * leaves them as they are if the variant is the same, and makes new ones if not. For servers that no earlier test has touched: `set.reset()`.
   */
  up(options?: UpOptions): Promise<PracticeSet>;
  /** A second set beside the first, down at first, and taken down after the file too. For tests that need more than three servers, or none at first. */
  another(): Promise<PracticeSet>;
}

const workers = 16;
const rounds = 14;
const tearDownMs = 120_000;

/**
 * The practice servers of this test file: call it at the top of the file. Nothing happens before `up`; after the file they are taken down.
 * Each vitest worker has servers of its own, and so has each vitest process: where another one uses the worker's usual set, the next free is taken.
 * Sets of killed test runs are taken down on the way.
 */
export function practiceSetForTest(): TestSet {
  let claimed: Promise<Claim> | undefined;
  let isNew = true;
  afterAll(async () => {
    // A claim that failed has failed its test already.
    const held = await claimed?.catch(() => undefined);
    await held?.set.down();
    await held?.other.down();
    await held?.lock.release({ remove: true });
  }, tearDownMs);
  return {
    up: async (options = {}) => {
      claimed ??= claimTestSet();
      const { set } = await claimed;
      // A login is always said, or any variant would do.
      await set.up({ login: 'key', ...options, fresh: options.fresh ?? isNew });
      isNew = false;
      return set;
    },
    another: async () => {
      claimed ??= claimTestSet();
      return (await claimed).other;
    },
  };
}

interface Claim {
  readonly set: PracticeSet;
  readonly other: PracticeSet;
  readonly lock: FileLock;
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

async function claimTestSet(): Promise<Claim> {
  const worker = ((Number(process.env['VITEST_POOL_ID'] ?? '1') - 1) % workers) + 1;
  for (let round = 0; round < rounds; round += 1) {
    const number = worker + round * workers;
    const lock = await claim(number);
    if (lock === undefined) continue;
    await takeDownAbandoned(number);
    const other = openTestSet(`tt${number}x`);
    await other.down();
    return { set: openTestSet(`tt${number}`), other, lock };
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
