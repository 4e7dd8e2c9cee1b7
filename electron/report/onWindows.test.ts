import { expect, test } from 'vitest';
import { planChanges } from '../artifacts/planChanges.ts';
import { freshWindowsFacts, sampleMemuraiBundle, sampleWindowsBlueprint, sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { buildReport } from './buildReport.ts';
import { planText } from './planText.ts';
import { renderHtml } from './renderHtml.tsx';
import { styleFor } from './style.ts';
import { sampleMinimal } from './testing/sampleRecord.ts';

const OF_LINUX = /systemd|systemctl|SELinux|sysctl|\broot\b|\/(?:opt|etc|var)\/|\bmode 0|\b0[67][0-7]{2}\b/u;

/** What a plan run has found on fresh servers, and would change on those with Windows. */
function planRun(...platforms: readonly Platform[]): RunRecord {
  const plan = sampleWindowsPlan(platforms);
  const facts = plan.servers.map(({ name }) => freshWindowsFacts({ server: name, privilege: 'administrator' }));
  const plannedChanges = plan.servers
    .filter(({ platform }) => platform === 'windows')
    .map(({ name: server }) => ({
      server,
      changes: [...planChanges(sampleWindowsBlueprint(plan, server), freshWindowsFacts({ server }))],
    }));
  return { ...sampleMinimal('plan', plan), facts, plannedChanges };
}

test('the report of Windows servers has no word of Linux: neither in what was found nor in what is changed and taken back', () => {
  const report = buildReport(planRun('windows', 'windows', 'windows'));
  const words = report.servers.flatMap(({ plannedChanges }) =>
    plannedChanges.flatMap(({ title, detail, undo, commands }) => [title, detail, ...undo, ...commands]),
  );
  expect(words.length).toBeGreaterThan(100);
  expect(words.filter((line) => OF_LINUX.test(line))).toEqual([]);
  const found = /<table class="compare">.*?<\/table>/su.exec(renderHtml(report))?.[0] ?? '';
  expect(found).toContain('Windows Server 2022 Standard');
  expect(found).not.toMatch(OF_LINUX);
});

test('the plan in a terminal says who may do what, and has folders end as on Windows', () => {
  const text = planText(planRun('windows', 'windows', 'windows'), styleFor(false), 'full');
  expect(text).toMatch(/\+ C:\\Triad\\nodes\\sessions\\7000\\ +NT SERVICE\\triad-sessions-7000 may write it/u);
  expect(text).not.toMatch(/\b0[67][0-7]{2}\b|root:root/u);
});

test('an experimental Redis is named as one: in the plan, before the question whether to begin, and where the report says what was installed', () => {
  const said = 'Experimental: Triad was never tried with the real Memurai';
  const [usual, memurai] = [undefined, sampleMemuraiBundle].map((bundle) =>
    sampleMinimal('plan', sampleWindowsPlan(undefined, {}, bundle)),
  );
  for (const detail of ['full', 'brief'] as const) {
    expect(memurai && planText(memurai, styleFor(false), detail)).toContain(said);
    expect(usual && planText(usual, styleFor(false), detail)).not.toContain('Experimental');
  }
  const report = memurai && buildReport(memurai);
  expect(report?.versions.origin).toContain('your archive of Memurai, as an experiment');
  expect(report?.settings[0]?.note).toBe(report?.versions.origin);
});

test('services of their own are told without pauses of their restarts, which the node timeout can make longer', () => {
  const plan = sampleWindowsPlan(undefined, { windows: { service: 'own' } }, sampleMemuraiBundle);
  const setting = buildReport(sampleMinimal('plan', plan)).settings.find(({ label }) => label === 'Services on Windows servers');
  expect(setting?.value).toBe('each node is its own');
  expect(setting?.note).toMatch(/^without Triad's program; Windows starts it[^0-9]+$/u);
});

test('beside Linux servers, both kinds of programs and folders are told', () => {
  const { folders, hashes, settings, versions } = buildReport(planRun('linux', 'windows', 'linux'));
  expect(folders.data).toBe('/var/lib/triad/sessions; on Windows servers C:\\Triad\\nodes\\sessions');
  expect(hashes.some(({ what }) => what.includes('redis-server.exe'))).toBe(true);
  expect(hashes.some(({ what }) => what.includes('/opt/triad'))).toBe(true);
  expect(versions.origin).toContain('; ');
  expect(settings[0]?.note).toBe(versions.origin);
});

test('exclusions from Microsoft Defender stand among the settings where they are wanted, and in the plan with their command', () => {
  const plan = sampleWindowsPlan(undefined, { windows: { defenderExclusions: 'add' } });
  const path = String.raw`C:\Triad\bin\redis-7.0.15-89abcdef`;
  const labelled = (of: typeof plan): readonly string[] =>
    buildReport(sampleMinimal('plan', of)).settings.flatMap(({ label, note }) => (label === 'Microsoft Defender' ? [note] : []));
  expect(labelled(plan)).toEqual([expect.stringContaining(path)]);
  expect(labelled(sampleWindowsPlan())).toEqual([]);
  const changes: RunRecord['plannedChanges'][number]['changes'] = (['exclude', 'include'] as const).map((action) => ({
    kind: 'defender',
    id: `defender:${path}`,
    path,
    action,
  }));
  const lines = planText(
    { ...sampleMinimal('plan', plan), plannedChanges: [{ server: 'server-1', changes }] },
    styleFor(false),
    'full',
  ).split('\n');
  for (const [sign, verb] of [
    ['+', 'Add'],
    ['-', 'Remove'],
  ] as const) {
    const at = lines.findIndex((line) => line.startsWith(`    ${sign} Have Microsoft Defender`));
    expect(lines[at + 1]?.trim()).toBe(`${verb}-MpPreference -ExclusionPath '${path}'`);
  }
});
