import { expect, test } from 'vitest';
import { isBundlePath } from '../../shared/domain/configBundle.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { sampleWindowsPlan } from '../testing/sampleWindows.ts';
import { configBundleParts, type ConfigBundleInput } from './configBundleParts.ts';
import { planParts } from './planParts.ts';
import { sampleInput } from './testing/sampleBundle.ts';

const textOf = (parts: ReturnType<typeof configBundleParts>, path: string): string =>
  new TextDecoder().decode(parts.find((part) => part.path === path)?.bytes);

const scriptOf = (platforms: readonly Platform[], server = 'server-1'): string => {
  const parts = planParts(sampleWindowsPlan(platforms), '0.1.0', sddlLike);
  return textOf(parts, `servers/${server}/install.cmd`);
};
const sddlLike: ConfigBundleInput['accessListOf'] = ({ owner, group, mode }, kind) => `${owner} ${group} ${mode.toString(8)} ${kind}`;
const WINDOWS = ['windows', 'windows', 'windows'] as const;

test('every file of a Windows server has a place in the bundle, below the letter of its drive', () => {
  const parts = planParts(sampleWindowsPlan(), '0.1.0', sddlLike).map(({ path }) => path);
  expect(parts.filter((path) => !isBundlePath(path))).toEqual([]);
  expect(parts).toEqual(
    expect.arrayContaining([
      'servers/server-2/files/C/Triad/nodes/sessions/7000/redis.conf',
      'servers/server-2/files/C/Triad/nodes/sessions/settings/7001/auth.txt.not-included.txt',
      'servers/server-2/install.cmd',
      'join.cmd',
    ]),
  );
});

test('the batch file of a Windows server', () => {
  const text = scriptOf(WINDOWS);
  expect(text.split('\n').every((line) => line === '' || line.endsWith('\r'))).toBe(true);
  expect(text.replaceAll('\r\n', '\n')).toMatchSnapshot('install');
  expect(textOf(planParts(sampleWindowsPlan(), '0.1.0', sddlLike), 'join.cmd').replaceAll('\r\n', '\n')).toMatchSnapshot('join');
});

test('exclusions from Microsoft Defender are made where the plan has some, and one that refuses stops nothing', () => {
  const text = textOf(
    planParts(sampleWindowsPlan(WINDOWS, { windows: { defenderExclusions: 'add' } }), '0.1.0', sddlLike),
    'servers/server-1/install.cmd',
  );
  const command = String.raw`Add-MpPreference -ExclusionPath 'C:\Triad\nodes\sessions\7000','C:\Triad\nodes\sessions\7001','C:\Triad\bin\redis-7.0.15-89abcdef'`;
  const lines = text.split('\r\n');
  const at = lines.findIndex((line) => line.endsWith(`\\powershell.exe" -NoProfile -NonInteractive -Command "${command}"`));
  expect(at).toBeGreaterThan(lines.findIndex((line) => line.startsWith('netsh.exe')));
  expect(lines[at + 1]).toMatch(/^if not "%ERRORLEVEL%"=="0" echo /u);
  expect(scriptOf(WINDOWS)).not.toContain('powershell');
});

test('the password reaches a Windows server in folders that nobody else can read by then', () => {
  const lines = scriptOf(WINDOWS).split('\r\n');
  const at = (words: string): number => lines.findIndex((line) => line.includes(words));
  expect(at('call :own C:\\Triad\\nodes\\sessions\\7001 ')).toBeGreaterThan(0);
  expect(at('call :own C:\\Triad\\nodes\\sessions\\7001 ')).toBeLessThan(at('echo requirepass'));
  // A sign for a file behind a digit would take it for the number of a stream.
  expect(lines.filter((line) => line.includes('%PASSWORD%') && !/^>>?\S+ echo /u.test(line))).toEqual([]);
});

test('servers of both kinds have the steps of their own, and are joined from one with Linux', () => {
  const plan = sampleWindowsPlan(['windows', 'linux', 'windows']);
  const input = sampleInput({ plan, runs: [] });
  const parts = configBundleParts(input);
  const readme = textOf(parts, 'README.md');
  const paths = parts.map(({ path }) => path);
  expect(paths).not.toContain('join.cmd');
  expect(paths).not.toContain('servers/server-2/install.cmd');
  for (const words of [
    'Needs server-2 with systemd',
    'Needs server-1, server-3 with Windows Server 2019 or later',
    '```bat\nservers\\server-1\\install.cmd\n```',
    'useradd --system',
    'Open the firewall of server-2 as',
    '`install.cmd` opens the firewall of server-1, server-3',
    'nodes, on one Linux server',
    '/opt/triad/bin/',
  ])
    expect(readme).toContain(words);
  const programs = JSON.parse(textOf(parts, 'programs.json')) as { binaries: unknown[]; windows: { binaries: unknown[] } };
  expect(programs.binaries).toHaveLength(plan.bundle.binaries.length);
  expect(programs.windows.binaries).toEqual(plan.windows?.bundle.binaries);
});

test('a cluster on Windows servers alone has no word of Linux in its README', () => {
  const readme = textOf(configBundleParts(sampleInput({ plan: sampleWindowsPlan(), runs: [] })), 'README.md');
  expect(readme).not.toMatch(/systemd|useradd|\/opt\/|unzip|export |by root|```sh/u);
  expect(readme).toContain('```bat\njoin.cmd\n```');
  expect(readme).toContain('tar -xf ..\\FILE.triad');
});
