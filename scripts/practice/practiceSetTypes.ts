import type { Credentials } from './credentials.ts';
import type { BlockMode, BlockSource, PortBlock } from './portBlocks.ts';
import type { CommandOptions, CommandResult } from './runCommand.ts';
import type { ServerLogin } from './serverLogin.ts';
import type { SetVariant } from './serverVariant.ts';
import type { ServerNumber, ServerPlace, SetPlace } from './setPlace.ts';
import type { ArchiveInState, WindowsAccess } from './windows/windowsAccess.ts';

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
  /** Boots servers that are off and waits until they are ready: in vain if this machine is blocked from their SSH port. */
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
  /** Runs a command by the ssh client, logged in as the specification says, and as its user's shell takes it. */
  ssh(server: ServerNumber, command: string, options?: CommandOptions): Promise<CommandResult>;
  /** The server's journal since its boot, or its console when it is off. */
  logs(server: ServerNumber): Promise<string>;
  /** The server's `/`, also while it is off; of a Windows server its `C:\`. */
  rootFolder(server: ServerNumber): string;
  /** What its servers are made as. Throws while the set is down. */
  kind(): 'linux' | 'windows' | 'mixed';
  /** What only a Windows server has. A PracticeError for a Linux server. */
  windows(server: ServerNumber): WindowsAccess;
  /** The archive of Redis that goes onto the set's Windows servers. A PracticeError where there are none. */
  windowsArchive(): ArchiveInState;
  /** An archive in the form of Memurai's program folder, for the set's Windows servers: the same Redis behind other names. Made on the first call. */
  memuraiArchive(): Promise<ArchiveInState>;
  /** A Triad specification of the set, and the values of the environment variables it refers to. */
  spec(): { readonly yaml: string; readonly environment: Readonly<Record<string, string>> };
}
