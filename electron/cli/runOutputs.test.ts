import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { renderMetrics } from '../report/renderMetrics.ts';
import { alertRules } from './schedule/alertRules.ts';
import { runCommand } from './runCommand.ts';

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
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

test('an option that is refused, before anybody knows what was asked for, leaves the file as it is: its time tells the alert rule', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-run-outputs-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const file = join(folder, 'triad.prom');
  const at = '2026-03-14T22:05:00.000Z';
  const green = renderMetrics({ cluster: 'sessions', servers: [], record: null, at, passedAt: at, tried: [] });
  await writeFile(file, green);
  const args = ['validate', '--spec', 'cluster.yaml', '--prometheus', file, '--no-such-option'];
  const env = { ...process.env, TRIAD_HOME: join(folder, 'home') };
  await expect(promisify(execFile)(process.execPath, [cli, ...args], { env })).rejects.toMatchObject({ code: 2 });
  expect(await readFile(file, 'utf8')).toBe(green);

  const { groups } = parse(alertRules({ cluster: 'sessions', every: '1h', redisOnly: false })) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const [notRun] = groups.flatMap(({ rules }) => rules);
  const rule = /^time\(\) - (?<series>\S+) > (?<seconds>\d+) or absent\(/u.exec(notRun?.expr ?? '')?.groups;
  const writtenAt = Number(
    green
      .split('\n')
      .find((line) => line.startsWith(`${rule?.['series']} `))
      ?.split(' ')
      .at(-1),
  );
  expect([notRun?.alert, writtenAt]).toEqual(['TriadValidationNotRun', Date.parse(at) / 1000]);
  expect(Number(rule?.['seconds'])).toBe(3 * 3600);
});
