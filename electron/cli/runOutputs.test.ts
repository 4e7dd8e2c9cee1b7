import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCommand } from './runCommand.ts';

const SPEC = `schemaVersion: 1
name: sessions
servers:
${[1, 2, 3].map((n) => `  - { name: server-${n}, address: 10.255.255.${n}, ssh: { user: admin, auth: { passwordEnv: TRIAD_TEST_UNSET } } }`).join('\n')}
`;

test.each<[string, string | null, number, string]>([
  ['a specification with an error', SPEC.replace('schemaVersion: 1', 'schemaVersion: 9'), 2, '{cluster="sessions"}'],
  ['a specification that is no YAML', `${SPEC}\n: [`, 2, '{cluster="sessions"}'],
  ['no such file', null, 2, '{cluster="sessions"}'],
  ['a secret that is missing', SPEC, 2, '{cluster="sessions"}'],
])('%s: yesterday’s green figures are gone', async (_, spec, code, labels) => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-run-outputs-'));
  vi.stubEnv('TRIAD_HOME', join(folder, 'home'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  const file = join(folder, 'spec.yaml');
  if (spec !== null) await writeFile(file, spec);
  const [prometheus, junit] = [join(folder, 'triad.prom'), join(folder, 'triad.xml')];
  await writeFile(prometheus, 'triad_validation_verdict{cluster="sessions"} 0\n');
  expect(await runCommand('validate', { spec: file, prometheus, junit })).toBe(code);
  expect(await readFile(prometheus, 'utf8')).toContain(`\ntriad_validation_verdict${labels} 4\n`);
  expect(await readFile(junit, 'utf8')).toContain('tests="1" failures="0" errors="1"');
});
