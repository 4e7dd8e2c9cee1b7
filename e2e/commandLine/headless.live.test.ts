import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { buildConsoleInto, bundlesOfCheckout } from './consoleExecutable.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type EditableSpec } from './triadCommand.ts';

const run = promisify(execFile);
const servers = practiceSetForTest();
const triad = triadForTest();
const folder = mkdtempSync(join(tmpdir(), 'triad-headless-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const prometheus = join(folder, 'triad.prom');
const junit = join(folder, 'triad.xml');
const executable = join(folder, 'console', 'triad');

let set: PracticeSet;
let spec: string;

/** The value of every series of a metric, by its server or node. */
function valuesOf(file: string, metric: string, label = 'server'): Readonly<Record<string, number>> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`${metric}{`));
  return Object.fromEntries(
    lines.map((line) => [new RegExp(`[{,]${label}="([^"]*)"`, 'u').exec(line)?.[1] ?? '', Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

const timeIn = (metrics: string): number => Number(/^triad_validation_timestamp_seconds\{.*\} (\S+)$/mu.exec(metrics)?.[1]);
const names = (): readonly string[] => set.servers.map(({ name }) => name);
const each = (value: number): Readonly<Record<string, number>> => Object.fromEntries(names().map((name) => [name, value]));
/** The secrets that the specification names, and a search path on which no Node lies. */
const bare = (): Readonly<Record<string, string>> => ({ ...set.spec().environment, PATH: join(folder, 'none'), TRIAD_HOME: triad.home });

describe('a validation that nobody looks at', () => {
  test('leaves its verdict as JUnit XML and for Prometheus', async () => {
    set = await servers.up();
    spec = triad.spec(set);
    const installed = await triad.run(['install', '--spec', spec, '--yes', '--json', '--failover-test', names()[0] ?? '']);
    expect(runVerdict(installed)).toEqual(passedRun);
    const finished = await triad.run(['validate', '--spec', spec, '--json', '--prometheus', prometheus, '--junit', junit]);
    expect(runVerdict(finished)).toEqual(passedRun);
    expect(valuesOf(prometheus, 'triad_validation_verdict', 'cluster')).toEqual({ [set.place.prefix]: 0 });
    expect(valuesOf(prometheus, 'triad_cluster_survives_loss')).toEqual(each(1));
    expect(Object.values(valuesOf(prometheus, 'triad_node_role_as_planned', 'node'))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(Object.values(valuesOf(prometheus, 'triad_replication_lag_bytes', 'node')).filter((lag) => lag < 65_536)).toHaveLength(3);
    const [tested = '', ...others] = names();
    expect(valuesOf(prometheus, 'triad_failover_test_outage_seconds')[tested]).toBeGreaterThan(0.5);
    expect(others.map((name) => valuesOf(prometheus, 'triad_failover_test_timestamp_seconds')[name])).toEqual([0, 0]);
    const series = readFileSync(prometheus, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('triad_'));
    expect(series.length).toBeLessThan(300);
    expect(readFileSync(junit, 'utf8')).toMatch(new RegExp(`<testsuites [^>]*tests="\\d+" failures="0" errors="0">`, 'u'));
    expect(readFileSync(junit, 'utf8').match(/<testcase /gu)?.length).toBeGreaterThan(finished.result.checks.length);
  });

  test('is kept, and compared with the one before', async () => {
    const list = await triad.run(['history', 'list', '--json']);
    const runs = JSON.parse(list.stdout) as readonly Record<'runId' | 'workflow' | 'verdict' | 'folder', string>[];
    expect(runs.map(({ workflow, verdict }) => `${workflow} ${verdict}`)).toEqual(['validate pass', 'install pass']);
    const [after = '', before = ''] = runs.map(({ runId }) => runId);
    // What was written as each run ended is to the byte what its record says.
    for (const [at, name] of ['report.md', 'report.html'].entries()) {
      const verified = await triad.run(['report', 'verify', join(runs[at]?.folder ?? '', name)]);
      expect([verified.code, verified.stdout, verified.stderr]).toEqual([0, expect.stringContaining(' matches: '), '']);
    }
    const shown = await triad.run(['history', 'show', after, '--report', join(folder, 'again')]);
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain('Passed');
    expect(readFileSync(join(folder, 'again', 'report.json'), 'utf8')).toContain(after);
    const compared = await triad.run(['history', 'compare', before, after]);
    expect(compared.code).toBe(0);
    expect(compared.stdout).toMatch(/Figures\n.*Time taken/u);
    expect((await triad.run(['history', 'prune', '--keep', '0'])).stdout).toContain('To be deleted: 0. Kept: 2');
  });
});

describe('the console executable', () => {
  test('needs no Node: it helps, and validates', async () => {
    expect(await buildConsoleInto(join(folder, 'console'))).toBe(executable);
    await expect(run('node', ['--version'], { env: bare() })).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await run(executable, ['--version'], { env: bare() })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect((await run(executable, ['--help'], { env: bare() })).stdout).toMatch(/validate[^]*Exit codes:\n {2}0 {4}passed/u);
    const { stdout, stderr } = await run(executable, ['validate', '--spec', spec, '--report', join(folder, 'report')], { env: bare() });
    expect(stderr).toBe('');
    expect(stdout).toContain('✓ Passed');
    expect(readFileSync(join(folder, 'report', 'report.html'), 'utf8')).toContain('<!doctype html>');
  });

  test('prints a cron line that runs in an empty environment', async () => {
    const { stdout } = await run(executable, ['schedule', '--spec', spec, '--kind', 'cron', '--prometheus', prometheus], { env: bare() });
    const command = (stdout.trimEnd().split('\n').at(-1) ?? '')
      .split(' ')
      .slice(5)
      .join(' ')
      .replaceAll(String.raw`\%`, '%');
    const own = join(triad.home, 'clusters', set.place.prefix);
    const secrets = Object.entries(set.spec().environment).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(join(own, 'schedule.env'), secrets.join(''), { mode: 0o600 });
    rmSync(prometheus);
    await run('/bin/sh', ['-c', command], { env: {}, cwd: '/' });
    expect(readFileSync(join(own, 'schedule.log'), 'utf8')).toContain('✓ Passed');
    expect(valuesOf(prometheus, 'triad_cluster_survives_loss')).toEqual(each(1));
  });

  test('prints units that systemd takes as they are, and runs in their sandbox', async () => {
    const stage = join(folder, 'stage');
    mkdirSync(join(stage, 'keys'), { recursive: true });
    cpSync(executable, join(stage, 'triad'));
    cpSync(bundlesOfCheckout, join(stage, 'redis'), { recursive: true });
    cpSync(triad.home, join(stage, 'home'), { recursive: true });
    const moved = parse(readFileSync(spec, 'utf8')) as EditableSpec;
    for (const { name, ssh } of moved.servers) {
      const auth = ssh['auth'] as { privateKeyFile?: string };
      if (auth.privateKeyFile === undefined) continue;
      cpSync(auth.privateKeyFile, join(stage, 'keys', name));
      auth.privateKeyFile = `keys/${name}`;
    }
    writeFileSync(join(stage, 'spec.yaml'), stringify(moved));
    const { stdout: archive } = await run('tar', ['-cC', stage, '.'], { encoding: 'buffer', maxBuffer: 2 ** 30 });
    const inServer = async (command: string, input?: Buffer): Promise<string> => {
      const { code, stdout, stderr } = await set.run(1, command, input === undefined ? {} : { input });
      expect(`${code} ${stderr}`, `${command}\n${stdout}`).toMatch(/^0 /u);
      return stdout;
    };
    await inServer('mkdir -p /srv/triad /srv/metrics && tar -xC /srv/triad', archive);
    await inServer(
      'cd /srv/triad && TRIAD_HOME=/srv/triad/home ./triad schedule --spec spec.yaml --kind systemd --every 1d --prometheus /srv/metrics/triad.prom > install.sh && sh install.sh',
    );
    const unit = `triad-validate-${set.place.prefix}`;
    expect(await inServer(`systemctl is-enabled ${unit}.timer && systemctl is-active ${unit}.timer`)).toBe('enabled\nactive\n');
    // It tells what it finds of other units too.
    const told = await inServer(`systemd-analyze verify /etc/systemd/system/${unit}.service /etc/systemd/system/${unit}.timer 2>&1`);
    expect(told.split('\n').filter((line) => line.includes('triad'))).toEqual([]);
    const output = await inServer(`systemctl start ${unit}.service; journalctl -o cat --no-pager -u ${unit}.service`);
    expect(output).toContain('✓ Passed');
    expect(await inServer(`systemctl show -P Result ${unit}.service; systemctl show -P ProtectSystem ${unit}.service`)).toBe(
      'success\nstrict\n',
    );
    writeFileSync(join(folder, 'inside.prom'), await inServer('stat -c %a /srv/metrics/triad.prom >&2; cat /srv/metrics/triad.prom'));
    expect(valuesOf(join(folder, 'inside.prom'), 'triad_cluster_survives_loss')).toEqual(each(1));
    await inServer(`systemctl disable --now ${unit}.timer && rm -r /srv/triad /srv/metrics /etc/systemd/system/${unit}.*`);
  }, 300_000);
});

describe('nothing stays green', () => {
  test('nothing is half written where a validation is killed: the figures are those of the last one, and so is their time', async () => {
    expect((await triad.run(['validate', '--spec', spec, '--prometheus', prometheus])).code).toBe(0);
    const before = readFileSync(prometheus, 'utf8');
    const running = triad.start(['validate', '--spec', spec, '--json', '--prometheus', prometheus]);
    await running.waitForEvent(({ type, at }) => type === 'phaseStarted' && Date.parse(at) / 1000 > timeIn(before));
    running.kill('SIGKILL');
    await running.finished;
    expect(readFileSync(prometheus, 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('triad.prom'))).toEqual(['triad.prom']);
  });

  test('with a server that is lost, then with none that answers', async () => {
    const [first = '', second = '', third = ''] = names();
    await set.powerCut(2);
    const lost = await triad.run(['validate', '--spec', spec, '--prometheus', prometheus, '--junit', junit]);
    expect(lost.code).toBe(3);
    expect(valuesOf(prometheus, 'triad_validation_verdict', 'cluster')).toEqual({ [set.place.prefix]: 4 });
    expect(valuesOf(prometheus, 'triad_cluster_survives_loss')).toEqual({ [first]: 0, [second]: expect.any(Number) as number, [third]: 0 });
    expect(valuesOf(prometheus, 'triad_node_up', 'node')).toMatchObject({
      [`${second}:7000`]: 0,
      [`${second}:7001`]: 0,
      [`${first}:7000`]: 1,
    });
    expect(readFileSync(junit, 'utf8')).not.toContain('failures="0" errors="0">\n  <testsuite name="triad.run"');
    await set.powerCut(1, 3);
    const none = await triad.run(['validate', '--spec', spec, '--prometheus', prometheus, '--junit', junit]);
    expect(none.code).toBe(3);
    expect(valuesOf(prometheus, 'triad_validation_completed', 'cluster')).toEqual({ [set.place.prefix]: 0 });
    expect(valuesOf(prometheus, 'triad_cluster_survives_loss')).toEqual(each(0));
    expect(Object.values(valuesOf(prometheus, 'triad_node_up', 'node')).filter((value) => value === 1)).toEqual([]);
  });
});
