import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepareBaseSystem } from './baseSystem.ts';
import { makeCredentials } from './credentials.ts';
import { mustLockFile } from './fileLock.ts';
import { ensureHostTools, requireRootOnLinux, type Progress } from './hostTools.ts';
import { applyBlocks, type PortBlock } from './portBlocks.ts';
import { PracticeError } from './practiceError.ts';
import { makeServer, runInServer } from './practiceServers.ts';
import type { PracticeSet, ServerStatus, SetStatus } from './practiceSetTypes.ts';
import { practiceSpec, specEnvironment } from './practiceSpec.ts';
import { wipeFolder } from './serverFiles.ts';
import { loginOf } from './serverLogin.ts';
import { awaitReady, cutServer, powerOffServer, startServer } from './serverPower.ts';
import { findServerProcesses } from './serverProcesses.ts';
import { resolveVariant, sameVariant, variantFor, type ServerVariant, type SetVariant } from './serverVariant.ts';
import { createNetwork, removeNetwork } from './setNetwork.ts';
import { placeSet, serverAt, serverNumbers, type ServerNumber, type ServerPlace } from './setPlace.ts';
import { readState, writeState, type SetState } from './setState.ts';
import { runOverSsh, writeSshConfig } from './sshConfig.ts';
import { isWindowsServer } from './windows/hostConfig.ts';
import { preparePracticeArchive, preparePracticeMemurai } from './windows/practiceArchive.ts';
import { openWindowsAccess } from './windows/windowsAccess.ts';

export type { PracticeSet, UpOptions } from './practiceSetTypes.ts';

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

  function status(): SetStatus {
    const state = readState(place);
    const servers = place.servers.map((server): ServerStatus => {
      const { number, name, address } = server;
      return { number, name, address, power: findServerProcesses(server).init === undefined ? 'off' : 'on' };
    });
    const anything =
      existsSync(place.folder) || existsSync(join('/sys/class/net', place.adminInterface)) || servers.some(({ power }) => power === 'on');
    return { state: state?.complete === true ? 'up' : anything ? 'broken' : 'down', servers, blocks: state?.blocks ?? [] };
  }

  /** One command at a time on a set, whichever process gives it. */
  async function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    requireRootOnLinux();
    await ensureHostTools(progress);
    const lock = await mustLockFile(place.lockFile, `the practice servers "${place.prefix}"`, {
      waitMs: lockWaitMs,
      onWait: (pid) => progress(`Waiting for another command on the practice servers "${place.prefix}" (process ${pid}).`),
    });
    try {
      return await work();
    } finally {
      const gone = !existsSync(place.folder);
      await lock.release({ remove: gone });
      if (gone) removeEmptyFolders(dirname(place.lockFile));
    }
  }

  async function clear(): Promise<void> {
    await Promise.all(place.servers.map((server) => cutServer(place, server)));
    await removeNetwork(place);
    // Last: while the folder is there, the set is known not to be down.
    await wipeFolder(place.folder);
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
    const { windowsArchive: _, ...rest } = state;
    const finished: SetState = { ...rest, ...(await archiveFor(state)), fingerprints, complete: true };
    writeState(place, finished);
    writeFileSync(place.specFile, practiceSpec(place, finished), { mode: 0o600 });
    writeSshConfig(place, finished);
  }

  async function archiveFor({ variants }: SetState): Promise<Pick<SetState, 'windowsArchive'>> {
    if (serverNumbers.every((number) => resolveVariant(variants[number]).windows === undefined)) return {};
    const { file, sha256 } = await preparePracticeArchive(progress);
    return { windowsArchive: { file, sha256 } };
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
        if (serverNumbers.some((number) => resolveVariant(variants[number]).windows === undefined)) await prepareBaseSystem(progress);
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
      // Nothing to take away, so nothing is installed for it.
      if (status().state === 'down') return;
      await exclusively(clear);
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

    status,

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
    ssh: (number, command, options) => runOverSsh(place, stateOrThrow(), at(number), command, options),
    logs: async (number) => {
      if (findServerProcesses(at(number)).init === undefined || isWindowsServer(at(number).folder)) return readText(at(number).consoleFile);
      return (await runInServer(at(number), 'journalctl --boot --no-pager --output=short-precise')).stdout;
    },
    rootFolder: (number) => (isWindowsServer(at(number).folder) ? openWindowsAccess(at(number).folder).driveC : at(number).rootFolder),
    kind: () => {
      const { variants } = stateOrThrow();
      const windows = serverNumbers.filter((number) => resolveVariant(variants[number]).windows !== undefined).length;
      return windows === 0 ? 'linux' : windows === serverNumbers.length ? 'windows' : 'mixed';
    },
    windows: (number) => {
      if (isWindowsServer(at(number).folder)) return openWindowsAccess(at(number).folder);
      throw new PracticeError(`${at(number).name} is no Windows server.`);
    },
    windowsArchive: () => {
      const { windowsArchive } = stateOrThrow();
      if (windowsArchive !== undefined) return windowsArchive;
      throw new PracticeError(`None of the practice servers "${place.prefix}" is a Windows server.`);
    },
    memuraiArchive: async () => {
      const { file, sha256 } = await preparePracticeMemurai(progress);
      return { file, sha256 };
    },
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
  return (
    Object.keys(variant).length === 0 || serverNumbers.every((number) => sameVariant(state.variants[number], variantFor(variant, number)))
  );
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
