import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedWindowsVariant } from './windowsVariant.ts';

/** What the host process of one practice Windows server is told; it lies beside the server's files, not in them. */
export interface HostConfig {
  readonly name: string;
  readonly sshPort: number;
  readonly localSubnet: string;
  readonly user: string;
  /** Undefined where only the key opens. */
  readonly password: string | undefined;
  readonly acceptsKeys: boolean;
  readonly hostKeyFile: string;
  readonly variant: ResolvedWindowsVariant;
}

/** Files of one practice Windows server beside its disk, by what they are for. */
export function windowsFiles(serverFolder: string): {
  readonly config: string;
  /** The Wine prefix. */
  readonly prefix: string;
  readonly driveC: string;
  /** Where the Linux programs behind Redis' .exe files have their root: `/c` in it is `C:\`. */
  readonly msysRoot: string;
  /** Every call of a stand-in, one JSON object a line. */
  readonly calls: string;
  /** Access lists that were set, which Wine does not keep. */
  readonly rights: string;
  /** Answers that a test has given for tools: `GoldenAnswer[]`. */
  readonly golden: string;
  /** Its Microsoft Defender: `PracticeDefender`. */
  readonly defender: string;
} {
  const prefix = join(serverFolder, 'root');
  return {
    config: join(serverFolder, 'windows.json'),
    prefix,
    driveC: join(prefix, 'drive_c'),
    msysRoot: join(serverFolder, 'msys'),
    calls: join(serverFolder, 'toolCalls.jsonl'),
    rights: join(serverFolder, 'rights.json'),
    golden: join(serverFolder, 'golden.json'),
    defender: join(serverFolder, 'defender.json'),
  };
}

/** Reads what `makeWindowsServer` wrote. */
export function readHostConfig(serverFolder: string): HostConfig {
  return JSON.parse(readFileSync(windowsFiles(serverFolder).config, 'utf8')) as HostConfig;
}

/** Whether a server was made as a Windows server, also while it is off. */
export function isWindowsServer(serverFolder: string): boolean {
  return existsSync(windowsFiles(serverFolder).config);
}
