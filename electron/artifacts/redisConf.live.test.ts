import { execFile, spawn } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pWaitFor from 'p-wait-for';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { resourcesFolder } from '../../scripts/redis/ensureBundle.ts';
import { buildsMadeHere } from '../shared/domain/catalogue.ts';
import { type IpAddress, Port } from '../shared/domain/address.ts';
import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { Persistence } from '../shared/domain/spec.ts';
import { loadServerBundle, loadServerCatalogue } from '../storage/serverBundle.ts';
import { renderAuthConf } from './authConf.ts';
import { nodeSettings } from './nodeSettings.ts';
import { renderNodeConf } from './redisConf.ts';
import { samplePlan } from './testing/samplePlan.ts';

const run = promisify(execFile);
const builds = buildsMadeHere(await loadServerCatalogue(resourcesFolder));

const PASSWORDS = [
  'plain',
  `it's "quoted"`,
  ' blanks  around ',
  '$HOME `id` $(id) #no comment',
  String.raw`back\slash\x41\n\"`,
  'Pässwörd € 密碼 🔑',
  '#',
  '""',
  "''",
  '\\',
  '\ttab\t',
  'x'.repeat(512),
];

/** A data port that is free together with its bus port. The sample plan's address is another one of loopback: a node needs two. */
async function freePort(): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((answer) => {
      const listener = createServer();
      listener.once('error', () => answer(false));
      listener.listen(port, '127.0.0.1', () => listener.close(() => answer(true)));
    });
  for (let port = 20_000 + Math.floor(Math.random() * 20_000); port < 55_000; port += 7)
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  throw new Error('No port could be had');
}

describe.each(builds)('what is rendered, read by $engine $version', (build) => {
  let folder = '';
  let server = '';
  let client = '';

  beforeAll(async () => {
    const bundle = await loadServerBundle({ resourcesFolder, ...build });
    folder = await mkdtemp(join(tmpdir(), 'triad-live-conf-'));
    for (const file of bundle.files) await writeFile(join(folder, file.name), gunzipSync(file.gzip), { mode: file.mode });
    [server = '', client = ''] = bundle.files.map((file) => join(folder, file.name));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a node from its rendered files and waits until it answers; it ends with the test. */
  async function start(
    password: string,
    persistence: Persistence,
  ): Promise<{ node: NodeSpec; plan: ClusterPlan; ask: (...words: string[]) => Promise<string> }> {
    const place = await mkdtemp(join(folder, 'node-'));
    const port = await freePort();
    const sample = samplePlan({ redis: { persistence } });
    const plan: ClusterPlan = { ...sample, folders: { ...sample.folders, install: place } };
    const node: NodeSpec = {
      ...(sample.nodes[0] as NodeSpec),
      address: '127.0.1.7' as IpAddress,
      dataPort: Port.parse(port),
      busPort: Port.parse(port + 10_000),
      dataFolder: join(place, 'data'),
      logFile: join(place, 'node.log'),
    };
    await mkdir(node.dataFolder);
    await writeFile(join(place, 'auth.conf'), renderAuthConf(password));
    await writeFile(join(place, 'node.conf'), renderNodeConf(node, plan));
    const child = spawn(server, [join(place, 'node.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
    const ended = new Promise((done) => child.once('exit', done));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    const ask = async (...words: string[]): Promise<string> => {
      const env = { ...process.env, REDISCLI_AUTH: password };
      const { stdout } = await run(client, ['-h', '127.0.1.7', '-p', String(port), '--no-auth-warning', ...words], { env });
      return stdout.replace(/\n$/u, '');
    };
    await pWaitFor(
      async () => {
        if (child.exitCode !== null) {
          const log = await readFile(node.logFile, 'utf8').catch(() => '');
          throw new Error(`The node ended: ${Buffer.concat(said).toString()} ${log}`);
        }
        return (await ask('ping').catch(() => '')) === 'PONG';
      },
      { interval: 20, timeout: 10_000 },
    );
    return { node, plan, ask };
  }

  it.each(PASSWORDS)('the password %j is the one that clients and replicas use', async (password) => {
    const { ask } = await start(password, 'none');
    expect(await ask('ping')).toBe('PONG');
    expect(await ask('config', 'get', 'masterauth')).toBe(`masterauth\n${password}`);
    expect(await ask('-a', `${password}x`, 'ping')).not.toBe('PONG');
  });

  it.each(Persistence.options)('every setting is in force as planned, with persistence %s', async (persistence) => {
    const { node, plan, ask } = await start('secret', persistence);
    const compared = nodeSettings(node, plan)
      .flatMap((group) => group.settings)
      .filter(({ takesEffect }) => takesEffect !== 'internal');
    const answers = await Promise.all(compared.map(async ({ name }) => [name, await ask('config', 'get', name)]));
    expect(answers).toEqual(compared.map(({ name, value }) => [name, value === '' ? `${name}\n` : `${name}\n${value}`]));
  });

  it('takes by CONFIG SET what is said to take effect at once, and refuses the rest', async () => {
    const { node, plan, ask } = await start('secret', 'aof');
    for (const { name, value, takesEffect } of nodeSettings(node, plan).flatMap((group) => group.settings)) {
      const answer = await ask('config', 'set', name, value);
      // bind, bind-source-addr and port could be set, but a running node keeps its connections on the old ones.
      const isAllowed = takesEffect === 'runtime' || ['bind', 'bind-source-addr', 'port'].includes(name);
      expect([name, answer === 'OK' ? 'taken' : 'refused']).toEqual([name, isAllowed ? 'taken' : 'refused']);
    }
  });

  it('closes the dangerous ways', async () => {
    const { ask } = await start('secret', 'none');
    expect(await ask('debug', 'sleep', '0')).toMatch(/DEBUG command not allowed/u);
    expect(await ask('module', 'load', '/tmp/x.so')).toMatch(/MODULE command not allowed/u);
    expect(await ask('config', 'set', 'dir', '/tmp')).toMatch(/protected config/u);
  });
});
