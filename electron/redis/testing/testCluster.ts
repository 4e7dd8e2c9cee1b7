import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IpAddress } from '../../shared/domain/address.ts';
import { planCluster, type ClusterPlan, type NodeSpec } from '../../shared/domain/plan.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { dialDirect } from '../dialDirect.ts';
import { connectRedisNode, type RedisNode, type RedisNodeOptions } from '../redisNode.ts';

/** The server binary of the bundle that tests run with; `TRIAD_TEST_REDIS` names another build of it (`redis-8.0.2`). */
export function testRedisServer(): string {
  const build = process.env['TRIAD_TEST_REDIS'] ?? 'redis-7.0.15';
  const file = fileURLToPath(new URL(`../../../resources/redis/${build}/linux-x64/redis-server`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${file} is missing: run \`npm run redis -- ensure\``);
  return file;
}

/** A plan for three servers, with addresses of choice (loopback ones, which a specification would refuse). */
export function testPlan(options: { readonly addresses?: readonly string[]; readonly nodeTimeoutMs?: number } = {}): ClusterPlan {
  const addresses = options.addresses ?? ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'test',
    servers: [1, 2, 3].map((n) => ({ name: `server-${n}`, address: `10.0.0.${n}`, ssh: { user: 'root', auth: { agent: true } } })),
    redis: { nodeTimeoutMs: options.nodeTimeoutMs ?? 5000 },
  });
  const plan = planCluster(spec, {
    version: '7.0.15',
    origin: 'built',
    folderName: 'redis-7.0.15',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis-7.0.15.tar.gz',
    sourceSha256: '0'.repeat(64),
    files: [],
  });
  const addressOf = (server: string): IpAddress => addresses[Number(server.slice(-1)) - 1] as IpAddress;
  return {
    ...plan,
    servers: plan.servers.map((server) => ({ ...server, address: addressOf(server.name) })),
    nodes: plan.nodes.map((node) => ({ ...node, address: addressOf(node.server) })),
  };
}

/** Six real Redis processes on loopback, three addresses with two ports each, in one temporary folder. */
export class TestCluster {
  readonly plan: ClusterPlan;
  readonly password: string | null;
  readonly #folder: string;
  readonly #config: readonly string[];
  readonly #processes = new Map<string, ChildProcess>();
  readonly #connections: RedisNode[] = [];

  private constructor(folder: string, plan: ClusterPlan, password: string | null, config: readonly string[]) {
    this.#folder = folder;
    this.plan = plan;
    this.password = password;
    this.#config = config;
  }

  /** Starts all six (or `nodes` of them) and waits until each listens. `config` lines are added to each configuration. */
  static async start(
    options: {
      readonly password?: string | null;
      readonly nodeTimeoutMs?: number;
      readonly config?: readonly string[];
      readonly nodes?: readonly string[];
    } = {},
  ): Promise<TestCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'triad-redis-'));
    // Loopback is 127/8 on Linux: a random /24 of it keeps clusters of other workers and earlier runs apart.
    const part = (): number => 1 + Math.floor(Math.random() * 250);
    const net = `127.${part()}.${part()}`;
    const plan = testPlan({
      addresses: [1, 2, 3].map((host) => `${net}.${host}`),
      ...(options.nodeTimeoutMs === undefined ? {} : { nodeTimeoutMs: options.nodeTimeoutMs }),
    });
    const password = options.password === undefined ? 'a secret with "quotes" # and $' : options.password;
    const cluster = new TestCluster(folder, plan, password, options.config ?? []);
    try {
      await Promise.all((options.nodes ?? plan.nodes.map((node) => node.id)).map((id) => cluster.startNode(id)));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  spec(id: string): NodeSpec {
    const found = this.plan.nodes.find((node) => node.id === id);
    if (found === undefined) throw new Error(`${id} is not planned`);
    return found;
  }

  /** Starts one process and waits until it listens. `wipe`: without its data and its nodes.conf, as after a lost disk. */
  async startNode(
    id: string,
    options: { readonly wipe?: boolean; readonly config?: readonly string[]; readonly await?: boolean } = {},
  ): Promise<void> {
    if (this.#processes.has(id)) throw new Error(`${id} already runs`);
    const { address, dataPort } = this.spec(id);
    const folder = join(this.#folder, id.replace(':', '-'));
    if (options.wipe === true) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const quoted = this.password === null ? null : `"${this.password.replaceAll(/["\\]/gu, (mark) => `\\${mark}`)}"`;
    const lines = [
      `bind ${address}`,
      // Else the kernel picks 127.0.0.1 as the source, and that is the address the other nodes would learn.
      `bind-source-addr ${address}`,
      `cluster-announce-ip ${address}`,
      `port ${dataPort}`,
      `dir ${folder}`,
      'cluster-enabled yes',
      'cluster-config-file nodes.conf',
      `cluster-node-timeout ${this.plan.settings.nodeTimeoutMs}`,
      'cluster-allow-replica-migration no',
      'repl-diskless-sync-delay 0',
      'appendonly yes',
      'save ""',
      `logfile ${join(folder, 'log')}`,
      ...(quoted === null ? ['protected-mode no'] : [`requirepass ${quoted}`, `masterauth ${quoted}`]),
      ...this.#config,
      ...(options.config ?? []),
    ];
    const file = join(folder, 'redis.conf');
    await writeFile(file, `${lines.join('\n')}\n`);
    // pdeathsig: a test process that is killed takes its servers along.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', testRedisServer(), file], { stdio: 'ignore' });
    this.#processes.set(id, child);
    if (options.await !== false) await this.untilListening(id);
  }

  /** Waits until the node accepts TCP connections. */
  async untilListening(id: string): Promise<void> {
    const { address, dataPort } = this.spec(id);
    const endsAt = performance.now() + 10_000;
    while (!(await accepts(address, dataPort))) {
      const exitCode = this.#processes.get(id)?.exitCode;
      if (performance.now() > endsAt || (exitCode !== null && exitCode !== undefined))
        throw new Error(`${id} does not listen:\n${await this.log(id)}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  log(id: string): Promise<string> {
    return readFile(join(this.#folder, id.replace(':', '-'), 'log'), 'utf8').catch(() => '(no log)');
  }

  folderOf(id: string): string {
    return join(this.#folder, id.replace(':', '-'));
  }

  /** Sends a signal: SIGSTOP freezes, SIGCONT thaws. */
  signal(id: string, signal: NodeJS.Signals): void {
    this.#processes.get(id)?.kill(signal);
  }

  /** Ends one process at once, as a power cut does, and waits until it is gone. */
  async kill(id: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#processes.get(id);
    if (child === undefined) return;
    this.#processes.delete(id);
    const gone = new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.once('exit', () => resolve());
    });
    child.kill(signal);
    await gone;
  }

  /** Ends both processes of a server at once. */
  async killServer(server: string): Promise<void> {
    await Promise.all(this.plan.nodes.filter((node) => node.server === server).map((node) => this.kill(node.id)));
  }

  /** Connects to one node; closed by `stop` at the latest. */
  async connect(id: string, options: Partial<RedisNodeOptions> = {}): Promise<RedisNode> {
    const { address, dataPort, server } = this.spec(id);
    const node = await connectRedisNode({
      node: id,
      server,
      port: dataPort,
      password: this.password,
      open: dialDirect({ host: address, port: dataPort }),
      connectDeadlineMs: 5000,
      commandDeadlineMs: 2000,
      ...options,
    });
    this.#connections.push(node);
    return node;
  }

  /** Connections to all six nodes, or to those named. */
  async connectAll(ids: readonly string[] = this.plan.nodes.map((node) => node.id)): Promise<Map<string, RedisNode>> {
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.connect(id)] as const)));
  }

  /** Ends everything that was started and removes its files. */
  async stop(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    await Promise.all([...this.#processes.keys()].map((id) => this.kill(id)));
    // A child that was saving when its parent was killed may still be writing for a moment.
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
