import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../shared/domain/fault.ts';
import { isBetweenBoots } from './bootState.ts';
import { linuxFaults } from './faults.ts';
import type { HostScript, HostShell } from './hostShell.ts';
import { readSecretFile } from './readSecretFile.ts';

const run = promisify(execFile);

/** A shell that answers so, and what it was given. */
function shellOf(answer: (script: HostScript) => Promise<string>): { readonly shell: HostShell; readonly given: HostScript[] } {
  const given: HostScript[] = [];
  const shell: Partial<HostShell> = {
    run: async (script) => {
      given.push(script);
      return { code: 0, stdout: await answer(script), stderr: '' };
    },
  };
  return { shell: shell as HostShell, given };
}

test.each([
  ['running', false],
  ['degraded', false],
  ['maintenance', false],
  ['offline', false],
  ['', false],
  ['initializing', true],
  ['starting', true],
  ['stopping', true],
])('a server of which systemd says "%s" is between two boots: %s', async (word, isBetween) => {
  expect(await isBetweenBoots(shellOf(() => Promise.resolve(`${word}\n`)).shell)).toBe(isBetween);
});

test('a file with a secret is read as it is, whatever its name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "it's $HOME.conf");
  writeFileSync(file, 'requirepass "a b"\n');
  const { shell } = shellOf(async ({ script }) => (await run('/bin/sh', ['-c', script])).stdout);
  expect(await readSecretFile(shell, file)).toBe('requirepass "a b"\n');
});

test('a fault is prepared with its undo, done and healed by its own services and name', async () => {
  const fault: Fault = { kind: 'killed', cluster: 'sessions', services: ['a.service', 'b.service'], healAfterSeconds: 77 };
  const { shell, given } = shellOf(() => Promise.resolve(''));
  const faults = linuxFaults(shell);
  await faults.prepare(fault);
  await faults.inject(fault);
  await faults.heal(fault);
  expect(given.map(({ name }) => name)).toEqual(['prepareFault', 'injectFault', 'healFault']);
  const [prepare = '', inject = '', heal = ''] = given.map(({ script }) => script);
  expect(prepare).toContain('systemd-run --quiet --unit=triad-heal-sessions --on-active=77');
  expect(inject).toContain('for unit in a.service b.service; do');
  expect(heal).toContain('systemctl start a.service b.service && systemctl is-active --quiet a.service b.service');
  for (const script of [prepare, inject, heal]) await run('/bin/sh', ['-n', '-c', script]);
});
