import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { FirstRunReport } from '../../electron/shared/domain/firstRun.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

/** Installation, failover, a crash that Wine never repairs (90 s), removal; more than once where a busy computer tells the clocks badly. */
const wholeListMs = 600_000;

function reportOf({ stdout }: FinishedCommand): { readonly report: FirstRunReport; readonly folder: string } {
  const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { readonly json: string };
  return { report: FirstRunReport.parse(JSON.parse(readFileSync(last.json, 'utf8'))), folder: dirname(last.json) };
}

const outcomes = ({ items }: FirstRunReport): Readonly<Record<string, string>> =>
  Object.fromEntries(items.map(({ id, outcome, reason }) => [id, outcome === 'passed' ? outcome : `${outcome}: ${reason}`]));

test(
  'the first run goes through its checklist on practice Windows servers, and tells of each item what came of it',
  async () => {
    const set = await servers.up({ servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: {} } } });
    const args = ['doctor', '--windows-first-run', '--spec', triad.spec(set), '--output', join(triad.home, 'first'), '--json'];
    // Nobody to ask: only what looks is done.
    // Gone on with where a busy computer told the clocks too badly: what has passed is kept.
    const until = async (id: string, more: readonly string[]): Promise<FinishedCommand> => {
      let done = await triad.run([...args, ...more]);
      for (let again = 0; again < 8 && reportOf(done).report.items.find((item) => item.id === id)?.outcome !== 'passed'; again += 1)
        done = await triad.run([...args, ...more]);
      return done;
    };
    const looked = reportOf(await until('check', []));
    expect(outcomes(looked.report)).toMatchObject({ systems: 'passed', check: 'passed', install: 'declined: Nobody said yes.' });
    expect(outcomes(looked.report)['validate']).toMatch(/^notPossible/u);
    const facts = looked.report.items[0]?.facts ?? [];
    const [first, second] = set.servers;
    expect(facts).toContainEqual({ server: first?.name, name: 'defaultShell', value: 'cmd', unit: null });
    expect(facts).toContainEqual({ server: second?.name, name: 'defaultShell', value: 'powershell', unit: null });
    expect(facts).toContainEqual({ server: first?.name, name: 'sshd', value: 'OpenSSH_for_Windows_9.5', unit: null });

    const done = await until('install', ['--yes']);
    const { report, folder } = reportOf(done);
    // What Wine does not keep or do is found out: failure actions above all.
    const { services, defender, failureActions, ...others } = outcomes(report);
    expect(services).toMatch(/^failed: .*failureActions/u);
    expect(defender).toMatch(/^notPossible/u);
    expect(failureActions).toMatch(/^failed: .*did not start/u);
    expect(others).toEqual({
      systems: 'passed',
      check: 'passed',
      otherShell: 'declined: Nobody said yes.',
      install: 'passed',
      secondRun: 'passed',
      failover: 'passed',
      frozen: 'passed',
      cutOff: 'passed',
      saveUnderLoad: 'passed',
      restart: 'declined: Nobody said yes.',
      localRules: 'declined: Nobody said yes.',
      validate: 'passed',
      remove: 'passed',
    });
    expect(done.code).toBe(1);
    const saved = report.items.find(({ id }) => id === 'saveUnderLoad')?.facts.filter(({ name }) => name.endsWith('.saveMs')) ?? [];
    expect(saved).toHaveLength(6);
    const markdown = readFileSync(join(folder, 'first-run.md'), 'utf8');
    expect(markdown).toContain('# Triad: first run on Windows Server');
    const password = readFileSync(join(triad.home, 'clusters/first-run/redis-password'), 'utf8').trim();
    for (const text of [markdown, readFileSync(join(folder, 'first-run.json'), 'utf8')]) expect(text).not.toContain(password);
  },
  wholeListMs,
);
