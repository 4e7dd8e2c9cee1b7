import { homedir } from 'node:os';
import { join } from 'node:path';
import { PracticeError } from './practiceError.ts';

/** A set has exactly three servers, counted as a person counts them. */
export type ServerNumber = 1 | 2 | 3;

/** All server numbers, in order. */
export const serverNumbers: readonly ServerNumber[] = [1, 2, 3];

/** Where everything of one server is: derived from the set's prefix and subnet, whether or not the server exists. */
export interface ServerPlace {
  readonly number: ServerNumber;
  /** Machine name, e.g. `triad-1`. */
  readonly name: string;
  readonly address: string;
  readonly macAddress: string;
  /** Its end of the cable at the hub. */
  readonly hubPort: string;
  readonly folder: string;
  /** Mount point of its file system: all its files, also while it is off. */
  readonly rootFolder: string;
  /** Its own layer above the shared base system. */
  readonly upperFolder: string;
  readonly workFolder: string;
  /** Bind-mounted network namespace. */
  readonly networkFile: string;
  /** What it printed on its console since `up`. */
  readonly consoleFile: string;
}

/** Where everything of one set is. */
export interface SetPlace {
  readonly prefix: string;
  /** First three numbers of the /24, e.g. `10.77.0`. */
  readonly subnet: string;
  readonly cidr: string;
  /** This machine's address in the set's network. */
  readonly adminAddress: string;
  /** This machine's network interface into the set. */
  readonly adminInterface: string;
  readonly folder: string;
  readonly stateFile: string;
  readonly lockFile: string;
  /** Bind-mounted network namespace of the hub, which holds the bridge. */
  readonly hubFile: string;
  readonly keysFolder: string;
  readonly specFile: string;
  readonly sshConfigFile: string;
  readonly servers: readonly [ServerPlace, ServerPlace, ServerPlace];
}

const defaultPrefix = 'triad';
const defaultSubnet = '10.77.0';

/** Folder of all sets of this user; only `up` fills it and `down` empties it. */
export function practiceStateFolder(): string {
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'triad', 'practice');
}

/** Folder of what is built once and kept: base systems and their layers. May be deleted while no set is up. */
export function practiceCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'triad', 'practice');
}

/**
 * Names, addresses and folders of a set. Missing values come from TRIAD_PRACTICE_PREFIX and TRIAD_PRACTICE_SUBNET, then from the defaults.
 * A PracticeError names a value that cannot be used.
 */
export function placeSet(wanted: { readonly prefix?: string | undefined; readonly subnet?: string | undefined } = {}): SetPlace {
  const prefix = wanted.prefix ?? process.env['TRIAD_PRACTICE_PREFIX'] ?? defaultPrefix;
  const subnet = wanted.subnet ?? process.env['TRIAD_PRACTICE_SUBNET'] ?? defaultSubnet;
  // The kernel takes 15 characters for an interface, and `-admin` needs six of them.
  if (!/^[a-z][a-z0-9]{0,8}$/u.test(prefix)) {
    throw new PracticeError(`"${prefix}" cannot be a prefix: take 1 to 9 lower-case letters and digits, a letter first.`);
  }
  const bytes = subnet.split('.').map((byte) => (/^\d{1,3}$/u.test(byte) ? Number(byte) : Number.NaN));
  if (bytes.length !== 3 || bytes.some((byte) => !(byte <= 255)) || !isPrivate(bytes)) {
    throw new PracticeError(`"${subnet}" cannot be a subnet: give the first three numbers of a private /24, such as ${defaultSubnet}.`);
  }
  const folder = join(practiceStateFolder(), prefix);
  const at = { prefix, subnet: bytes.join('.'), folder };
  return {
    ...at,
    cidr: `${at.subnet}.0/24`,
    adminAddress: `${at.subnet}.1`,
    adminInterface: `${prefix}-admin`,
    stateFile: join(folder, 'set.json'),
    lockFile: join(practiceStateFolder(), `${prefix}.lock`),
    hubFile: join(folder, 'hub.net'),
    keysFolder: join(folder, 'keys'),
    specFile: join(folder, 'spec.yaml'),
    sshConfigFile: join(folder, 'ssh_config'),
    servers: [placeServer(at, 1), placeServer(at, 2), placeServer(at, 3)],
  };
}

/** Only private ranges: a practice set must never shadow an address that somebody else answers. */
function isPrivate([first = 0, second = 0]: readonly number[]): boolean {
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}

function placeServer(
  set: { readonly prefix: string; readonly subnet: string; readonly folder: string },
  number: ServerNumber,
): ServerPlace {
  const folder = join(set.folder, 'servers', String(number));
  const address = `${set.subnet}.${10 + number}`;
  const addressBytes = address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return {
    number,
    name: `${set.prefix}-${number}`,
    address,
    // The same card after every boot: with a new one, its peers would send to the old for as long as they remember it.
    macAddress: ['02', '54', ...addressBytes].join(':'),
    hubPort: `s${number}`,
    folder,
    rootFolder: join(folder, 'root'),
    upperFolder: join(folder, 'upper'),
    workFolder: join(folder, 'work'),
    networkFile: join(folder, 'net'),
    consoleFile: join(folder, 'console.log'),
  };
}

/** The place of server `number`. */
export function serverAt(set: SetPlace, number: ServerNumber): ServerPlace {
  const [first, second, third] = set.servers;
  return number === 1 ? first : number === 2 ? second : third;
}
