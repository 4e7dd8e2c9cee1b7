import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Phase } from '../engine/phase.ts';
import type { RunContext } from '../phases/runContext.ts';
import { message } from '../shared/messages/message.ts';
import { keepPassword } from '../storage/secrets.ts';
import { generatedPasswordFile } from '../storage/triadHome.ts';
import { parseSpec } from '../storage/specFile.ts';
import { startRun } from './startRun.ts';

/** A run without phases but those given, on a specification whose secrets come from everywhere, and what it told the log to hide. */
async function run(
  redis: string,
  phases: readonly Phase<RunContext>[] = [],
  kept: string | null = null,
): Promise<{ readonly told: string[]; readonly password: string | null }> {
  const home = await mkdtemp(join(tmpdir(), 'triad-secrets-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  await writeFile(join(home, 'id_ed25519'), 'the private key');
  await writeFile(join(home, 'redis-password'), 'of the file\n');
  if (kept !== null) await keepPassword(generatedPasswordFile(home, 'sessions'), kept, '');
  const text = `
schemaVersion: 1
name: sessions
servers:
  - { name: a, address: 10.0.0.1, platform: linux, ssh: { user: admin, auth: { passwordEnv: LOGIN }, sudo: { passwordEnv: SUDO } } }
  - { name: b, address: 10.0.0.2, platform: linux, ssh: { user: admin, auth: { privateKeyFile: id_ed25519, passphraseEnv: PHRASE } } }
  - { name: c, address: 10.0.0.3, platform: linux, ssh: { user: admin, auth: { passwordEnv: LOGIN } } }
redis: ${redis}
`;
  const reading = parseSpec(text, home);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  const told: string[] = [];
  const { password } = await startRun({
    workflow: 'check',
    phases: { phases },
    spec: reading.spec,
    specSha256: null,
    bundles: fileURLToPath(new URL('../../resources/redis', import.meta.url)),
    home,
    acceptNewHostKeys: false,
    confirm: () => Promise.resolve(false),
    signal: new AbortController().signal,
    onEvent: () => undefined,
    triadVersion: '0',
    environment: { LOGIN: 'for the login', SUDO: 'for root', PHRASE: 'for the key', REDIS: 'of the environment' },
    onSecret: (secret) => told.push(secret),
  });
  return { told, password: password.value };
}

/** A phase that lets the run keep a password: a given one, or a new one. */
function keeping(value?: string): Phase<RunContext> {
  return {
    id: 'keep',
    title: message('phase.findPassword'),
    scope: 'cluster',
    run: async (context) => {
      context.password = { value: await context.ways.keepPassword(value), origin: 'generated' };
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

test('the secrets of the logins and the password that the environment or a file holds are told before a run begins', async () => {
  const logins = ['for the login', 'for root', 'the private key', 'for the key'];
  expect((await run('{ passwordEnv: REDIS }')).told).toEqual(expect.arrayContaining([...logins, 'of the environment']));
  expect((await run('{ passwordFile: redis-password }')).told).toEqual(expect.arrayContaining([...logins, 'of the file']));
});

test('a password that a run makes is told, and one that it keeps', async () => {
  const made = await run('{}', [keeping()]);
  expect(made.password).toMatch(/^[\w-]{43}$/u);
  expect(made.told).toContain(made.password);
  expect((await run('{}', [keeping('found on a server')])).told).toContain('found on a server');
});

test('the password that an earlier run has kept is told', async () => {
  const again = await run('{}', [], 'kept by the last run');
  expect(again).toMatchObject({ password: 'kept by the last run' });
  expect(again.told).toContain('kept by the last run');
});
