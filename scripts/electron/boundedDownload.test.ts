import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundedDownload, reasonIn } from './boundedDownload.ts';

let watched = '';
beforeAll(async () => {
  watched = await mkdtemp(join(tmpdir(), 'triad-download-'));
});
afterAll(() => rm(watched, { recursive: true }));

const run = (script: string, bounds: { readonly idleMs: number; readonly totalMs: number }): Promise<string | undefined> =>
  boundedDownload(process.execPath, ['-e', script], { watched, env: { TARGET: join(watched, 'file') }, ...bounds });
const patient = { idleMs: 60_000, totalMs: 60_000 };
const writing = "setInterval(() => require('node:fs').appendFileSync(process.env.TARGET, 'more'), 20);";

it('succeeds in silence', async () => {
  expect(await run('', patient)).toBeUndefined();
});

it('tells why it failed', async () => {
  expect(await run("console.error('Error: getaddrinfo ENOTFOUND host'); process.exit(1)", patient)).toBe(
    'Error: getaddrinfo ENOTFOUND host',
  );
});

it('ends a download that brings nothing', async () => {
  expect(await run('setInterval(() => undefined, 1000)', { idleMs: 100, totalMs: 60_000 })).toBe('nothing arrived for 0.1 s');
});

it('lets one that brings something go on, until the whole time is over', async () => {
  expect(await run(writing, { idleMs: 5000, totalMs: 1200 })).toBe('it took longer than 1.2 s');
});

it.each([
  ['HttpError: something\n    at ETIMEDOUT\nResponse code 404 (Not Found)', 'Response code 404 (Not Found)'],
  ['TypeError: fetch failed\n    at node:internal', 'TypeError: fetch failed'],
  ['', 'it said nothing'],
])('finds the telling line of %j', (output, line) => {
  expect(reasonIn(output)).toBe(line);
});
