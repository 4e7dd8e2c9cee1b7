import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitCondition } from './awaitCondition.ts';
import { buildOnce, prepareBaseSystem } from './baseSystem.ts';
import { findDebianArchive } from './debianArchive.ts';

let home = '';
const cache = (): string => join(home, 'triad', 'practice');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'triad-cache-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

test('two builders at once: one builds, the other finds the work done', async () => {
  const build = vi.fn<(target: string) => Promise<void>>(async (target) => {
    // Long enough for the other to come: it has to wait for the lock, and finds the folder when it gets it.
    await awaitCondition(2000, () => readFileSync(join(cache(), 'thing.lock'), 'utf8') !== '' || undefined);
    writeFileSync(join(target, 'whole'), '');
  });
  const [one, other] = await Promise.all([buildOnce('thing', 'the thing', build), buildOnce('thing', 'the thing', build)]);
  expect(build).toHaveBeenCalledTimes(1);
  expect(other).toEqual(one);
  expect(readdirSync(one.folder)).toEqual(['whole']);
  expect(readdirSync(cache())).toEqual(['thing']);
});

test('a build that was killed is neither taken for a whole one nor left lying about', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'baseSystem.ts'));
  const script = `const { buildOnce } = await import(${module});
    await buildOnce('thing', 'the thing', () => new Promise(() => { console.log('building'); setInterval(() => undefined, 1000); }));`;
  const builder = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => {
    builder.stdout.once('data', resolve);
  });
  builder.kill('SIGKILL');
  await new Promise((resolve) => {
    builder.once('exit', resolve);
  });
  expect(readdirSync(cache()).some((name) => name.startsWith('thing.building-'))).toBe(true);
  const { folder } = await buildOnce('thing', 'the thing', async (target) => writeFileSync(join(target, 'whole'), ''));
  expect(readdirSync(folder)).toEqual(['whole']);
  expect(readdirSync(cache())).toEqual(['thing']);
});

test('a build that fails leaves nothing, and the next one may try again', async () => {
  await expect(buildOnce('thing', 'the thing', () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(readdirSync(cache())).toEqual([]);
  await buildOnce('thing', 'the thing', () => Promise.resolve());
  expect(readdirSync(cache())).toEqual(['thing']);
});

/** Makes apt use settings of the test: its own sources and lists, so that this machine's are not touched. */
function stubApt(sources: string): void {
  for (const folder of ['lists/partial', 'cache']) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, 'sources.list'), sources);
  const settings = [`Dir::Etc::sourcelist "${home}/sources.list";`, 'Dir::Etc::sourceparts "-";', `Dir::State::Lists "${home}/lists";`];
  writeFileSync(join(home, 'apt.conf'), [...settings, `Dir::Cache "${home}/cache";`, 'Acquire::Retries "0";'].join('\n'));
  vi.stubEnv('APT_CONFIG', join(home, 'apt.conf'));
}

test('an archive that cannot be reached is said to be so, in one sentence', async () => {
  // Port 9 of this machine: nobody listens there.
  stubApt('deb http://127.0.0.1:9/debian bookworm main\ndeb http://127.0.0.1:9/debian trixie main\n');
  const sentences: string[] = [];
  await expect(prepareBaseSystem((sentence) => sentences.push(sentence))).rejects.toThrow(
    /^Practice servers run Debian \w+, and the package archive in .*cannot be reached: /u,
  );
  expect(sentences).toEqual(["Refreshing apt's package lists."]);
  expect(readdirSync(cache())).toEqual([]);
});

test('sources without Debian are said to lack it', async () => {
  stubApt('');
  await expect(findDebianArchive()).rejects.toThrow(/the apt sources of this machine have no "\w+ main": add it\.$/u);
});
