import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { prepareBaseSystem } from './baseSystem.ts';
import { firewallVariants } from './firewallVariants.ts';
import { ensureHostTools, requireRootOnLinux } from './hostTools.ts';
import { loginVariants } from './loginVariants.ts';
import type { BlockMode, BlockSource } from './portBlocks.ts';
import { PracticeError } from './practiceError.ts';
import { openPracticeSet, type PracticeSet } from './practiceSet.ts';
import { quirkVariants } from './quirkVariants.ts';
import type { SetVariant } from './serverVariant.ts';
import { serverAt, serverNumbers, type ServerNumber } from './setPlace.ts';
import { readState } from './setState.ts';
import { sshCommand } from './sshConfig.ts';
import { opensshVersions, windowsReleases, type WindowsVariant } from './windows/windowsVariant.ts';

const names = (table: Readonly<Record<string, { readonly says: string }>>): string =>
  Object.entries(table)
    .map(([name, { says }]) => `    ${name.padEnd(24)} ${says}`)
    .join('\n');

const usage = `Three practice servers on this machine (Linux, root).

  npm run practice -- COMMAND [options]

  up [--fresh]             three servers, ready for SSH; a set that is up stays as it is
  down                     take everything away
  reset [N...]             new servers in place of the old, in seconds (--new-host-keys: with other host keys)
  status                   what is there
  spec                     print a Triad specification of the set; "up" writes it to a file too
  ssh N [COMMAND...]       log in to server N as the specification says
  logs N                   journal of server N, or its console while it is off
  power-cut N...           end servers in an instant          power-off N...   shut them down
  power-on N...            boot servers that are off          reboot N...      shut them down and boot them
  block FROM TO PORT [drop|reject|prohibit]
                           let no connection from FROM (1, 2, 3, admin, any) reach PORT (or any) of server TO
  unblock                  remove all blocks
  prepare                  only install what this machine needs and build the base system

Options
  --prefix NAME --subnet A.B.C   another set (default triad, 10.77.0; or TRIAD_PRACTICE_PREFIX, TRIAD_PRACTICE_SUBNET)
  --ssh-port PORT                port of sshd (up, reset)
  --login KIND                   how to log in (up, reset):
${names(loginVariants)}
  --firewall KIND                active firewall that lets in only SSH (up, reset):
${names(firewallVariants)}
  --windows                      Windows servers (up, reset): Wine behind the manner of Windows' own OpenSSH; needs Debian's wine, installs it
  --windows-server N             a single one, for a mixed set; can be repeated
  --windows-shell cmd|powershell --windows-openssh 7.7|8.1|9.5 --windows-release 2019|2022|2025   how they differ from the plain one
  --quirk NAME                   odd servers (up, reset), can be repeated:
${names(quirkVariants)}
`;

const shells = { cmd: {}, powershell: {} } as const;

/** A wrong command line: shown with a hint to the usage. */
class UsageError extends Error {}

const progress = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

async function main(argv: string[]): Promise<number> {
  // What comes after "ssh N" belongs to the command on the server.
  const [own, remote] = argv[0] === 'ssh' ? [argv.slice(0, 2), argv.slice(2)] : [argv, []];
  const { values, positionals } = parse(own);
  const [command, ...args] = positionals;
  if (command === undefined || values.help === true) {
    process.stdout.write(usage);
    return command === undefined && values.help !== true ? 2 : 0;
  }
  const set = openPracticeSet({
    progress,
    ...(values.prefix === undefined ? {} : { prefix: values.prefix }),
    ...(values.subnet === undefined ? {} : { subnet: values.subnet }),
  });
  switch (command) {
    case 'up':
      return up(set, await set.up({ fresh: values.fresh === true, ...variantOf(values) }));
    case 'down':
      await set.down();
      progress(`The practice servers "${set.place.prefix}" are down. Nothing of them is left.`);
      return 0;
    case 'reset':
      await set.reset({
        ...variantOf(values),
        ...(args.length === 0 ? {} : { only: args.map(serverNumber) }),
        hostKeys: values['new-host-keys'] === true ? 'change' : 'keep',
      });
      progress('The servers are new.');
      return 0;
    case 'status':
      return printStatus(set);
    case 'spec':
      return printSpec(set);
    case 'ssh':
      return ssh(set, serverNumber(args[0]), remote);
    case 'logs':
      process.stdout.write(await set.logs(serverNumber(args[0])));
      return 0;
    case 'power-cut':
      await set.powerCut(...someServers(args));
      return 0;
    case 'power-off':
      await set.powerOff(...someServers(args));
      return 0;
    case 'power-on':
      await set.powerOn(...someServers(args));
      return 0;
    case 'reboot':
      await set.reboot(...someServers(args));
      return 0;
    case 'block':
      await set.block(blockSource(args[0]), serverNumber(args[1]), port(args[2]), blockMode(args[3]));
      return 0;
    case 'unblock':
      await set.unblock();
      return 0;
    case 'prepare':
      requireRootOnLinux();
      await ensureHostTools(progress);
      progress(`The base system is in ${(await prepareBaseSystem(progress)).folder}.`);
      return 0;
    default:
      throw new UsageError(`There is no command "${command}".`);
  }
}

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        prefix: { type: 'string' },
        subnet: { type: 'string' },
        fresh: { type: 'boolean' },
        'new-host-keys': { type: 'boolean' },
        login: { type: 'string' },
        firewall: { type: 'string' },
        'ssh-port': { type: 'string' },
        quirk: { type: 'string', multiple: true },
        windows: { type: 'boolean' },
        'windows-server': { type: 'string', multiple: true },
        'windows-shell': { type: 'string' },
        'windows-openssh': { type: 'string' },
        'windows-release': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function variantOf(values: Values): SetVariant {
  return {
    ...(values.login === undefined ? {} : { login: oneOf(loginVariants, values.login, '--login') }),
    ...(values.firewall === undefined ? {} : { firewall: oneOf(firewallVariants, values.firewall, '--firewall') }),
    ...(values['ssh-port'] === undefined ? {} : { sshPort: portNumber(values['ssh-port']) }),
    ...(values.quirk === undefined ? {} : { quirks: values.quirk.map((quirk) => oneOf(quirkVariants, quirk, '--quirk')) }),
    ...windowsOf(values),
  };
}

/** All servers, or those that are named; the other options of Windows alone mean all. */
function windowsOf(values: Values): Pick<SetVariant, 'windows' | 'servers'> {
  const variant: WindowsVariant = {
    ...(values['windows-shell'] === undefined ? {} : { shell: oneOf(shells, values['windows-shell'], '--windows-shell') }),
    ...(values['windows-openssh'] === undefined ? {} : { openssh: oneOf(opensshVersions, values['windows-openssh'], '--windows-openssh') }),
    ...(values['windows-release'] === undefined ? {} : { release: oneOf(windowsReleases, values['windows-release'], '--windows-release') }),
  };
  const only = values['windows-server'];
  if (only !== undefined && values.windows !== true)
    return { servers: Object.fromEntries(only.map((one) => [serverNumber(one), { windows: variant }])) };
  return values.windows === true || Object.keys(variant).length > 0 ? { windows: variant } : {};
}

function oneOf<Table extends object>(table: Table, name: string, option: string): keyof Table {
  if (Object.hasOwn(table, name)) return name as keyof Table;
  throw new UsageError(`${option} cannot be "${name}": choose ${Object.keys(table).join(', ')}.`);
}

function serverNumber(text: string | undefined): ServerNumber {
  const number = serverNumbers.find((candidate) => String(candidate) === text);
  if (number === undefined) throw new UsageError(`"${text ?? ''}" is not a server: say 1, 2 or 3.`);
  return number;
}

function someServers(args: readonly string[]): ServerNumber[] {
  if (args.length === 0) throw new UsageError('Say which servers: 1, 2 or 3.');
  return args.map(serverNumber);
}

function blockSource(text: string | undefined): BlockSource {
  return text === 'admin' || text === 'any' ? text : serverNumber(text);
}

function blockMode(text = 'drop'): BlockMode {
  if (text === 'drop' || text === 'reject' || text === 'prohibit') return text;
  throw new UsageError(`"${text}" is not a way to block: say drop, reject or prohibit.`);
}

function port(text: string | undefined): number | 'any' {
  return text === 'any' ? text : portNumber(text ?? '');
}

function portNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/u.test(text) && number >= 1 && number <= 65_535) return number;
  throw new UsageError(`"${text}" is not a port: say a number from 1 to 65535.`);
}

function up(set: PracticeSet, outcome: 'started' | 'alreadyUp'): number {
  progress(outcome === 'started' ? 'The servers are ready.' : 'The servers are already up ("--fresh" makes new ones).');
  printStatus(set);
  progress(`Specification: ${set.place.specFile}`);
  for (const name of Object.keys(set.spec().environment)) progress(`It refers to ${name}: "npm run -s practice -- spec" shows its value.`);
  return 0;
}

function printStatus(set: PracticeSet): number {
  const { state, servers, blocks } = set.status();
  const lines = [`Set "${set.place.prefix}" (${set.place.cidr}): ${state}`];
  if (state !== 'down')
    lines.push(...servers.map(({ number, name, address, power }) => `  ${number}  ${name.padEnd(12)} ${address.padEnd(15)} ${power}`));
  lines.push(...blocks.map(({ from, to, port: blocked, mode }) => `  blocked: ${from} -> ${to} port ${blocked} (${mode})`));
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function printSpec(set: PracticeSet): number {
  const { yaml, environment } = set.spec();
  const exports = Object.entries(environment).map(([name, value]) => `# export ${name}='${value.replaceAll("'", `'\\''`)}'\n`);
  process.stdout.write(`${exports.join('')}${yaml}`);
  return 0;
}

function ssh(set: PracticeSet, number: ServerNumber, remote: readonly string[]): number {
  const state = readState(set.place);
  if (state === undefined) throw new PracticeError(`The practice servers "${set.place.prefix}" are down: bring them up first.`);
  const { args, env } = sshCommand(set.place, state, serverAt(set.place, number));
  return spawnSync('ssh', [...args, ...remote], { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}

const signals = { SIGINT: 130, SIGTERM: 143 } as const;
for (const [signal, code] of Object.entries(signals)) {
  process.once(signal, () => {
    progress('Interrupted: "npm run practice -- down" takes away what is there.');
    process.exit(code);
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) progress(`${error.message} ("npm run practice" without a command explains all.)`);
  else if (error instanceof PracticeError) progress(error.message);
  else throw error;
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
