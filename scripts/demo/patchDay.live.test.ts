// `npm run demo -- --patch-day` as a person types it, from servers without a cluster to its end, and once more with a step that fails.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../practice/runCommand.ts';
import type { PracticeSet } from '../practice/practiceSet.ts';
import { practiceSetForTest } from '../practice/testSet.ts';
import { impactsIn } from './impactTable.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const servers = practiceSetForTest();
const folder = mkdtempSync(join(tmpdir(), 'triad-patch-day-'));
const home = join(folder, 'home');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let set: PracticeSet;

async function npmRun(...task: readonly string[]): Promise<CommandResult> {
  const { prefix, subnet } = set.place;
  const env = { TRIAD_HOME: home, TRIAD_PRACTICE_PREFIX: prefix, TRIAD_PRACTICE_SUBNET: subnet, NO_COLOR: '1' };
  return runCommand(process.execPath, [join(root, 'scripts/run.mjs'), ...task], { env });
}

const bootOf = async (): Promise<string> => (await set.run(1, 'cat /proc/sys/kernel/random/boot_id')).stdout;

test('from bare servers to the end of a patch day: a real reboot, no write lost, and a bundle that a second home validates from', async () => {
  set = await servers.up();
  const booted = await bootOf();
  const { code, stdout, stderr } = await npmRun('demo', '--patch-day', '--quick');
  expect(`${code} ${code === 0 ? '' : `${stdout}${stderr}`}`).toBe('0 ');
  expect(await bootOf()).not.toBe(booted);

  const headings = stdout
    .split('── ')
    .slice(1)
    .map((part) => part.split('\u001B')[0]);
  const [one, two] = set.servers.map(({ name }) => name);
  expect(headings).toEqual([
    'The Redis programs',
    'Three practice servers',
    'Check: are the servers fit, do they reach each other?',
    'Plan: what would be done?',
    'Install, verify, and lose each server once',
    `Patch day: ${one} hands its master over and may be taken away`,
    `${one} is patched and rebooted`,
    `${one} is back: wait for it, give it its master back, validate`,
    'Validate: is everything as it was?',
    `That night the power of ${two} fails`,
    'Restore the crossed layout',
    'One file with everything, for a colleague',
    'The colleague takes it: a second home, where nobody has seen this cluster',
    'Validate from there, against the bundle and with the imported specification',
    'Patch day in figures',
  ]);
  expect(stdout).toContain('Servers and nodes are those of the bundle.');

  // What it tells at the end is what the reports hold: three moves of masters, each with its writers, and nothing lost.
  const reports = join(root, /^Reports +(.*)\/\*\/report\.html$/mu.exec(stdout)?.[1] ?? '');
  const impacts = impactsIn(['begin', 'end', 'restore'].map((step) => join(reports, step)));
  expect(impacts.map(({ moment, lost }) => [moment, lost])).toEqual([
    ['maintenanceBegin', 0],
    ['maintenanceEnd', 0],
    ['restoreRoles', 0],
  ]);
  const told = stdout.slice(stdout.indexOf('What was done'));
  for (const { title, acknowledged } of impacts)
    expect(told).toMatch(new RegExp(`^${title} .* ${acknowledged.toLocaleString('en-US')} +0$`, 'mu'));
  expect(readdirSync(reports)).toEqual(expect.arrayContaining(['colleague-bundle', 'colleague-spec', 'validate']));
  expect(existsSync(join(root, /^Bundle +(.*)$/mu.exec(stdout)?.[1] ?? 'none'))).toBe(true);
  expect(existsSync(join(/^Colleague +TRIAD_HOME=(.*)$/mu.exec(stdout)?.[1] ?? 'none', 'clusters', set.place.prefix, 'spec.yaml'))).toBe(
    true,
  );
}, 240_000);

test('a step that fails ends it: its reason, its name and its exit code, and nothing of the next step', async () => {
  const { specFile, servers: places } = set.place;
  const begun = await npmRun('triad', 'maintenance', 'begin', '--server', places[1].name, '--yes', '--spec', specFile);
  expect(begun.code).toBe(0);
  const booted = await bootOf();
  const { code, stdout, stderr } = await npmRun('demo', '--patch-day');
  expect(code).toBe(1);
  expect(stdout).toContain('The cluster of the demo runs on them');
  expect(`${stdout}${stderr}`).toContain(`${places[1].name} is in maintenance since`);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('The step "triad maintenance begin" ended with exit code 1.');
  expect(stdout).not.toContain('is patched and rebooted');
  expect(await bootOf()).toBe(booted);
}, 60_000);
