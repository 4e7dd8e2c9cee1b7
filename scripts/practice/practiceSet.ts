import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepareBaseSystem } from './baseSystem.ts';
import { makeCredentials, type Credentials } from './credentials.ts';
import { mustLockFile } from './fileLock.ts';
import { ensureHostTools, requireRootOnLinux, type Progress } from './hostTools.ts';
import { applyBlocks, type BlockMode, type BlockSource, type PortBlock } from './portBlocks.ts';
import { PracticeError } from './practiceError.ts';
import { makeServer, runInServer } from './practiceServers.ts';
import { practiceSpec, specEnvironment } from './practiceSpec.ts';
import type { CommandResult } from './runCommand.ts';
import { wipeFolder } from './serverFiles.ts';
import { loginOf, type ServerLogin } from './serverLogin.ts';
import { awaitReady, cutServer, powerOffServer, startServer } from './serverPower.ts';
import { findServerProcesses } from './serverProcesses.ts';
import { resolveVariant, variantFor, type ServerVariant, type SetVariant } from './serverVariant.ts';
import { createNetwork, removeNetwork } from './setNetwork.ts';
import { placeSet, serverAt, serverNumbers, type ServerNumber, type ServerPlace, type SetPlace } from './setPlace.ts';
import { readState, writeState, type SetState } from './setState.ts';
import { writeSshConfig } from './sshConfig.ts';

export interface UpOptions extends SetVariant {
  /** New servers even if the set is up and as wanted. */
  readonly fresh?: boolean;
  /** The users' password, instead of a random one. */
  readonly password?: string;
  /** The passphrase of the key for `keyWithPassphrase`, instead of a random one. */
  readonly passphrase?: string;
}

export interface ResetOptions extends SetVariant {
  /** Only these servers; the others go on as they are. */
  readonly only?: readonly ServerNumber[];
  /** `change`: the servers show new host keys, as after being replaced. Default `keep`. */
  readonly hostKeys?: 'keep' | 'change';
}

export interface ServerStatus {
  readonly number: ServerNumber;
  readonly name: string;
  readonly address: string;
  readonly power: 'on' | 'off';
}

export interface SetStatus {
  /** `broken`: an `up` was cut short; `up` and `down` both clean it. */
  readonly state: 'down' | 'broken' | 'up';
  readonly servers: readonly ServerStatus[];
  readonly blocks: readonly PortBlock[];
}

/** Three practice servers. Every command can be given by another process than the one that started them. */
export interface PracticeSet {
  readonly place: SetPlace;
  readonly servers: readonly ServerPlace[];
  /** Keys, passwords and passphrase that open the servers. Throws while the set is down. */
  readonly login: Credentials;
  /** How to log in to one server. Throws while the set is down. */
  loginOf(server: ServerNumber): ServerLogin;
  /** `SHA256:...` of the server's host key. Throws while the set is down. */
  fingerprintOf(server: ServerNumber): string;
  /**
   * Brings the set up: three servers, ready for SSH. A set that is up stays as it is (`alreadyUp`; servers that are off are powered on) unless
   * the options say something else than it was made with. Whatever a killed run left behind is cleared away first.
   */
  up(options?: UpOptions): Promise<'started' | 'alreadyUp'>;
  /** Takes everything away. It does not matter what of it is there. */
  down(): Promise<void>;
  /** New servers in place of the old. Without a variant in the options they are as before, with one exactly as it says. Removes all blocks. */
  reset(options?: ResetOptions): Promise<void>;
  status(): SetStatus;
  /** Ends servers in an instant, without a word to anybody. */
  powerCut(...servers: readonly ServerNumber[]): Promise<void>;
  /** Boots servers that are off and waits until they are ready. */
  powerOn(...servers: readonly ServerNumber[]): Promise<void>;
  /** Shuts servers down in order. */
  powerOff(...servers: readonly ServerNumber[]): Promise<void>;
  /** Shuts servers down, boots them and waits until they are ready. */
  reboot(...servers: readonly ServerNumber[]): Promise<void>;
  /** Runs `action`, which makes the server reboot itself, and waits until it is ready again. */
  awaitReboot(server: ServerNumber, action: () => Promise<unknown>): Promise<void>;
  /** Adds an obstacle to the network between servers, or between this machine and servers; see `applyBlocks`. */
  block(from: BlockSource, to: ServerNumber, port: number | 'any', mode?: BlockMode): Promise<void>;
  /** Removes all obstacles. */
  unblock(): Promise<void>;
  /** Runs a script as root in the server, past its network and sshd: for assertions. */
  run(
    server: ServerNumber,
    script: string,
    options?: { readonly input?: string | Buffer; readonly timeoutMs?: number },
  ): Promise<CommandResult>;
  /** The server's journal since its boot, or its console when it is off. */
  logs(server: ServerNumber): Promise<string>;
  /** The server's `/`, also while it is off. */
  rootFolder(server: ServerNumber): string;
  /** A Triad specification of the set, and the values of the environment variables it refers to. */
  spec(): { readonly yaml: string; readonly environment: Readonly<Record<string, string>> };
}

const lockWaitMs = 15 * 60_000;

/** A set of practice servers, existing or not. Nothing happens before one of its functions is called. */
export function openPracticeSet(
  wanted: { readonly prefix?: string; readonly subnet?: string; readonly progress?: Progress } = {},
): PracticeSet {
  const place = placeSet(wanted);
  const progress = wanted.progress ?? ((): void => undefined);
  const at = (number: ServerNumber): ServerPlace => serverAt(place, number);

  const stateOrThrow = (): SetState => {
    const state = readState(place);
    if (state !== undefined) return state;
    throw new PracticeError(`The practice servers "${place.prefix}" are down: bring them up first.`);
  };
  const sshPortOf = (number: ServerNumber): number => resolveVariant(stateOrThrow().variants[number]).sshPort;

  /** One command at a time on a set, whichever process gives it. */
  async function exclusively<Result>(work: () => Promise<Result>, options: { readonly remove?: boolean } = {}): Promise<Result> {
    requireRootOnLinux();
    await ensureHostTools(progress);
    const lock = await mustLockFile(place.lockFile, `the practice servers "${place.prefix}"`, {
      waitMs: lockWaitMs,
      onWait: (pid) => progress(`Waiting for another command on the practice servers "${place.prefix}" (process ${pid}).`),
    });
    try {
      return await work();
    } finally {
      await lock.release(options);
    }
  }

  async function clear(): Promise<void> {
    for (const server of place.servers) await cutServer(place, server);
    await wipeFolder(place.folder);
    await removeNetwork(place);
  }

  async function makeServers(numbers: readonly ServerNumber[], state: SetState, renewHostKey: boolean): Promise<void> {
    const fingerprints = { ...state.fingerprints };
    const make = async (number: ServerNumber): Promise<void> => {
      const variant = state.variants[number];
      fingerprints[number] = await makeServer(place, at(number), { variant, credentials: state.credentials, renewHostKey, progress });
    };
    const made = await Promise.allSettled(numbers.map(make));
    const failed = made.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    const finished: SetState = { ...state, fingerprints, complete: true };
    writeState(place, finished);
    writeFileSync(place.specFile, practiceSpec(place, finished), { mode: 0o600 });
    writeSshConfig(place, finished);
  }

  async function boot(numbers: readonly ServerNumber[]): Promise<void> {
    const off = numbers.filter((number) => findServerProcesses(at(number)).keepers.length === 0);
    for (const number of off) {
      // A server that ended in its keeper's absence may have left its cable.
      await cutServer(place, at(number));
      startServer(place, at(number));
    }
    await Promise.all(numbers.map((number) => awaitReady(at(number), sshPortOf(number))));
  }

  async function changeBlocks(change: (blocks: readonly PortBlock[]) => readonly PortBlock[]): Promise<void> {
    await exclusively(async () => {
      const state = stateOrThrow();
      const blocks = change(state.blocks);
      writeState(place, { ...state, blocks });
      await applyBlocks(place, blocks);
    });
  }

  return {
    place,
    servers: place.servers,
    get login() {
      return stateOrThrow().credentials;
    },
    loginOf: (number) => loginOf(stateOrThrow(), number),
    fingerprintOf: (number) => stateOrThrow().fingerprints[number] ?? '',

    up: ({ fresh = false, password, passphrase, ...variant } = {}) =>
      exclusively(async () => {
        const variants = variantsOf(variant);
        const state = readState(place);
        const given = password === undefined && passphrase === undefined;
        if (!fresh && given && state?.complete === true && state.subnet === place.subnet && isAsWanted(state, variant)) {
          await boot(serverNumbers);
          return 'alreadyUp';
        }
        await clear();
        await prepareBaseSystem(progress);
        mkdirSync(place.folder, { recursive: true, mode: 0o700 });
        await createNetwork(place);
        const credentials = await makeCredentials(place, {
          ...(password === undefined ? {} : { password }),
          ...(passphrase === undefined ? {} : { passphrase }),
        });
        const started: SetState = {
          schemaVersion: 1,
          subnet: place.subnet,
          complete: false,
          credentials,
          variants,
          fingerprints: {},
          blocks: [],
        };
        writeState(place, started);
        progress(`Starting ${place.servers.map(({ name, address }) => `${name} (${address})`).join(', ')}.`);
        await makeServers(serverNumbers, started, true);
        return 'started';
      }),

    down: async () => {
      if (!existsSync(dirname(place.lockFile))) return;
      await exclusively(clear, { remove: true });
      removeEmptyFolders(dirname(place.lockFile));
    },

    reset: ({ only = serverNumbers, hostKeys = 'keep', ...variant } = {}) =>
      exclusively(async () => {
        const state = stateOrThrow();
        await applyBlocks(place, []);
        const wantedVariants =
          Object.keys(variant).length === 0 ? state.variants : { ...state.variants, ...pick(variantsOf(variant), only) };
        const resetting: SetState = { ...state, variants: wantedVariants, complete: false, blocks: [] };
        writeState(place, resetting);
        await makeServers(only, resetting, hostKeys === 'change');
      }),

    status: () => {
      const state = readState(place);
      const servers = place.servers.map((server): ServerStatus => {
        const { number, name, address } = server;
        return { number, name, address, power: findServerProcesses(server).init === undefined ? 'off' : 'on' };
      });
      const anything = existsSync(place.folder) || servers.some(({ power }) => power === 'on');
      return { state: state?.complete === true ? 'up' : anything ? 'broken' : 'down', servers, blocks: state?.blocks ?? [] };
    },

    powerCut: (...numbers) =>
      exclusively(async () => {
        await Promise.all(numbers.map((number) => cutServer(place, at(number))));
      }),
    powerOn: (...numbers) => exclusively(() => boot(numbers)),
    powerOff: (...numbers) =>
      exclusively(async () => {
        await Promise.all(numbers.map((number) => powerOffServer(place, at(number))));
      }),
    reboot: (...numbers) =>
      exclusively(async () => {
        await Promise.all(numbers.map((number) => powerOffServer(place, at(number))));
        await boot(numbers);
      }),
    awaitReboot: async (number, action) => {
      const before = findServerProcesses(at(number)).init;
      await action();
      await awaitReady(at(number), sshPortOf(number), before);
    },

    block: (from, to, port, mode = 'drop') => changeBlocks((blocks) => [...blocks, { from, to, port, mode }]),
    unblock: () => changeBlocks(() => []),

    run: (number, script, options) => runInServer(at(number), script, options),
    logs: async (number) => {
      if (findServerProcesses(at(number)).init === undefined) return readText(at(number).consoleFile);
      return (await runInServer(at(number), 'journalctl --boot --no-pager --output=short-precise')).stdout;
    },
    rootFolder: (number) => at(number).rootFolder,
    spec: () => ({ yaml: practiceSpec(place, stateOrThrow()), environment: specEnvironment(place, stateOrThrow()) }),
  };
}

function variantsOf(variant: SetVariant): Record<ServerNumber, ServerVariant> {
  return { 1: variantFor(variant, 1), 2: variantFor(variant, 2), 3: variantFor(variant, 3) };
}

function pick(
  variants: Readonly<Record<ServerNumber, ServerVariant>>,
  only: readonly ServerNumber[],
): Partial<Record<ServerNumber, ServerVariant>> {
  return Object.fromEntries(only.map((number) => [number, variants[number]]));
}

/** Nothing said about variants fits any set. */
function isAsWanted(state: SetState, variant: SetVariant): boolean {
  if (Object.keys(variant).length === 0) return true;
  return JSON.stringify(serverNumbers.map((n) => state.variants[n])) === JSON.stringify(serverNumbers.map((n) => variantsOf(variant)[n]));
}

/** Removes the folder and those above it that only practice sets use, as far as they are empty. */
function removeEmptyFolders(folder: string): void {
  try {
    rmdirSync(folder);
    rmdirSync(join(folder, '..'));
  } catch {
    // Another set is there, or it is gone already.
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
