import { join } from 'node:path';
import { lockFile } from '../practice/fileLock.ts';
import { openPracticeSet, type PracticeSet } from '../practice/practiceSet.ts';
import { practiceCacheFolder } from '../practice/setPlace.ts';
import { BenchError } from './benchError.ts';

/** The benchmark's own practice servers; neither the demo's nor those of tests. */
const ownPlace = { prefix: 'bench', subnet: '10.79.0' };

/**
 * Gives fresh practice servers to `work` and takes them down afterwards, whatever happened. What a killed benchmark has left is cleared first.
 * A BenchError when another benchmark is running: each would spoil the other's figures.
 */
export async function withBenchServers<Result>(
  progress: (sentence: string) => void,
  work: (set: PracticeSet) => Promise<Result>,
  place: { readonly prefix: string; readonly subnet: string } = ownPlace,
): Promise<Result> {
  // The set's own lock lasts for one command, this one for the whole benchmark. It ends with the process.
  const claim = await lockFile(join(practiceCacheFolder(), `${place.prefix}.claim`), { waitMs: 0 });
  if (claim === undefined) throw new BenchError('Another benchmark is running on this machine: wait for it.');
  const set = openPracticeSet({ ...place, progress });
  try {
    await set.up({ fresh: true, login: 'key' });
    return await work(set);
  } finally {
    await set.down();
    await claim.release({ remove: true });
  }
}
