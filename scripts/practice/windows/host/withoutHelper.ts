// What a practice Windows server does whose policy blocks Triad's helper: the helper does not start, and Triad's own PowerShell scripts are played. No PowerShell runs: each
// script is known by its text, and what it would do is done here, or asked of the helper, which the policy stops only where somebody else starts it.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import type { ServerChannel } from 'ssh2';
import { POWERSHELL_SCRIPTS } from '../../../../electron/hosts/windows/powershell/scripts.ts';
import { argumentsOf, powerShellScript } from './commandLine.ts';
import { linuxPathOf } from './windowsPath.ts';

/** Exit code of a program that a policy does not let start. */
export const blockedByPolicy = 1260;
const marks = ['TRIAD-ANSWER-BEGIN', 'TRIAD-ANSWER-END'] as const;

/** One of Triad's scripts with its parameters. */
export interface PlayedScript {
  readonly name: string;
  readonly request: unknown;
}

/** What playing a script needs of the server. */
export interface ScriptRoom {
  readonly driveC: string;
  /** Runs the helper and collects what it prints. */
  readonly helper: (words: readonly string[], input: string) => Promise<string>;
  /** Keeps an access list, and tells an answer of `observe` with those that are kept. */
  readonly keepList: (path: string, sddl: string) => void;
  readonly told: (output: string) => string;
  /** Who holds which file open, as long as this server is on. */
  readonly held: Map<string, string>;
}

/** Whether a command starts the helper. */
export function startsHelper(command: string): boolean {
  return /(?:^|[\\/])triad-service[^\\/]*\.exe$/iu.test(argumentsOf(command)[0] ?? '');
}

/** Which of Triad's scripts a command runs, encoded or as a file below `home`; undefined for everything else. */
export function playedScript(command: string, driveC: string, home: string): PlayedScript | undefined {
  const args = argumentsOf(command);
  if (!/(?:^|\\)powershell\.exe$/iu.test(args[0] ?? '')) return undefined;
  const file = args.at(-1) ?? '';
  const path = linuxPathOf(driveC, linuxPathOf(driveC, driveC, home), file.endsWith('.ps1') ? file : 'none');
  const text = (existsSync(path) ? readFileSync(path, 'utf8') : (powerShellScript(args) ?? '')).replaceAll('\r\n', '\n');
  const name = Object.entries(POWERSHELL_SCRIPTS).find(([, body]) => text.includes(body))?.[0];
  const request = /-InputObject '(?<json>\{.*\})'$/mu.exec(text)?.groups?.['json'];
  return name === undefined || request === undefined ? undefined : { name, request: JSON.parse(request) as unknown };
}

const framed = (answer: unknown): string => `${marks[0]}\r\n${JSON.stringify(answer)}\r\n${marks[1]}\r\n`;

/** Plays a script: what it prints. Those that go on until their input ends write to the channel by themselves. Undefined for one that is not played. */
export async function playScript({ name, request }: PlayedScript, room: ScriptRoom, channel: ServerChannel): Promise<string | undefined> {
  switch (name) {
    case 'state':
      return framed({ languageMode: 'FullLanguage', version: '5.1.20348.2700', defender: null, defenderError: null });
    case 'facts':
      return framed(await facts(request as FactsRequest, room));
    case 'setLists':
      return framed({ languageMode: 'FullLanguage', paths: (request as ListsRequest).paths.map((one) => setList(one, room)) });
    case 'placeFiles':
      return framed({ files: placeFiles((request as PlaceRequest).files, room) });
    case 'removeTree':
      return framed(removeTree((request as { readonly path: string }).path, room));
    case 'connect':
      return framed({
        targets: await Promise.all((request as ConnectRequest).targets.map((one) => tryTarget(one, (request as ConnectRequest).timeoutMs))),
      });
    case 'listen':
      return framed({ accepted: await listen(request as ListenRequest, channel) });
    case 'lock':
      return framed({ locked: await lock(request as LockRequest, room, channel) });
    case 'clock':
      return framed({ asked: await tellTime(channel) });
    default:
      return undefined;
  }
}

const onLinux = (path: string, { driveC }: ScriptRoom): string => linuxPathOf(driveC, driveC, path);

interface FactsRequest {
  readonly paths: readonly { readonly path: string; readonly as: string }[];
  readonly services: readonly string[];
  readonly disks: readonly string[];
  readonly rulePattern: string;
}
interface Machine {
  readonly os: Readonly<Record<string, unknown>>;
  readonly disks: readonly { readonly root?: unknown }[];
}
interface Rules {
  readonly rules: readonly {
    readonly source: string;
    readonly name: string;
    readonly action: string;
    readonly active: string;
    readonly direction: string;
    readonly localPorts: readonly string[] | null;
    readonly remoteAddresses: readonly string[] | null;
  }[];
  readonly profiles: readonly Readonly<Record<string, unknown>>[];
}
const asNumber = (flag: unknown): unknown => (typeof flag === 'boolean' ? Number(flag) : flag);

async function facts({ paths, services, disks, rulePattern }: FactsRequest, room: ScriptRoom): Promise<unknown> {
  const items = [
    ...paths.map(({ path, as }) => `${as}\t${path}`),
    ...services.map((name) => `service\t${name}`),
    ...disks.map((path) => `disk\t${path}`),
  ];
  const { os, ...machine } = JSON.parse(room.told(await room.helper(['observe'], `${items.join('\n')}\n\n`))) as Machine;
  const { rules, profiles } = JSON.parse(await room.helper(['firewall', 'triad'], '')) as Rules;
  const texts = rules
    .filter(({ source }) => source !== 'policy')
    .map(({ name, action, active, direction, localPorts, remoteAddresses }) =>
      [
        'v2.30',
        `Action=${action}`,
        `Active=${active}`,
        `Dir=${direction}`,
        ...(localPorts ?? []).map((port) => `LPort=${port}`),
        ...(remoteAddresses ?? []).map((address) => `RA4=${address}`),
        `Name=${name}|`,
      ].join('|'),
    );
  return {
    ...machine,
    ...os,
    productType: 3,
    architecture: 'AMD64',
    excluded: [],
    disks: machine.disks.filter(({ root }) => typeof root === 'string'),
    rules: texts.filter((text) => new RegExp(rulePattern, 'u').test(text)),
    profiles: profiles.map(({ name, enabled, policyEnabled, policyAllowsLocalRules }) => ({
      name,
      enabled: asNumber(enabled),
      policyEnabled: asNumber(policyEnabled),
      policyAllowsLocalRules: asNumber(policyAllowsLocalRules),
    })),
  };
}

interface ListsRequest {
  readonly paths: readonly {
    readonly path: string;
    readonly grants: readonly string[];
    readonly makes: boolean;
    readonly claims?: string;
  }[];
}
const rightsOfGrants: Readonly<Record<string, string>> = { F: '0x1f01ff', M: '0x1301bf', RX: '0x1200a9', R: '0x120089' };
const words: Readonly<Record<string, string>> = { 'S-1-5-18': 'SY', 'S-1-5-32-544': 'BA', 'S-1-5-32-545': 'BU' };

/** What a folder holds besides the file that it is claimed for: a file of its own, and no link. */
const othersIn = (place: string, claims: string): readonly string[] =>
  readdirSync(place).filter((name) => name !== claims || !lstatSync(join(place, name)).isFile() || lstatSync(join(place, name)).nlink > 1);

function setList({ path, grants, makes, claims }: ListsRequest['paths'][number], room: ScriptRoom): unknown {
  const place = onLinux(path, room);
  const isThere = existsSync(place);
  if (!isThere && !makes) return { path, error: 2, made: false };
  if (!isThere) mkdirSync(place);
  const others = claims === undefined ? [] : othersIn(place, claims);
  if (others.some((name) => name !== claims || lstatSync(join(place, name)).isDirectory())) return { path, error: 1307, made: !isThere };
  for (const link of others) rmSync(join(place, link));
  const entries = grants.map((grant) => {
    const { sid = '', below, right = '' } = /^\*(?<sid>S-[0-9-]+):(?<below>\(OI\)\(CI\))?(?<right>\w+)$/u.exec(grant)?.groups ?? {};
    return `(A;${below === undefined ? '' : 'OICI'};${rightsOfGrants[right] ?? ''};;;${words[sid] ?? sid})`;
  });
  const sddl = `O:BAG:BAD:P${entries.join('')}`;
  room.keepList(path, sddl);
  const left = lstatSync(place).isDirectory() ? readdirSync(place).filter((name) => name !== claims) : [];
  return { path, error: 0, made: !isThere, sddl, isEmpty: left.length === 0 };
}

interface PlaceRequest {
  readonly files: readonly { readonly staged: string; readonly path: string; readonly sha256: string; readonly keeps: boolean }[];
}

function placeFiles(files: PlaceRequest['files'], room: ScriptRoom): readonly unknown[] {
  const errors = files.map(({ staged, sha256 }) => {
    const place = onLinux(staged, room);
    if (!existsSync(place)) return 2;
    return createHash('sha256').update(readFileSync(place)).digest('hex') === sha256 ? 0 : 23;
  });
  const isWrong = errors.some((error) => error !== 0);
  return files.map(({ staged, path, keeps }, index) => {
    if (isWrong) return { path, error: errors[index], placed: false, left: false };
    const target = onLinux(path, room);
    const before = `${target}.triad-before`;
    if (existsSync(target) && keeps && !existsSync(before)) renameSync(target, before);
    renameSync(onLinux(staged, room), target);
    return { path, error: 0, placed: true, left: false };
  });
}

function removeTree(path: string, room: ScriptRoom): unknown {
  const place = onLinux(path, room);
  if (!existsSync(place)) return { path, removed: 0, links: 0 };
  const all = lstatSync(place).isDirectory() ? readdirSync(place, { recursive: true, withFileTypes: true }) : [];
  const link = all.find((entry) => entry.isSymbolicLink());
  if (link !== undefined) return { error: 4395, at: 'Get-ChildItem', detail: join(link.parentPath, link.name) };
  rmSync(place, { recursive: true });
  return { path, removed: all.length + 1, links: 0 };
}

interface ConnectRequest {
  readonly timeoutMs: number;
  readonly targets: readonly { readonly address: string; readonly port: number; readonly asks: boolean; readonly isSilent: boolean }[];
}
const winsock: Readonly<Record<string, readonly [outcome: string, code: number]>> = {
  ECONNREFUSED: ['refused', 10_061],
  EHOSTUNREACH: ['unreachable', 10_065],
  ENETUNREACH: ['unreachable', 10_051],
};

function tryTarget({ address, port, asks, isSilent }: ConnectRequest['targets'][number], timeoutMs: number): Promise<unknown> {
  const began = Date.now();
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    let isOpen = false;
    const end = (outcome: string, answer: string | null, error: number): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve({ address, port, outcome, elapsedMs: Date.now() - began, answer, error });
    };
    const limit = setTimeout(() => end(isOpen ? 'open' : 'timeout', null, 0), timeoutMs);
    socket.once('connect', () => {
      isOpen = true;
      if (isSilent) end('open', null, 0);
      else if (asks) socket.write('PING\r\n');
    });
    socket.once('data', (bytes) => end('open', bytes.toString().split(/\r?\n/u)[0] ?? '', 0));
    socket.once('end', () => end('open', null, 0));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const [outcome, code] = winsock[error.code ?? ''] ?? ['error', 1];
      end(outcome, null, code);
    });
  });
}

interface ListenRequest {
  readonly address: string;
  readonly ports: readonly { readonly port: number; readonly nonce: string }[];
  readonly seconds: number;
}

async function listen({ address, ports, seconds }: ListenRequest, channel: ServerChannel): Promise<number> {
  let accepted = 0;
  const opened = await Promise.all(
    ports.map(
      ({ port, nonce }) =>
        new Promise<{ readonly port: number; readonly end: () => void; readonly error: number }>((resolve) => {
          const server = createServer((socket) => {
            accepted += 1;
            socket.on('error', () => undefined);
            socket.end(`${nonce}\r\n`);
          });
          server.once('error', () => resolve({ port, end: () => undefined, error: 10_048 }));
          server.listen({ host: address, port }, () => resolve({ port, end: () => void server.close(), error: 0 }));
        }),
    ),
  );
  const refused = opened.filter(({ error }) => error !== 0).map(({ port, error }) => ({ port, error }));
  channel.write(`${JSON.stringify({ ready: true, refused })}\r\n`);
  await inputEnded(channel, seconds * 1000);
  for (const { end } of opened) end();
  return accepted;
}

interface LockRequest {
  readonly file: string;
  readonly holder: string;
}

async function lock({ file, holder }: LockRequest, room: ScriptRoom, channel: ServerChannel): Promise<boolean> {
  const other = room.held.get(file);
  channel.write(`${JSON.stringify(other === undefined ? { locked: true } : { locked: false, holder: other })}\r\n`);
  if (other !== undefined) return false;
  room.held.set(file, holder);
  await inputEnded(channel, null);
  room.held.delete(file);
  return true;
}

async function tellTime(channel: ServerChannel): Promise<number> {
  let asked = 0;
  const tell = (): void => {
    channel.write(`${JSON.stringify({ answer: asked, timeMs: Date.now() })}\r\n`);
    asked += 1;
  };
  tell();
  channel.on('data', (bytes: Buffer) => {
    for (const byte of bytes) if (byte === 0x0a) tell();
  });
  await inputEnded(channel, null);
  return asked;
}

/** Resolves when the client has closed the input, the session has ended, or the time has passed. */
function inputEnded(channel: ServerChannel, limitMs: number | null): Promise<void> {
  return new Promise((resolve) => {
    const limit = limitMs === null ? undefined : setTimeout(resolve, limitMs);
    const end = (): void => {
      clearTimeout(limit);
      resolve();
    };
    channel.on('data', () => undefined);
    channel.once('end', end);
    channel.once('close', end);
  });
}
