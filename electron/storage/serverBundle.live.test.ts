import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pWaitFor from 'p-wait-for';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { faultsOfBundle } from '../../scripts/redis/bundleFolder.ts';
import { bundleCacheFolder, ensureBundle, resourcesFolder } from '../../scripts/redis/ensureBundle.ts';
import { recipeSha256 } from '../../scripts/redis/recipe.ts';
import { buildsMadeHere } from '../shared/domain/catalogue.ts';
import { loadServerBundle, loadServerCatalogue, type ServerBundle } from './serverBundle.ts';
import { inspectElf } from './serverBundleElf.ts';
import { bundlePath } from './serverBundleManifest.ts';
import { makeSelfSignedCertificate } from './testing/selfSignedCertificate.ts';

const run = promisify(execFile);
/** The first run on a machine compiles what the catalogue says is built here: one to three minutes for each version. */
const buildTimeoutMs = 15 * 60_000;
const startTimeoutMs = 10_000;

const builds = buildsMadeHere(await loadServerCatalogue(resourcesFolder));

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  const address = listener.address();
  await new Promise((closed) => listener.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No port could be had');
  return address.port;
}

describe.each(builds)('the bundle of $engine $version', (build) => {
  let folder = '';
  let bundle: ServerBundle;
  let server = '';
  let client = '';

  beforeAll(async () => {
    await ensureBundle(build, () => undefined);
    bundle = await loadServerBundle({ resourcesFolder, ...build });
    folder = await mkdtemp(join(tmpdir(), 'triad-live-bundle-'));
    for (const file of bundle.files) await writeFile(join(folder, file.name), gunzipSync(file.gzip), { mode: file.mode });
    [server = '', client = ''] = bundle.files.map((file) => join(folder, file.name));
  }, buildTimeoutMs);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts the server on loopback and waits until it answers; it ends with the test. */
  async function startServer(
    clientOptions: readonly string[],
    serverOptions: readonly string[],
  ): Promise<(...command: string[]) => Promise<string>> {
    const process = spawn(server, ['--bind', '127.0.0.1', '--dir', folder, '--save', '', ...serverOptions], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    process.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    process.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise((done) => process.once('close', done));
    onTestFinished(async () => {
      process.kill('SIGKILL');
      await ended;
    });
    const ask = async (...command: string[]): Promise<string> => (await run(client, [...clientOptions, ...command])).stdout.trim();
    const answers = async (): Promise<boolean> => {
      if (process.exitCode !== null) throw new Error(`The server ended: ${said}`);
      return ask('PING').then(
        (reply) => reply === 'PONG',
        () => false,
      );
    };
    await pWaitFor(answers, { interval: 20, timeout: { milliseconds: startTimeoutMs, message: `The server does not answer: ${said}` } });
    return ask;
  }

  it('lies there as its manifest says, made by the recipe of today', async () => {
    expect(await faultsOfBundle(join(resourcesFolder, bundlePath(build)), recipeSha256(build))).toEqual([]);
    expect(bundle).toMatchObject({ engine: build.engine, version: build.version, origin: 'built', licence: build.licence });
    expect(bundle).toMatchObject({ sourceArchive: build.source.archive, sourceSha256: build.source.sha256 });
  });

  it('unpacks to the programs whose hashes the servers compare', () => {
    const unpacked = bundle.files.map((file) => gunzipSync(file.gzip));
    expect(unpacked.map((program) => createHash('sha256').update(program).digest('hex'))).toEqual(bundle.files.map((file) => file.sha256));
    expect(unpacked.map((program) => program.length)).toEqual(bundle.files.map((file) => file.sizeBytes));
  });

  it('is static and stripped: it needs nothing from the server that runs it', async () => {
    for (const program of [server, client]) {
      expect(inspectElf(await readFile(program))).toEqual({
        machine: 'x86-64',
        bits: 64,
        executable: true,
        interpreter: null,
        stripped: true,
      });
    }
  });

  it('does not tell where it was built', async () => {
    for (const program of [server, client]) {
      const bytes = await readFile(program);
      const traces = [bundleCacheFolder(), resourcesFolder, `${hostname()}-`];
      expect(traces.filter((trace) => bytes.includes(trace))).toEqual([]);
    }
  });

  it('carries the licences of all that is linked in', async () => {
    const licence = await readFile(join(resourcesFolder, bundlePath(build), 'LICENSE'), 'utf8');
    for (const name of [
      'hiredis',
      'jemalloc',
      'lua',
      'linenoise',
      'hdr_histogram',
      'libssl-dev',
      'libc6-dev',
      'Apache License',
      'LESSER GENERAL',
    ]) {
      expect(licence).toContain(name);
    }
  });

  it('starts as a cluster node on loopback, answers, and is the version that it is said to be', async () => {
    const port = String(await freePort());
    const ask = await startServer(['-p', port], ['--port', port, '--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]);
    expect(await ask('CLUSTER', 'INFO')).toContain('cluster_known_nodes:1');
    const info = await ask('INFO', 'everything');
    expect(info).toContain(`redis_version:${build.version}`);
    expect(info).toContain('mem_allocator:jemalloc');
    expect(info).toContain('redis_git_dirty:0');
    expect((await run(client, ['--version'])).stdout).toContain(build.version);
  });

  it('speaks TLS with its own client and with others', async () => {
    const port = await freePort();
    const { key, certificate } = makeSelfSignedCertificate('localhost');
    const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    await writeFile(keyFile, key);
    await writeFile(certificateFile, certificate);
    const ask = await startServer(
      ['--tls', '--cacert', certificateFile, '-p', String(port)],
      [
        '--port',
        '0',
        '--tls-port',
        String(port),
        '--tls-auth-clients',
        'no',
        '--tls-key-file',
        keyFile,
        '--tls-cert-file',
        certificateFile,
        '--tls-ca-cert-file',
        certificateFile,
      ],
    );
    expect(await ask('PING')).toBe('PONG');

    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca: certificate, checkServerIdentity: () => undefined }, () =>
        socket.write('PING\r\n'),
      );
      socket.once('data', (data: Buffer) => {
        resolve(`${String(socket.authorized)} ${socket.getProtocol() ?? ''} ${data.toString().trim()}`);
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(reply).toBe('true TLSv1.3 +PONG');
  });
});
