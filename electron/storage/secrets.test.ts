import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generatePassword, readGeneratedPassword, readSecret } from './secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-secrets-'));
});
afterEach(async () => rm(folder, { recursive: true }));

const odd = ` it's "a" $HOME \`x\` # ümläut\\n `;

describe('readSecret', () => {
  test('takes a variable as it is, spaces and quotes included', async () => {
    expect(await readSecret({ kind: 'env', name: 'P' }, 'test', { P: odd })).toBe(odd);
  });

  test('takes a file without its last line end', async () => {
    const path = join(folder, 'password');
    await writeFile(path, `${odd}\n`);
    expect(await readSecret({ kind: 'file', path }, 'test')).toBe(odd);
  });

  test.each([
    ['a variable that is not set', { kind: 'env', name: 'NOT_SET' }, 'secret.missing'],
    ['a file that is not there', { kind: 'file', path: '/nowhere/at/all' }, 'secret.unreadable'],
  ] as const)('%s is told with its purpose', async (_name, ref, code) => {
    await expect(readSecret(ref, 'login of server-1', {})).rejects.toMatchObject({
      failure: { code, values: { purpose: 'login of server-1' } },
    });
  });

  test.each(['', '\n', 'two\nlines\n'])('a file with %j is refused', async (content) => {
    const path = join(folder, 'password');
    await writeFile(path, content);
    await expect(readSecret({ kind: 'file', path }, 'test')).rejects.toMatchObject({ failure: { code: 'secret.unreadable' } });
  });
});

describe('the generated password', () => {
  const purpose = 'password of the cluster';

  test('is kept where only its owner reads it, and found again', async () => {
    const file = join(folder, 'cluster', 'redis-password');
    expect(await readGeneratedPassword(file, purpose)).toBeNull();
    const password = await generatePassword(file, purpose);
    expect(password).toMatch(/^[\w-]{43}$/u);
    expect(await readGeneratedPassword(file, purpose)).toBe(password);
    expect(process.platform === 'win32' ? 0o600 : (await stat(file)).mode & 0o777).toBe(0o600);
    expect(await generatePassword(join(folder, 'other'), purpose)).not.toBe(password);
  });

  test('is one for all runs that begin together, and nothing else is left', async () => {
    const file = join(folder, 'redis-password');
    const made = await Promise.all(Array.from({ length: 8 }, async () => generatePassword(file, purpose)));
    expect(new Set([...made, await readGeneratedPassword(file, purpose)]).size).toBe(1);
    expect(await readdir(folder)).toEqual(['redis-password']);
  });

  test('is never replaced because it cannot be read', async () => {
    const file = join(folder, 'redis-password');
    await writeFile(file, '');
    await expect(readGeneratedPassword(file, purpose)).rejects.toMatchObject({
      failure: { code: 'secret.unreadable', values: { file, purpose } },
    });
    await rm(file);
    await mkdir(file);
    await expect(readGeneratedPassword(file, purpose)).rejects.toMatchObject({ failure: { code: 'secret.unreadable' } });
  });
});
