import { createHash } from 'node:crypto';
import { open, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import {
  BUNDLE_LIMITS,
  BUNDLE_PATHS,
  CONFIG_BUNDLE_FORMAT,
  CONFIG_BUNDLE_SCHEMA,
  ConfigBundleManifest,
  type BundlePart,
} from '../shared/domain/configBundle.ts';
import { fail, type FailureError } from '../shared/domain/failure.ts';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import type { Message } from '../shared/domain/message.ts';
import { message, say } from '../shared/messages/message.ts';
import { unzipParts, zipParts } from './configBundleZip.ts';
import { reasonOf } from './versionedFile.ts';

/** A bundle whose every part is what its manifest says. */
export interface VerifiedBundle {
  readonly manifest: ConfigBundleManifest;
  /** All parts but the manifest, by place. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Turns the parts of one schema version into those of the next, manifest included. The key is the version that a step starts from; version 1 is the first,
 * so there is none yet.
 */
export type BundleMigrations = Readonly<Record<number, (parts: readonly BundlePart[]) => readonly BundlePart[]>>;

const MIGRATIONS: BundleMigrations = {};

/** All that must be readable in the manifest of any version, older or newer. */
const AnyManifest = z.object({ format: z.literal(CONFIG_BUNDLE_FORMAT), schemaVersion: z.int().min(0).max(1_000_000) });

/** A failure that names the file, the part of it, and what is wrong there. */
export function damagedPart(file: string, part: string, reason: Message): FailureError {
  return fail('configBundle.damaged', adminSubject, { values: { file, part, reason: say(reason) } });
}

/** The JSON of a part as a shape. Throws `configBundle.damaged`. */
export function parsePart<Shape extends z.ZodType>(
  bytes: Uint8Array,
  shape: Shape,
  place: { readonly file: string; readonly part: string },
): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    const reason = reasonOf(error).replaceAll(/\s+/gu, ' ').slice(0, 300);
    throw damagedPart(place.file, place.part, message('storage.bundle.content', { reason }));
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function manifestBytes(parts: readonly BundlePart[], file: string): Uint8Array {
  const found = parts.find(({ path }) => path === BUNDLE_PATHS.manifest);
  if (found === undefined) throw damagedPart(file, BUNDLE_PATHS.manifest, message('storage.bundle.notABundle'));
  return found.bytes;
}

/** The parts in the layout of this Triad. Throws `configBundle.tooNew` for a layout of a later one. */
function migrated(parts: readonly BundlePart[], file: string, migrations: BundleMigrations): readonly BundlePart[] {
  let now = parts;
  let { schemaVersion } = parsePart(manifestBytes(now, file), AnyManifest, { file, part: BUNDLE_PATHS.manifest });
  if (schemaVersion > CONFIG_BUNDLE_SCHEMA)
    throw fail('configBundle.tooNew', adminSubject, { values: { file, version: schemaVersion, known: CONFIG_BUNDLE_SCHEMA } });
  for (; schemaVersion < CONFIG_BUNDLE_SCHEMA; schemaVersion += 1) {
    const step = migrations[schemaVersion];
    if (step === undefined)
      throw damagedPart(file, BUNDLE_PATHS.manifest, message('storage.bundle.noSuchVersion', { version: schemaVersion }));
    now = step(now);
  }
  return now;
}

/**
 * Reads a bundle from its bytes and proves that every part is what the manifest says, no more and no less. Writes nothing.
 * Throws `configBundle.damaged`, `configBundle.unsafe` and `configBundle.tooNew`.
 */
export function verifyConfigBundle(archive: Uint8Array, file: string, migrations: BundleMigrations = MIGRATIONS): VerifiedBundle {
  const parts = migrated(unzipParts(archive, file), file, migrations);
  const manifest = parsePart(manifestBytes(parts, file), ConfigBundleManifest, { file, part: BUNDLE_PATHS.manifest });
  const others = new Map(parts.filter(({ path }) => path !== BUNDLE_PATHS.manifest).map(({ path, bytes }) => [path, bytes]));
  const listed = new Set<string>();
  for (const { path, sizeBytes, sha256 } of manifest.parts) {
    const bytes = others.get(path);
    if (bytes === undefined) throw damagedPart(file, path, message('storage.bundle.missing'));
    if (listed.has(path)) throw damagedPart(file, path, message('storage.bundle.listedTwice'));
    listed.add(path);
    if (bytes.length !== sizeBytes || sha256Of(bytes) !== sha256) throw damagedPart(file, path, message('storage.bundle.hash'));
  }
  for (const path of others.keys()) if (!listed.has(path)) throw damagedPart(file, path, message('storage.bundle.extra'));
  return { manifest, parts: others, sha256: sha256Of(archive), sizeBytes: archive.length };
}

/** Reads and verifies a bundle. Throws `configBundle.unreadable` and what {@link verifyConfigBundle} throws. */
export async function readConfigBundle(file: string): Promise<VerifiedBundle> {
  const unreadable = (reason: string, cause?: unknown): FailureError =>
    fail('configBundle.unreadable', adminSubject, { values: { file, reason }, cause });
  let bytes: Buffer;
  try {
    const handle = await open(file, 'r');
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw new Error(say(message('storage.bundle.noFile')));
      if (found.size > BUNDLE_LIMITS.archiveBytes)
        throw new Error(say(message('storage.zip.tooLarge', { limit: formatBytes(BUNDLE_LIMITS.archiveBytes) })));
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(reasonOf(error), error);
  }
  return verifyConfigBundle(bytes, file);
}

/** Writes a bundle so that a reader sees the old or the new file, readable by its owner only. Throws `storage.unwritable`. */
export async function writeConfigBundle(file: string, parts: readonly BundlePart[]): Promise<VerifiedBundle> {
  const bytes = zipParts(parts);
  // What could not be imported again is no bundle, whatever made it so.
  const verified = verifyConfigBundle(bytes, file);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, Buffer.from(bytes), { mode: 0o600 });
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  return verified;
}
