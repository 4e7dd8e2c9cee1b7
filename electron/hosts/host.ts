import type { Duplex } from 'node:stream';
import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import type { Fault } from '../shared/domain/fault.ts';
import type { WindowsAbout } from '../shared/domain/firstRun.ts';
import type { MatrixCell } from '../shared/domain/matrix.ts';
import type { Platform } from '../shared/domain/platform.ts';
import type { HostKey, Privilege, ServerFacts } from '../shared/domain/server.ts';

/** Bounds of one call. `deadlineMs` counts from the call, connecting and waiting for a free session included. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
}

/** What to look at; everything is read in one round trip. */
export interface ObserveRequest {
  /** Paths whose kind, owner, mode, size and SHA-256 are wanted; no hash is made of a Redis snapshot (`*.rdb`). */
  readonly paths: readonly string[];
  /** Those of `paths` whose text is wanted too (small text files without secrets). */
  readonly contentOf: readonly string[];
  readonly units: readonly string[];
  /** Ports whose owner is wanted. */
  readonly ports: readonly number[];
  /** Folders whose file system is wanted. */
  readonly disks: readonly string[];
  readonly serviceUser: string;
  /** Folders of which is wanted whether the service user may write there. */
  readonly serviceFolders: readonly string[];
  /** Logs of Redis or Valkey of which is wanted what trouble they tell of. */
  readonly logs: readonly string[];
  /** Since when trouble in the logs is wanted, UTC on the admin's clock; since the last start in each where nothing is said. */
  readonly logsSince?: string | undefined;
  /** Mark that Triad's own firewall rules carry, such as `triad:sessions`. */
  readonly firewallTag: string;
}

/** A port to try from a server, with the word that our listener there answers; null where a cluster node is expected to listen. */
export interface ProbeTarget {
  readonly to: string;
  readonly address: string;
  readonly port: number;
  readonly nonce: string | null;
}

/** A file's bytes by the id of the change that writes it: unpacked text, or the gzip of a binary. */
export type ChangePayload = ReadonlyMap<string, Uint8Array>;

/** Temporary listeners that answer each connection with a word of their port, until ended, lost or past their deadline. */
export interface Listeners {
  /** Ports that could not be listened on, with the reason. */
  readonly refused: readonly { readonly port: number; readonly reason: string }[];
  end(): Promise<void>;
}

/** A reservation of a server. It sends signs of life until it is ended, and goes with the connection: the next run finds the server free. */
export interface HostLock {
  end(options?: CallOptions): Promise<void>;
}

/** What came of wanting a server for oneself. */
export type LockOutcome =
  | { readonly kind: 'taken'; readonly lock: HostLock }
  | { readonly kind: 'held'; readonly holder: string }
  /** No run holds the server, but changes of one whose connection was lost go on. */
  | { readonly kind: 'earlierBatch' };

/** Faults on purpose. Each step may be done again; all throw when the server refuses. */
export interface HostFaults {
  /** Places the undo on the victim itself, so that it happens even when this machine, its network or Triad dies at that moment. */
  prepare(fault: Fault, options?: CallOptions): Promise<void>;
  /** Does it; returns when the nodes are gone. */
  inject(fault: Fault, options?: CallOptions): Promise<void>;
  /** Takes everything back, also when nothing was injected, and throws when a node does not run afterwards. */
  heal(fault: Fault, options?: CallOptions): Promise<void>;
}

/** What only a Windows server can be asked for, for the first run on real ones. */
export interface WindowsAbilities {
  /** What the server says of itself, and how Windows describes these services. */
  about(services: readonly string[], options?: CallOptions): Promise<WindowsAbout>;
  /** Ends a process at once, as a crash does. */
  endProcess(pid: number, options?: CallOptions): Promise<void>;
  /** Has Microsoft Defender leave folders alone. Throws `host.defenderRefused` where a policy or its tamper protection decides otherwise. */
  excludeFromDefender(paths: readonly string[], options?: CallOptions): Promise<void>;
  /** Takes that back. */
  includeInDefender(paths: readonly string[], options?: CallOptions): Promise<void>;
}

/** The end of a node's log, with what was put aside of it where the log itself is short. */
export interface LogEnd {
  readonly path: string;
  readonly state: 'read' | 'absent' | 'unread';
  readonly text: string;
  /** Nothing was written before what is here, as far as files are kept. */
  readonly isWhole: boolean;
  /** How far its times are from UTC; null where that could not be told. */
  readonly zoneMinutes: number | null;
}

/** Counts of SSH traffic, for the benchmark. A round trip is one session, subsystem or forwarding that was opened. */
export interface RoundTrips {
  readonly connects: number;
  readonly sessions: number;
  readonly forwards: number;
}

/** A connection to one server, made by `detectHost`; the same for every operating system. All failures are `FailureError`s. */
export interface Host {
  readonly server: string;
  readonly platform: Platform;
  readonly hostKey: HostKey;
  readonly privilege: Privilege;
  observe(request: ObserveRequest, options?: CallOptions): Promise<ServerFacts>;
  /**
   * Applies changes in their order in one round trip. Files are written beside their place, synced and renamed; a replaced file is kept as
   * `NAME.triad-before`. A change that the kernel refuses is reported as `refused`; any other failure stops the batch and throws.
   */
  apply(changes: readonly Change[], payload: ChangePayload, options?: CallOptions): Promise<readonly ChangeOutcome[]>;
  /** Listens on the server's own address; ends by itself after `lifetimeMs` whatever becomes of the connection. */
  listen(
    address: string,
    ports: readonly { readonly port: number; readonly nonce: string }[],
    lifetimeMs: number,
    options?: CallOptions,
  ): Promise<Listeners>;
  /** Tries all targets at once from this server, each for at most `timeoutMs`. */
  probe(targets: readonly ProbeTarget[], timeoutMs: number, options?: CallOptions): Promise<readonly MatrixCell[]>;
  /** A TCP stream from this server to an address that it can reach (SSH forwarding). */
  forward(address: string, port: number, options?: CallOptions): Promise<Duplex>;
  /** Whether the server is on its way down or not up yet, although it lets us in: it cannot be counted on. */
  isBetweenBoots(options?: CallOptions): Promise<boolean>;
  /**
   * Reserves the server for one run, whatever its cluster, under a name that others are told. Waits for changes of an earlier run whose connection was lost;
   * for no other holder.
   */
  holdLock(holder: string, options?: CallOptions): Promise<LockOutcome>;
  /**
   * How many milliseconds ago the node whose log this is last began an election; null where its log tells of none. Only the log knows: Redis keeps the moment
   * to itself.
   */
  lastElectionAgoMs(logFile: string, options?: CallOptions): Promise<number | null>;
  /** The ends of these logs of nodes, in one round trip and in their order; a few hundred kB of each at most. */
  readLogs(logFiles: readonly string[], options?: CallOptions): Promise<readonly LogEnd[]>;
  /** The text of a small file that holds a secret; kept nowhere, and never part of a failure. */
  readSecretFile(path: string, options?: CallOptions): Promise<string>;
  readonly faults: HostFaults;
  /** Only of a Windows server. */
  readonly windows?: WindowsAbilities;
  readonly roundTrips: RoundTrips;
  /** Resolves when the connection has ended for a reason other than `close`, with that failure. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
}
