// @vitest-environment jsdom
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { METRICS, VERDICT_VALUE } from '../../report/metrics.ts';
import { parseXml } from '../../report/testing/parseXml.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { alertRules } from './alertRules.ts';
import { cronText } from './cronText.ts';
import { EVERY, isEvery } from './every.ts';
import { filesOf, secretNamesOf, type ScheduleInput } from './scheduleInput.ts';
import { systemdText, systemdUnits } from './systemdText.ts';
import { taskXml } from './taskXml.ts';

/** Characters that a shell, a crontab, systemd or XML would take for something else. */
const ODD = `o'dd "$HOME" %i & <x> \`é\` \\n`;

function inputIn(folder: string, more: Partial<ScheduleInput> = {}): ScheduleInput {
  return {
    cluster: 'sessions',
    program: [join(folder, 'triad')],
    specFile: join(folder, 'spec.yaml'),
    home: join(folder, 'home'),
    bundles: null,
    user: 'ana',
    every: '1h',
    redisOnly: false,
    prometheus: join(folder, 'triad.prom'),
    junit: null,
    environmentFile: join(folder, 'home', 'clusters', 'sessions', 'schedule.env'),
    secretNames: ['LOGIN_PASSWORD'],
    reads: [],
    logFile: join(folder, 'home', 'clusters', 'sessions', 'schedule.log'),
    ...more,
  };
}

const run = promisify(execFile);

/** A program that writes down how it was called. */
async function stand(name: string): Promise<{ readonly folder: string; readonly input: ScheduleInput }> {
  const base = await mkdtemp(join(tmpdir(), 'triad-schedule-'));
  onTestFinished(async () => rm(base, { recursive: true }));
  const folder = join(base, name);
  await mkdir(folder);
  const input = inputIn(folder);
  await writeFile(
    join(folder, 'triad'),
    '#!/bin/sh\nprintf "%s\\n" "$@" "home=$TRIAD_HOME" "secret=$LOGIN_PASSWORD"\necho trouble >&2\nexit 3\n',
  );
  await chmod(join(folder, 'triad'), 0o755);
  return { folder, input };
}

/** The command of a crontab line as cron hands it to sh: without the five fields, a backslash before a percent sign taken away. */
function commandOfCron(text: string): string {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  expect(line.replaceAll(String.raw`\%`, '')).not.toContain('%');
  return line
    .split(' ')
    .slice(5)
    .join(' ')
    .replaceAll(String.raw`\%`, '%');
}

test.each(['plain', ODD.replaceAll('/', '')])('the cron line runs in an empty environment: %s', async (name) => {
  const { folder, input } = await stand(name);
  const text = cronText(input);
  expect(text.split('\n').at(-2)).toMatch(/^0 \* \* \* \* /u);
  const made = text
    .split('\n')
    .filter((line) => line.startsWith('# [ -e'))
    .map((line) => line.slice(2));
  await mkdir(join(input.home, 'clusters', 'sessions'), { recursive: true });
  await run('/bin/sh', ['-c', made.join('\n')], { env: {}, cwd: '/' });
  const { stdout: mode } = await run('stat', ['-c', '%a', input.environmentFile]);
  expect(mode.trim()).toBe('600');
  expect(await readFile(input.environmentFile, 'utf8')).toBe("LOGIN_PASSWORD=''\n");
  await writeFile(input.environmentFile, "LOGIN_PASSWORD='p w$x'\n");
  await rm(input.logFile, { force: true });
  await expect(run('/bin/sh', ['-c', commandOfCron(text)], { env: {}, cwd: '/' })).rejects.toMatchObject({ code: 3 });
  expect(await readFile(input.logFile, 'utf8')).toBe(
    `validate\n--spec\n${folder}/spec.yaml\n--prometheus\n${folder}/triad.prom\nhome=${input.home}\nsecret=p w$x\ntrouble\n`,
  );
});

test('the cron line makes the folder of its log', async () => {
  const { input } = await stand('fresh');
  await expect(run('/bin/sh', ['-c', commandOfCron(cronText({ ...input, secretNames: [] }))], { env: {} })).rejects.toMatchObject({
    code: 3,
  });
  expect(await readFile(input.logFile, 'utf8')).toContain('validate');
});

test('systemd gets every word literally, and reaches what it needs and no more', () => {
  const { service, timer } = systemdUnits(inputIn('/srv/a b$c%d"e', { every: '30m', bundles: '/opt/bundles' }));
  expect(service.text).toContain(String.raw`ExecStart="/srv/a b$$c%%d\"e/triad" validate --spec "/srv/a b$$c%%d\"e/spec.yaml"`);
  expect(service.text).toContain(String.raw`Environment="TRIAD_HOME=/srv/a b$c%%d\"e/home"`);
  expect(service.text).toContain('Environment="TRIAD_BUNDLES=/opt/bundles"');
  expect(service.text).toMatch(/ProtectHome=yes\nPrivateTmp=yes/u);
  expect(timer.text).toContain('OnCalendar=*:0/30');
  const { service: own } = systemdUnits(inputIn('/opt/t', { reads: ['/root/.ssh/id'], home: '/var/tmp/t', secretNames: [] }));
  expect(own.text).toMatch(/ReadWritePaths=\/var\/tmp\/t \/opt\/t\nProtectHome=read-only\nPrivateTmp=no/u);
  expect(own.text).not.toContain('EnvironmentFile');
  expect(own.text).not.toContain('MemoryDenyWriteExecute');
});

test('the script for systemd is one that sh understands, with both units in it', async () => {
  const input = inputIn(`/srv/${ODD}`);
  const text = systemdText(input);
  await run('/bin/sh', ['-n', '-c', text]);
  const { service, timer } = systemdUnits(input);
  for (const unit of [service, timer]) expect(text).toContain(`/etc/systemd/system/${unit.name} <<'TRIAD_UNIT'\n${unit.text}TRIAD_UNIT\n`);
});

test('the task is well formed, plain ASCII, and says every word', () => {
  const windows = {
    program: ['C:\\Program Files\\Triad\\triad.exe'],
    specFile: 'C:\\Users\\José & Ana\\spec.yaml',
    home: 'C:\\Users\\José & Ana\\AppData\\Roaming\\Triad',
    user: 'DESK\\José',
    logFile: 'C:\\Users\\José & Ana\\log.txt',
  };
  const xml = taskXml(inputIn('x', windows));
  expect(xml).toMatch(/^[\n -~]+$/u);
  const task = parseXml(xml);
  expect(task.children.map(({ name }) => name)).toEqual(['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions']);
  const exec = task.children.at(-1)?.children[0];
  expect(exec?.children.map(({ name }) => name)).toEqual(['Command', 'Arguments']);
  expect(exec?.children[1]?.text).toContain(`"${windows.program[0]}" validate --spec "${windows.specFile}"`);
  expect(exec?.children[1]?.text).toContain(`set "TRIAD_HOME=${windows.home}" && `);
  expect(task.children[2]?.text).toContain(windows.user);
  for (const every of Object.keys(EVERY).filter(isEvery)) expect(parseXml(taskXml(inputIn('x', { every }))).name).toBe('Task');
  expect(parseXml(taskXml(inputIn('a--b--'))).name).toBe('Task');
});

test('the alert rules are YAML, and use no metric that is not written', () => {
  for (const every of Object.keys(EVERY).filter(isEvery)) {
    const rules = parse(alertRules({ cluster: 'sessions', every, redisOnly: false })) as {
      readonly groups: readonly { readonly rules: readonly Record<string, unknown>[] }[];
    };
    const all = rules.groups.flatMap((group) => group.rules);
    expect(all.map(({ alert }) => alert)).toEqual([
      'TriadValidationNotRun',
      'TriadValidationNotCompleted',
      'TriadValidationVerdictLowered',
      'TriadSurvivesLossLost',
      'TriadRolesNotAsPlanned',
      'TriadReplicationLag',
      'TriadReplicaNotInSync',
      'TriadFailoverTestTooOld',
      'TriadFailoverTestFailed',
    ]);
    const used = all.flatMap(({ expr }) => String(expr).match(/triad_\w+/gu) ?? []);
    expect(used.filter((name) => !METRICS.some((known) => known === name))).toEqual([]);
    expect(String(all[0]?.['expr'])).toContain(`> ${EVERY[every].seconds * 3} or absent(`);
  }
});

test('secrets and files of a specification are found', () => {
  const ssh = (auth: object, more: object = {}): object => ({ user: 'admin', auth, ...more });
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: [
      { name: 'a', address: '10.0.0.1', ssh: ssh({ passwordEnv: 'PW' }, { sudo: { passwordEnv: 'SUDO' } }) },
      {
        name: 'b',
        address: '10.0.0.2',
        ssh: ssh({ privateKeyFile: '/keys/b', passphraseEnv: 'PHRASE' }, { sudo: { passwordEnv: 'SUDO' } }),
      },
      { name: 'c', address: '10.0.0.3', ssh: ssh({ agent: true }) },
    ],
    redis: { passwordFile: '/keys/redis' },
  });
  expect(secretNamesOf(spec, false)).toEqual(['PW', 'SUDO', 'PHRASE']);
  expect(filesOf(spec, false)).toEqual(['/keys/b', '/keys/redis']);
  // With Redis access alone nobody logs in.
  expect(secretNamesOf(spec, true)).toEqual([]);
  expect(filesOf(spec, true)).toEqual(['/keys/redis']);
});

test('with Redis access alone every kind asks the nodes alone, and the best end of such a validation is no fault', () => {
  const input = inputIn('/opt/t', { redisOnly: true, secretNames: [] });
  const { service } = systemdUnits(input);
  for (const text of [cronText(input), service.text, taskXml(input)]) expect(text).toContain('spec.yaml --redis-only --prometheus');
  expect(service.text).toContain('\nSuccessExitStatus=4\n');
  expect(systemdUnits(inputIn('/opt/t')).service.text).not.toMatch(/redis-only|SuccessExitStatus/u);
  const verdictRule = (redisOnly: boolean): string | undefined =>
    /triad_validation_verdict\{[^}]*\} > .*$/mu.exec(alertRules({ ...input, redisOnly }))?.[0];
  expect(verdictRule(true)).toBe(`triad_validation_verdict{cluster="sessions"} > 0 != ${VERDICT_VALUE.unknown}`);
  expect(verdictRule(false)).toBe('triad_validation_verdict{cluster="sessions"} > 0');
});

test('the command line hands it on', async () => {
  const { folder } = await stand('commanded');
  const file = join(folder, 'spec.yaml');
  const servers = [1, 2, 3].map((n) => `  - { name: s${n}, address: 10.0.0.${n}, ssh: { user: admin, auth: { agent: true } } }`);
  await writeFile(file, ['schemaVersion: 1', 'name: sessions', 'servers:', ...servers, ''].join('\n'));
  const cli = join(import.meta.dirname, '../../cli.ts');
  const args = ['schedule', '--spec', file, '--kind', 'cron', '--redis-only'];
  const { stdout, stderr } = await run(process.execPath, [cli, ...args], { env: { ...process.env, TRIAD_HOME: join(folder, 'home') } });
  expect(stdout).toContain(`validate --spec ${file} --redis-only`);
  // Of the agent, which a scheduled run has not, nothing is said: it is not asked.
  expect(stderr).not.toContain('SSH_AUTH_SOCK');
});
