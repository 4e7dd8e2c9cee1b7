import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLogFile, type ShellLog } from './logFile.ts';
import { createRedactor } from './redact.ts';

let folder = '';
const redactor = createRedactor();
const open = (maxBytes = 1_000_000): ShellLog =>
  openLogFile({ file: join(folder, 'logs', 'triad.log'), maxBytes, keep: 2, redactor, now: () => new Date(0) });
const read = (name = 'triad.log'): Promise<string> => readFile(join(folder, 'logs', name), 'utf8');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes one JSON object a line, for its owner only', async () => {
  const log = open();
  log.info('window.shown', { sinceStartMs: 512 });
  log.warn('contract.refused', { name: 'x\ny' });
  await log.flush();
  expect((await stat(join(folder, 'logs', 'triad.log'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'logs'))).mode & 0o777).toBe(0o700);
  expect(
    (await read())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { at: '1970-01-01T00:00:00.000Z', level: 'info', what: 'window.shown', sinceStartMs: 512 },
    { at: '1970-01-01T00:00:00.000Z', level: 'warn', what: 'contract.refused', name: 'x\ny' },
  ]);
});

it('holds errors with stack and cause, and no secret in any of them', async () => {
  const log = open();
  redactor.hide('hunter2!');
  const cause = new Error('masterauth other-secret');
  log.error('contract.failed', new Error('login with hunter2! failed', { cause }), { name: 'hunter2!' });
  await log.flush();
  const text = await read();
  expect(text).toContain('logFile.test.ts');
  expect(text).toContain('caused by Error: masterauth [hidden]');
  expect(text).not.toMatch(/hunter2|other-secret/u);
});

it('keeps as many full files as it should, the newest lines in the first', async () => {
  const log = open(10);
  for (const what of ['one', 'two', 'three', 'four']) {
    log.info(what);
    await log.flush();
  }
  expect((await readdir(join(folder, 'logs'))).toSorted()).toEqual(['triad.log', 'triad.log.1', 'triad.log.2']);
  expect([await read(), await read('triad.log.1'), await read('triad.log.2')].map((text) => /"what":"(\w+)"/u.exec(text)?.[1])).toEqual([
    'four',
    'three',
    'two',
  ]);
});

it('writes what is waiting when the process ends, and nothing twice', async () => {
  const log = open();
  log.info('last');
  log.flushNow();
  await log.flush();
  expect((await read()).split('"last"')).toHaveLength(2);
});

it('goes on where nothing can be written', async () => {
  await writeFile(join(folder, 'logs'), 'a file where the folder should be');
  const log = open();
  log.info('lost');
  await log.flush();
  log.info('lost, too');
  expect(() => log.flushNow()).not.toThrow();
});
