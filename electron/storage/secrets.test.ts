import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
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
  test('is kept where only its owner reads it, and found again', async () => {
    const file = join(folder, 'cluster', 'redis-password');
    expect(await readGeneratedPassword(file)).toBeNull();
    const password = await generatePassword(file);
    expect(password).toMatch(/^[\w-]{43}$/u);
    expect(await readGeneratedPassword(file)).toBe(password);
    expect(process.platform === 'win32' ? 0o600 : (await stat(file)).mode & 0o777).toBe(0o600);
    expect(await generatePassword(join(folder, 'other'))).not.toBe(password);
  });
});
