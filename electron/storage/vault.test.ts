import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openVault, type Protection } from './vault.ts';

const DRAFT = 'a'.repeat(32);
let file: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-vault-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  file = join(folder, 'vault.json');
});

const keychain: Protection = {
  isAvailable: true,
  encrypt: (text) => Buffer.from(Array.from(text).toReversed().join('')),
  decrypt: (bytes) => Array.from(bytes.toString('utf8')).toReversed().join(''),
};
const none: Protection = {
  isAvailable: false,
  encrypt: () => {
    throw new Error('there is no keychain');
  },
  decrypt: () => {
    throw new Error('there is no keychain');
  },
};

test('what the keychain protects is there after a restart, and the file does not show it', async () => {
  const vault = await openVault(file, keychain);
  expect(await vault.put(DRAFT, 'SSH_PASSWORD_1', 'hunter zwölf')).toBe('keychain');
  expect(await readFile(file, 'utf8')).not.toContain('hunter');
  const again = await openVault(file, keychain);
  expect(again.valuesOf(DRAFT)).toEqual({ SSH_PASSWORD_1: 'hunter zwölf' });
  await again.forget(DRAFT);
  expect((await openVault(file, keychain)).namesOf(DRAFT)).toEqual([]);
});

test('without a keychain secrets live in memory only: no file is ever written', async () => {
  const vault = await openVault(file, none);
  expect(await vault.put(DRAFT, 'REDIS_PASSWORD', 'secret')).toBe('memory');
  expect(vault.get(DRAFT, 'REDIS_PASSWORD')).toBe('secret');
  await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await openVault(file, none)).namesOf(DRAFT)).toEqual([]);
});

test('what another keychain has sealed counts as not there, and stays in the file for the day it opens again', async () => {
  const vault = await openVault(file, keychain);
  await vault.put(DRAFT, 'SSH_PASSWORD_1', 'one');
  await vault.put(DRAFT, 'SSH_PASSWORD_2', 'two');
  const picky: Protection = {
    ...keychain,
    decrypt: (bytes) => {
      if (bytes.toString('utf8') === 'eno') throw new Error('sealed by another');
      return keychain.decrypt(bytes);
    },
  };
  const locked = await openVault(file, picky);
  expect(locked.valuesOf(DRAFT)).toEqual({ SSH_PASSWORD_2: 'two' });
  await locked.put('b'.repeat(32), 'REDIS_PASSWORD', 'other');
  const open = await openVault(file, keychain);
  expect(open.valuesOf(DRAFT)).toEqual({ SSH_PASSWORD_1: 'one', SSH_PASSWORD_2: 'two' });
  // Typed again, the new one counts.
  await (await openVault(file, picky)).put(DRAFT, 'SSH_PASSWORD_1', 'new');
  expect((await openVault(file, keychain)).valuesOf(DRAFT)).toEqual({ SSH_PASSWORD_1: 'new', SSH_PASSWORD_2: 'two' });
});
