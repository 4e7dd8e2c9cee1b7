import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file with its size and SHA-256, as manifests name it. */
export interface PinnedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Measures a file of a folder. */
export async function pinFile(folder: string, name: string): Promise<PinnedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(createReadStream(join(folder, name)), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  });
  return { name, sizeBytes, sha256: hash.digest('hex') };
}
