import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeServer, type FakeServer } from '../hosts/ssh/testing/fakeSshServer.ts';
import { connect } from '../phases/connect.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { makeRelease, releaseFolder } from '../storage/windowsArchive/testing/windowsArchives.ts';
import { startRun, type RunRequest } from './startRun.ts';

/** An archive for Windows servers, of the version that Triad brings for the others. */
async function releaseIn(folder: string): Promise<{ readonly file: string; readonly sha256: string }> {
  const file = join(folder, `${releaseFolder('7.0.15')}.zip`);
  const bytes = makeRelease('7.0.15');
  await writeFile(file, bytes);
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A run that only connects, to three small sshd of Linux, where the specification says this of them. */
async function run(
  platforms: readonly (Platform | undefined)[],
  workflow: WorkflowId = 'check',
  phasesFor?: RunRequest['phasesFor'],
): Promise<{ readonly record: RunRecord; readonly servers: readonly FakeServer[] }> {
  const home = await mkdtemp(join(tmpdir(), 'triad-start-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const servers = await Promise.all(
    platforms.map(async () => {
      const server = await startFakeServer();
      onTestFinished(async () => server.stop());
      return server;
    }),
  );
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: servers.map(({ port }, index) => ({
      name: `server-${index + 1}`,
      address: `10.0.0.${index + 1}`,
      ...(platforms[index] === undefined ? {} : { platform: platforms[index] }),
      ssh: { host: '127.0.0.1', port, user: 'root', auth: { passwordEnv: 'LOGIN' } },
    })),
    ...(platforms.includes('windows') ? { redis: { windowsArchive: await releaseIn(home) } } : {}),
  });
  const { record } = await startRun({
    workflow,
    phases: { phases: [connect] },
    ...(phasesFor === undefined ? {} : { phasesFor }),
    spec,
    specSha256: null,
    bundles: fileURLToPath(new URL('../../resources/redis', import.meta.url)),
    home,
    acceptNewHostKeys: true,
    confirm: () => Promise.resolve(false),
    signal: new AbortController().signal,
    onEvent: () => undefined,
    triadVersion: '0',
    environment: { LOGIN: 'secret' },
  });
  return { record, servers };
}

test('what servers run on is found out once a run, of all that the specification says nothing about', async () => {
  const { record, servers } = await run([undefined, 'linux', undefined]);
  expect(record.failure).toBeNull();
  expect(record.plan.servers.map(({ platform }) => platform)).toEqual(['linux', 'linux', 'linux']);
  // One look where nothing is said, and the login.
  expect(servers.map(({ connections }) => connections)).toEqual([2, 1, 2]);
});

test('phases may depend on what servers were found to run on', async () => {
  const seen: unknown[] = [];
  await run([undefined, 'linux', undefined], 'check', (plan) => {
    seen.push(plan.servers.map(({ platform }) => platform));
    return { phases: [] };
  });
  expect(seen).toEqual([['linux', 'linux', 'linux']]);
});

test('a server that turns out to be another than it was planned as ends the run before anything is asked of it', async () => {
  const { record, servers } = await run(['linux', 'windows', 'linux']);
  expect(record.plan.nodes.find(({ server }) => server === 'server-2')?.dataFolder).toMatch(/^C:\\Triad\\/u);
  expect(record.failure).toMatchObject({
    code: 'host.otherPlatform',
    subject: { kind: 'server', server: 'server-2' },
    values: { server: 'server-2', planned: 'windows', found: 'linux' },
  });
  expect(servers.map(({ commands }) => commands.length)).toEqual([0, 0, 0]);
});
