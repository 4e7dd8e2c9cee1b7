import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { loadServerCatalogue } from '../../../electron/storage/serverBundle.ts';
import { bundlePath } from '../../../electron/storage/serverBundleManifest.ts';
import { buildsMadeHere } from '../../../electron/shared/domain/catalogue.ts';
import { ensureBundle, resourcesFolder } from '../../redis/ensureBundle.ts';
import { compileForTest, ensureHelper, sha256Of } from '../helperBuild.ts';
import type { CommandResult } from '../../practice/runCommand.ts';
import { switchOn, type WineMachine } from '../wineMachine.ts';
import { createWinePrefix, removeWinePrefix, wineEnvironment, type WinePrefix } from '../winePrefix.ts';

/** What a verb left behind. */
export interface VerbResult {
  /** All 32 bits of the exit code. */
  readonly code: number;
  /** The lines of JSON that it printed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** The first of them. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** A verb that goes on while the test does. */
export interface RunningVerb {
  readonly process: ChildProcess;
  /** Awaits line `index` of its output. */
  line(index: number): Promise<Readonly<Record<string, unknown>>>;
  readonly ended: Promise<void>;
}

const silent = (): void => undefined;
const hostFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const helperPath = 'C:\\Triad\\bin\\triad-service.exe';

/** A make-believe Windows machine with the helper, for the test file that calls this at its top; it is gone after the file. */
export class TestMachine {
  #prefix: WinePrefix | undefined;
  #machine: WineMachine | undefined;
  #redisServer = '';

  /** Compiles, clones and switches on: awaited before the first test. */
  async begin(): Promise<void> {
    const helper = await ensureHelper(silent);
    const catalogue = await loadServerCatalogue(resourcesFolder);
    const build = buildsMadeHere(catalogue).find(({ version }) => version === catalogue.default.version);
    if (build === undefined) throw new Error('The catalogue has no default build.');
    await ensureBundle(build, silent);
    this.#redisServer = join(resourcesFolder, bundlePath(build), 'redis-server');
    this.#prefix = await createWinePrefix(silent);
    mkdirSync(this.file('Triad/bin'), { recursive: true });
    copyFileSync(helper, this.file('Triad/bin/triad-service.exe'));
    await compileForTest(hostFile('redisServerShim.c'), this.file('Triad/bin/redis-server.exe'), false);
    await compileForTest(hostFile('runProgram.c'), this.file('Triad/bin/run-program.exe'), true);
    // The file that came with Wine belongs to all prefixes.
    rmSync(this.file('windows/system32/netsh.exe'));
    await compileForTest(hostFile('netshStub.c'), this.file('windows/system32/netsh.exe'), false);
    await this.on();
  }

  /** Takes everything away, also after a failed `begin`. */
  async end(): Promise<void> {
    await this.#machine?.cutPower().catch(silent);
    if (this.#prefix !== undefined) removeWinePrefix(this.#prefix);
  }

  /** Switches on; services that start by themselves do. */
  async on(): Promise<void> {
    this.#machine = await switchOn(this.prefix, {
      env: { TRIAD_TEST_REDIS: this.#redisServer, WINEDLLOVERRIDES: `${wineEnvironment('')['WINEDLLOVERRIDES'] ?? ''};netsh.exe=n` },
    });
  }

  /** The machine while it is on. */
  get machine(): WineMachine {
    if (this.#machine === undefined) throw new Error('The machine is not on.');
    return this.#machine;
  }

  /** Its disk and registry. */
  get prefix(): WinePrefix {
    if (this.#prefix === undefined) throw new Error('There is no prefix.');
    return this.#prefix;
  }

  /** Where a file of drive C is on this machine. */
  file(path: string): string {
    return join(this.prefix.driveC, path);
  }

  /** Runs a verb to its end. */
  async verb(words: readonly string[], input = ''): Promise<VerbResult> {
    const run = (): Promise<CommandResult> =>
      this.machine.run(['C:\\Triad\\bin\\run-program.exe', helperPath, ...words], { input, timeoutMs: 90_000 });
    const first = await run();
    // On a busy machine Wine now and then ends with 1 and no word before the program's first instruction; that one always says something.
    const said = first.code === 1 && first.stdout === '' && first.stderr === '' ? await run() : first;
    const code = /\nEXIT (?<code>\d+)\s*$/u.exec(said.stderr)?.groups?.['code'];
    if (code === undefined) throw new Error(`${words.join(' ')} did not end by itself (${said.code}): ${said.stdout}${said.stderr}`);
    const lines = said.stdout.split('\n').filter((line) => line !== '');
    const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    return { code: Number(code), lines: parsed, answer: parsed[0] ?? {} };
  }

  /** Compiles one of this folder's C files onto the machine, and returns its path there. */
  async addProgram(name: string): Promise<string> {
    await compileForTest(hostFile(`${name}.c`), this.file(`Triad/bin/${name}.exe`), false);
    return `C:\\Triad\\bin\\${name}.exe`;
  }

  /** Starts a verb, or another program, and leaves it running; `path` is that program, or another copy of the helper. */
  start(words: readonly string[], path = helperPath): RunningVerb {
    const { program, args, env } = this.machine.command([path, ...words]);
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    child.stdin.on('error', silent);
    const ended = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
    });
    return {
      process: child,
      ended,
      async line(index) {
        for (;;) {
          const lines = text.split('\n');
          const line = lines[index];
          if (line !== undefined && lines.length > index + 1) return JSON.parse(line) as Readonly<Record<string, unknown>>;
          const more = new Promise<void>((resolve) => {
            child.stdout.once('data', () => resolve());
          });
          await Promise.race([more, ended]);
          if (child.exitCode !== null && text.split('\n').length <= index + 1) throw new Error(`It ended without line ${index}: ${text}`);
        }
      },
    };
  }

  /** Writes folder, configuration and ini of a node, and returns the path of the ini. */
  writeNode(name: string, port: number, more: Readonly<Record<string, string>> = {}): string {
    const folder = `Triad/nodes of test/${port}`;
    mkdirSync(this.file(folder), { recursive: true });
    const conf = [
      'bind 127.0.0.1',
      `port ${port}`,
      'dir .',
      'logfile redis.log',
      'requirepass geheim',
      'save ""',
      'enable-protected-configs yes',
    ];
    writeFileSync(this.file(`${folder}/redis.conf`), `${conf.join('\n')}\n`);
    writeFileSync(this.file(`${folder}/auth.txt`), 'geheim\r\n');
    const keys = {
      name,
      description: 'Redis of a test',
      program: 'C:\\Triad\\bin\\redis-server.exe',
      arguments: 'redis.conf',
      folder: `C:\\${folder.replaceAll('/', '\\')}`,
      programSha256: sha256Of(this.file('Triad/bin/redis-server.exe')),
      port: String(port),
      passwordFile: 'auth.txt',
      start: 'auto',
      ...more,
    };
    const lines = Object.entries(keys).map(([key, value]) => `${key}=${value}`);
    writeFileSync(this.file(`${folder}/service.ini`), `[service]\r\n${lines.join('\r\n')}\r\n`);
    return `C:\\${folder.replaceAll('/', '\\')}\\service.ini`;
  }

  /** A file of a node, as text. */
  read(path: string): string {
    return readFileSync(this.file(path), 'utf8');
  }

  /** Says a command to the Redis of a test in the machine's network. */
  async redis(port: number, ...words: readonly string[]): Promise<string> {
    const client = this.#redisServer.replace(/redis-server$/u, 'redis-cli');
    const said = await this.machine.runLinux(client, ['-p', String(port), '-a', 'geheim', '--no-auth-warning', ...words], {
      timeoutMs: 10_000,
    });
    return `${said.stdout}${said.stderr}`.trim();
  }
}

/** A test machine that begins before the first test of a file and ends after the last. */
export function windowsMachineForTest(): TestMachine {
  const machine = new TestMachine();
  beforeAll(() => machine.begin());
  afterAll(() => machine.end());
  return machine;
}
