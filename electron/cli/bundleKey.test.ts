import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { configBundleParts } from '../artifacts/bundle/configBundleParts.ts';
import { bundledSpec, sampleInput } from '../artifacts/bundle/testing/sampleBundle.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { writeConfigBundle } from '../storage/configBundle.ts';
import { runCommand, type CommandOptions } from './runCommand.ts';

let said = '';
let folder = '';
beforeEach(async () => {
  said = '';
  folder = await mkdtemp(join(tmpdir(), 'triad-bundle-key-'));
  vi.stubEnv('TRIAD_HOME', join(folder, 'home'));
  vi.stubEnv('SUDO_PASSWORD', 'sudo');
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text).replaceAll(/\s+/gu, ' ');
    return true;
  });
});

/** What a validation says that cannot begin, with its exit code. No server is contacted. */
async function told(options: CommandOptions): Promise<string> {
  onTestFinished(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return `${await runCommand('validate', options)} ${said}`;
}

async function bundleOf(spec: ClusterSpec): Promise<string> {
  const file = join(folder, 'cluster.triad');
  await writeConfigBundle(file, configBundleParts(sampleInput({ spec })));
  return file;
}

test('a private key of this machine stands for every one that the bundle names', async () => {
  const bundle = await bundleOf(bundledSpec());
  expect(await told({ bundle })).toMatch(/^3 .*\/home\/ana\/\.ssh\/id.*--private-key/u);
  said = '';
  const own = join(folder, 'own-key');
  expect(`${await runCommand('validate', { bundle, privateKey: own })} ${said}`).toContain(own);
  expect(said).not.toContain('/home/ana');
});

test('it is refused where it would not be used: with a specification, and with a bundle of other logins', async () => {
  const spec = bundledSpec();
  const byAgent = spec.servers.map((server) => ({ ...server, ssh: { ...server.ssh, login: { kind: 'agent' as const } } }));
  const bundle = await bundleOf({ ...spec, servers: byAgent });
  expect(await told({ bundle, privateKey: 'key' })).toMatch(/^2 .*nobody logs in to a server of this bundle with a private key/u);
  said = '';
  expect(`${await runCommand('validate', { spec: 'cluster.yaml', privateKey: 'key' })} ${said}`).toMatch(/^2 .*goes with --bundle/u);
});
