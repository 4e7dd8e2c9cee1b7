import { expect, test } from 'vitest';
import { sampleMemuraiBundle, sampleWindowsBlueprint, sampleWindowsPlan } from '../testing/sampleWindows.ts';
import { configBundleParts } from './configBundleParts.ts';
import { ownServiceSteps } from './ownServiceSteps.ts';
import { sampleInput } from './testing/sampleBundle.ts';

const bundle = { ...sampleMemuraiBundle, files: sampleMemuraiBundle.files.filter(({ name }) => !name.startsWith('triad-')) };
const plan = sampleWindowsPlan(['windows', 'windows', 'windows'], { windows: { service: 'own' } }, bundle);
const lines = ownServiceSteps(sampleWindowsBlueprint(plan), plan);
const at = (words: string): number => lines.findIndex((line) => line.includes(words));

test('the lines that build a server whose nodes are services of their own', () => {
  expect(lines.join('\n')).toMatchSnapshot();
  expect(lines.filter((line) => /triad-service|auth\.txt|service\.ini/u.test(line))).toEqual([]);
});

test('what the plan only has read is only read; programs and folders may be run', () => {
  const { binaries, files } = sampleWindowsBlueprint(plan);
  const usersAndServices = ({ path }: { readonly path: string }): string =>
    /(?:NT SERVICE\\[^:]+|S-1-5-32-545):(?<right>[A-Z]+)"$/u.exec(lines[at(`icacls.exe ${path} /inheritance:r`)] ?? '')?.groups?.[
      'right'
    ] ?? '';
  expect(new Set(binaries.map(usersAndServices))).toEqual(new Set(['RX']));
  expect(new Set(files.map(usersAndServices))).toEqual(new Set(['R']));
});

test('a service has the description that the plan gives it', () => {
  expect(at('sc.exe description triad-sessions-7000 "Node server-1:7000 of the Redis Cluster')).toBe(1);
});

test('a folder is closed before the password is written to it, by an account that is there by then', () => {
  const folder = String.raw`C:\Triad\nodes\sessions\settings\7000`;
  expect(at('sc.exe create triad-sessions-7000 ')).toBe(0);
  expect(at(`icacls.exe ${folder} /inheritance:r`)).toBeGreaterThan(0);
  expect(at(`>${folder}\\auth.conf echo requirepass`)).toBeGreaterThan(at(`icacls.exe ${folder} /inheritance:r`));
  expect(at('sc.exe start triad-sessions-7000')).toBeGreaterThan(at(`icacls.exe ${folder}\\auth.conf /inheritance:r`));
});

test("stand in the README of the bundle in place of a batch file, which would need Triad's program", () => {
  const parts = configBundleParts(sampleInput({ plan, runs: [] }));
  const readme = new TextDecoder().decode(parts.find(({ path }) => path === 'README.md')?.bytes);
  expect(readme).toContain(['```bat', ...lines, '```'].join('\n'));
  expect(readme).not.toMatch(/install\.cmd|triad-service/u);
  expect(parts.map(({ path }) => path).filter((path) => path.endsWith('install.cmd'))).toEqual([]);
});
