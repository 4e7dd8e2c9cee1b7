import type { CallOptions } from '../host.ts';

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
