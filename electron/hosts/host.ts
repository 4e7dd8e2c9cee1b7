import type { Duplex } from 'node:stream';
import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import type { MatrixCell } from '../shared/domain/matrix.ts';
import type { HostKey, Privilege, ServerFacts } from '../shared/domain/server.ts';

/** Bounds of one call. `deadlineMs` counts from the call, connecting and waiting for a free session included. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly deadlineMs?: number;
}

/** A script for the server's own language, run as root. `input` follows it on standard input: the only way for secrets and file contents. */
export interface HostScript {
  /** Short name for logs and failures, such as `gatherFacts`. */
  readonly name: string;
  readonly script: string;
  readonly input?: readonly Uint8Array[];
}

/** What a script left behind. Output begins after anything that a login shell printed. */
export interface ScriptResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A script that goes on until it is ended; closing its standard input must end it on the server. */
export interface RunningScript {
  /** Resolves with the first output line that satisfies the predicate; rejects when the script ends, the deadline passes or the signal aborts. */
  waitForLine(isIt: (line: string) => boolean, options?: CallOptions): Promise<string>;
  /** Sends something to its standard input; nothing happens when it or its connection has ended. */
  write(bytes: Uint8Array | string): void;
  /** Closes standard input and waits until the script has ended on the server. */
  end(options?: CallOptions): Promise<ScriptResult>;
}

/** Runs scripts as root on one server. Success is the exit code, never the text. */
export interface HostShell {
  /** Runs to the end. A code other than 0 throws `host.commandFailed` unless `run` is told which codes are answers. */
  run(script: HostScript, options?: CallOptions & { readonly answers?: readonly number[] }): Promise<ScriptResult>;
  /** `options` bound the start only; the script runs until it is ended, its connection dies, or `lifetimeMs` has passed on the server. */
  start(script: HostScript, options?: CallOptions & { readonly lifetimeMs?: number }): Promise<RunningScript>;
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

/** Counts of SSH traffic, for the benchmark. A round trip is one session, subsystem or forwarding that was opened. */
export interface RoundTrips {
  readonly connects: number;
  readonly sessions: number;
  readonly forwards: number;
}

/** A connection to one server, made by `detectHost`; the same for every operating system. All failures are `FailureError`s. */
export interface Host {
  readonly server: string;
  readonly hostKey: HostKey;
  readonly privilege: Privilege;
  readonly shell: HostShell;
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
  readonly roundTrips: RoundTrips;
  /** Resolves when the connection has ended for a reason other than `close`, with that failure. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
}
