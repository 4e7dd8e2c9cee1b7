// A make-believe Windows machine that is on: a prefix (`winePrefix.ts`) with Wine's kernel and its service manager running.
//
//   const machine = await switchOn(prefix)                         own network namespace with loopback; services with automatic start are started
//   const machine = await switchOn(prefix, { networkFile })        in a network namespace that exists, e.g. on a practice hub
//   await machine.run(['C:\\tool.exe', 'word'], { input, timeoutMs })  a Windows program: { code, stdout, stderr }
//   await machine.runLinux('redis-cli', ['ping'])                  a Linux program in the machine's network and process namespace
//   machine.command(['C:\\tool.exe'])                              the same as { program, args, env } for spawn()
//   await machine.switchOff()                                      registry written, everything ended; switchOn() again is a reboot
//   await machine.cutPower()                                       everything killed at once; what the registry got in the last 30 s is lost
//
// Everything lives in a process namespace whose first process ends with ours, so nothing is left running however we end. Exit codes are cut
// to 8 bits where a Windows program is seen as a Linux one.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PracticeError } from '../practice/practiceError.ts';
import { runCommand, type CommandOptions, type CommandResult } from '../practice/runCommand.ts';
import { fixedAddresses, wineEnvironment, wineProgram, wineserverProgram, type WinePrefix } from './winePrefix.ts';

/** How a machine is switched on. */
export interface MachineOptions {
  /** A file of a network namespace (`/run/netns/x`, or a bind-mounted one). Without it the machine has one of its own with nothing but loopback. */
  readonly networkFile?: string;
  /** Added to the environment of everything that runs in the machine, services too. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A command for `spawn`. */
export interface MachineCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A make-believe Windows machine that is on. */
export interface WineMachine {
  readonly prefix: WinePrefix;
  /** First process of its process namespace, as seen from outside. */
  readonly pid: number;
  /** How to start a Windows program in it: `words[0]` is a Windows path or a name that Wine finds. */
  command(words: readonly string[]): MachineCommand;
  /** How to start a Linux program in it. */
  linuxCommand(program: string, args: readonly string[]): MachineCommand;
  /** Runs a Windows program and waits for it. */
  run(words: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs a Linux program in its namespaces and waits for it. */
  runLinux(program: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Writes the registry and ends everything. */
  switchOff(): Promise<void>;
  /** Kills everything at once. */
  cutPower(): Promise<void>;
}

// Wine's sockets lie in /tmp: in a mount of its own they go with the machine. The first call of Wine must not have our pipes: its server and
// the services would keep them open, and who reads them would wait for ever.
const keeperScript = `set -e
ip link set lo up
sockets="/tmp/.wine-$(id -u)"
mkdir -p -m 700 "$sockets"
mount -t tmpfs -o mode=700,size=16m tmpfs "$sockets"
"$2" -p < /dev/null > /dev/null 2>&1
"$1" wineboot < /dev/null > /dev/null 2>&1
echo on
while read -r _; do :; done`;

const switchOnMs = 120_000;
const switchOffMs = 30_000;

/** Switches the machine of a prefix on and waits until its service manager is there. The prefix must not be on already. */
export async function switchOn(prefix: WinePrefix, options: MachineOptions = {}): Promise<WineMachine> {
  const env = { ...wineEnvironment(prefix.folder), ...options.env };
  const network = options.networkFile === undefined ? [] : [`--net=${options.networkFile}`];
  const spaces = ['--mount', '--pid', '--fork', '--kill-child=KILL', '--mount-proc', ...(network.length === 0 ? ['--net'] : [])];
  const keeper = ['unshare', ...spaces, ...fixedAddresses, 'bash', '-c', keeperScript, 'bash', wineProgram, wineserverProgram];
  const outside = network.length === 0 ? keeper : ['nsenter', ...network, ...keeper];
  const child = spawn('setpriv', ['--pdeathsig=KILL', ...outside], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  await untilOn(child);
  const pid = firstProcessOf(child);
  // Who enters gets the death signal as well: else a call that is cut off by its time limit would go on inside.
  const enter = (program: string, args: readonly string[]): MachineCommand => ({
    program: 'nsenter',
    args: [`--target=${pid}`, '--mount', '--pid', '--net', '--', 'setpriv', '--pdeathsig=KILL', ...fixedAddresses, program, ...args],
    env,
  });
  const command = (words: readonly string[]): MachineCommand => enter(wineProgram, words);
  const run = (made: MachineCommand, runOptions: CommandOptions = {}): Promise<CommandResult> =>
    runCommand(made.program, made.args, { ...runOptions, env: { ...made.env, ...runOptions.env } });
  return {
    prefix,
    pid,
    command,
    linuxCommand: enter,
    run: (words, runOptions) => run(command(words), runOptions),
    runLinux: (program, args, runOptions) => run(enter(program, args), runOptions),
    async switchOff() {
      await run(enter(wineserverProgram, ['-k']), { timeoutMs: switchOffMs });
      child.stdin.end();
      await ended;
    },
    async cutPower() {
      process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}

function untilOn(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    const tooLong = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new PracticeError(`Wine was not ready after ${switchOnMs / 1000} seconds.`));
    }, switchOnMs);
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout?.once('data', () => {
      clearTimeout(tooLong);
      resolve();
    });
    child.once('error', (error) => {
      clearTimeout(tooLong);
      reject(new PracticeError(`Could not start Wine: ${error.message}`));
    });
    child.once('exit', (code) => {
      clearTimeout(tooLong);
      reject(new PracticeError(`Could not start Wine: ${complaint.trim()} (exit code ${code ?? 'none'})`));
    });
  });
}

/** `unshare` stays outside as the parent of the namespace's first process. */
function firstProcessOf(child: ChildProcess): number {
  const parent = String(child.pid ?? '');
  const pid = Number(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')[0]);
  if (!Number.isInteger(pid) || pid <= 0) throw new PracticeError('Wine ended as soon as it was there.');
  return pid;
}
