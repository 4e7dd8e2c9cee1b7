import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packProgram } from './serverBundleArchive.ts';
import { BundleError } from './serverBundle.ts';
import type { ServerBundleFile } from './serverBundleShape.ts';

const NAME = 'triad-service.exe';

/** Triad's own program for Windows servers, as it is uploaded to look with. Null where this copy of Triad has none. */
export interface WindowsHelper {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The helper that lies beside the server bundles, proved by the hash that was recorded when it was built. Throws `bundle.damaged` where it is another one.
 * @param bundles folder of the server bundles (`resources/redis`)
 */
export async function loadWindowsHelper(bundles: string): Promise<WindowsHelper | null> {
  const folder = join(dirname(bundles), 'windows-service');
  const [bytes, record] = await Promise.all([readOrNull(join(folder, 'build', NAME)), readOrNull(join(folder, 'triad-service.sha256'))]);
  if (bytes === null) return null;
  const recorded = /^([0-9a-f]{64}) {2}triad-service\.exe$/mu.exec(record?.toString('utf8') ?? '')?.[1];
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== recorded) throw new BundleError('bundle.damaged', NAME);
  return { bytes, sha256 };
}

/** The helper among the programs of a bundle. Its hash is in its name: another version lies beside it, and no running service holds the new one's file. */
export async function bundledHelper({ bytes, sha256 }: WindowsHelper): Promise<ServerBundleFile> {
  return packProgram(`triad-service-${sha256.slice(0, 8)}.exe`, bytes);
}
