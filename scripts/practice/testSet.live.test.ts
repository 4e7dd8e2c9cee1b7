import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFile } from './fileLock.ts';
import { openPracticeSet } from './practiceSet.ts';
import { practiceCacheFolder } from './setPlace.ts';
import { tracesOf } from './testing/traces.ts';
import { practiceSetForTest } from './testSet.ts';

const practice = practiceSetForTest();

test('a test file gets a set that no other run uses, and takes down those of killed runs', async () => {
  const worker = Number(process.env['VITEST_POOL_ID']);
  // As another run would: it may even be there, then it holds the claim already.
  const claim = await lockFile(join(practiceCacheFolder(), `tt${worker}.claim`), { waitMs: 0 });
  onTestFinished(() => claim?.release({ remove: true }));
  const abandoned = [openPracticeSet({ prefix: 'tt250', subnet: '10.78.250' }), openPracticeSet({ prefix: 'tt251x', subnet: '10.79.251' })];
  onTestFinished(async () => {
    for (const set of abandoned) await set.down();
  });
  for (const set of abandoned) await set.up();

  const { place } = await practice.up();
  expect(place.prefix).toMatch(/^tt\d+$/u);
  expect(place.subnet).toBe(place.prefix.replace('tt', '10.78.'));
  expect(Number(place.prefix.slice(2))).toBeGreaterThan(worker);
  expect(Number(place.prefix.slice(2)) % 16).toBe(worker % 16);
  for (const set of abandoned) expect(await tracesOf(set.place)).toEqual([]);
  const other = await practice.another();
  expect(other.place).toMatchObject({ prefix: `${place.prefix}x`, subnet: place.subnet.replace('10.78.', '10.79.') });
  expect(other.status().state).toBe('down');
  expect(await practice.up()).toMatchObject({ place: { prefix: place.prefix } });
});
