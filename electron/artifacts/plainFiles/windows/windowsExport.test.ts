import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { planCluster, placesOn, type BundleSummary, type ClusterPlan } from '../../../shared/domain/plan.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { PlainFile } from '../../../shared/domain/plainExport.ts';
import { ClusterSpec } from '../../../shared/domain/spec.ts';
import { renderAuthConf } from '../../authConf.ts';
import { bundledFilePath } from '../../bundle/bundledFilePath.ts';
import { blueprintFor } from '../../serverBlueprint.ts';
import { sampleBundle } from '../../testing/samplePlan.ts';
import { sampleWindowsBundle } from '../../testing/sampleWindows.ts';
import { plainExport } from '../plainExport.ts';
import { sampleExport, textAt } from '../testing/samplePlainExport.ts';

const encoder = new TextEncoder();
const WINDOWS = ['windows', 'windows', 'windows'] as const;
const MIXED = ['windows', 'linux', 'windows'] as const;

/** Programs for Windows whose hashes are those of their bytes. */
const bundle: BundleSummary = {
  ...sampleWindowsBundle,
  files: sampleWindowsBundle.files.map(({ name, mode }) => {
    const bytes = encoder.encode(name);
    return { name, mode, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }),
};

function planOn(platforms: readonly Platform[], paths: object = {}, user = 'Administrator', more: object = {}): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: platforms.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.77.0.1${index + 1}`,
      platform,
      ssh: { user, auth: { agent: true }, ...(index === 1 ? { port: 2222 } : {}) },
    })),
    paths,
    firewall: { manage: true, clients: ['10.77.9.0/24'] },
    ...more,
  });
  return platforms.includes('linux') ? planCluster(spec, sampleBundle, bundle) : planCluster(spec, bundle);
}

function filesOf(plan: ClusterPlan): readonly PlainFile[] {
  const sample = sampleExport({ kind: 'shell', plan });
  const programs = new Map([...sample.programs, ...bundle.files.map(({ name }) => [name, encoder.encode(name)] as const)]);
  return plainExport({ ...sample, programs });
}

const windows = filesOf(planOn(WINDOWS));
const lf = (text: string): string => text.replaceAll('\r\n', '\n');

test('a cluster on Windows servers has batch files alone, with ends of lines as cmd wants them', () => {
  const paths = windows.map(({ path }) => path);
  expect(paths.filter((path) => path.endsWith('.sh'))).toEqual([]);
  const batch = paths.filter((path) => path.endsWith('.cmd'));
  expect(batch).toEqual(['form-cluster.cmd', 'install-server-1.cmd', 'install-server-2.cmd', 'install-server-3.cmd']);
  for (const path of batch) {
    const text = textAt(windows, path);
    expect([path, text.replaceAll('\r\n', '').includes('\n')]).toEqual([path, false]);
    // What is longer is cut off by cmd.
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThan(8000);
  }
});

test('exclusions from Microsoft Defender are made where the plan has some', () => {
  const plan = planOn(WINDOWS, {}, 'Administrator', { windows: { defenderExclusions: 'add' } });
  expect(textAt(filesOf(plan), 'install-server-1.cmd')).toMatch(
    /\\powershell\.exe" .*Add-MpPreference -ExclusionPath 'C:\\Triad\\nodes\\sessions\\7000'/u,
  );
  expect(textAt(windows, 'install-server-1.cmd')).not.toContain('powershell');
});

test('the batch files and the README', () => {
  expect(lf(textAt(windows, 'install-server-1.cmd'))).toMatchSnapshot('install');
  expect(lf(textAt(windows, 'form-cluster.cmd'))).toMatchSnapshot('form');
  expect(textAt(windows, 'README.md')).toMatchSnapshot('README');
});

test('every file of a server is the one that Triad puts there, and the password is put together as Triad writes it', () => {
  const plan = planOn(WINDOWS);
  const password = 'aZ09_.+/=:,@-';
  for (const { name } of plan.servers) {
    const { files } = blueprintFor(plan, name, { password, bundleFiles: new Map(), triadVersion: '0.1.0' });
    for (const file of files) {
      const path = bundledFilePath(name, { ...file, holdsSecret: false });
      expect([path, textAt(windows, path)]).toEqual([path, file.holdsSecret ? '' : file.content]);
    }
  }
  const [before, between, behind] = ['1', '2', '3'].map((number) => textAt(windows, `windows/auth-${number}.txt`));
  expect(`${before}${password}${between}${password}${behind}`).toBe(renderAuthConf(password));
  expect(textAt(windows, 'windows/line-end.txt')).toBe('\n');
});

test('every label that is called or gone to is there, once', () => {
  for (const path of ['install-server-1.cmd', 'form-cluster.cmd']) {
    const lines = textAt(windows, path).split('\r\n');
    const labels = lines.filter((line) => line.startsWith(':'));
    expect(new Set(labels).size).toBe(labels.length);
    const wanted = lines.flatMap((line) => [...line.matchAll(/(?:call :|goto )([a-z_0-9]+)/gu)].map((found) => `:${found[1] ?? ''}`));
    expect(wanted.length).toBeGreaterThan(20);
    // A part of a node is gone to by its number.
    for (const label of wanted.filter((one) => one !== ':at_')) expect(labels).toContain(label);
  }
});

test('the password and the place of its file are in no line where cmd could read their signs in its own way', () => {
  for (const { path, text } of windows.map((file) => ({ path: file.path, text: textAt([file], file.path) }))) {
    if (!path.endsWith('.cmd')) continue;
    const lines = text.split('\r\n');
    // Between quotes, and never as a word of a call, which expands twice.
    for (const line of lines.filter(
      (one) => /%(?:TRIAD_SECRET|PASSWORD_FILE|~f?1)%?/u.test(one) && /TRIAD_SECRET|PASSWORD_FILE/u.test(one),
    )) {
      expect(line.replaceAll(/"[^"]*"/gu, '')).not.toMatch(/%(?:TRIAD_SECRET|PASSWORD_FILE)/u);
      expect(line).not.toMatch(/call :\S+ .*%(?:TRIAD_SECRET|PASSWORD_FILE)/u);
    }
    const isKnown = lines.findIndex((line) => line.startsWith('for /f') && line.includes('OTHER_SIGNS'));
    const firstUse = lines.slice(lines.indexOf(':password')).findIndex((line) => line.includes('%TRIAD_SECRET'));
    expect(firstUse).toBeGreaterThan(isKnown - lines.indexOf(':password'));
  }
});

test('folders of others above the one of the cluster are made where they are missing, and otherwise left alone', () => {
  const plan = planOn(WINDOWS, { windows: 'D:\\Data\\Triad' });
  const files = filesOf(plan);
  const text = textAt(files, 'install-server-1.cmd');
  expect(text).toContain('call :others_folder "D:\\Data" ');
  const folders = textAt(files, 'servers/server-1/folders.txt').split('\n');
  expect(folders.filter((line) => line.startsWith('D:\\Data\t'))).toEqual([]);
  expect(folders[0]).toMatch(/^D:\\Data\\Triad\t/u);
  expect(text).toContain(placesOn(plan, 'server-1').folders.bin);
});

test('with a Linux server among them the nodes are joined by its shell, and each kind has its own', () => {
  const files = filesOf(planOn(MIXED, {}, "O'Neill&x"));
  const paths = files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'form-cluster.sh',
      'install-server-1.cmd',
      'install-server-2.sh',
      'install-server-3.cmd',
      'programs/redis-cli',
    ]),
  );
  expect(paths).not.toContain('form-cluster.cmd');
  expect(paths.filter((path) => path.startsWith('servers/server-2/') && !path.includes('/files/'))).toEqual([
    'servers/server-2/check.sh',
    'servers/server-2/firewall.sh',
  ]);
  const readme = textAt(files, 'README.md');
  expect(readme).toContain(`ssh -p 2222 'O'\\''Neill&x@10.77.0.12' 'cd triad-sessions && sudo sh form-cluster.sh --password-file -'`);
  expect(readme).toContain(`ssh 'O'\\''Neill&x@10.77.0.11' "triad-sessions\\install-server-1.cmd -" < PASSWORD-FILE`);
  expect(readme).toContain('install-NAME.sh');
});

test('a playbook with a Windows server is a mistake of the program', () => {
  const { programs, ...sample } = sampleExport({ kind: 'ansible', plan: planOn(MIXED) });
  const all = new Map([...programs, ...bundle.files.map(({ name }) => [name, encoder.encode(name)] as const)]);
  expect(() => plainExport({ ...sample, programs: all })).toThrow('Linux');
});
