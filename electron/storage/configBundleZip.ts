import { zipSync, type Zippable } from 'fflate';
import { BUNDLE_LIMITS, isBundlePath, type BundlePart } from '../shared/domain/configBundle.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { say } from '../shared/messages/message.ts';
import { readZip, wholeFile } from './zipFile.ts';

/** The earliest moment that a zip can hold, as the local time that fflate reads it as: every file of every bundle bears it. */
const FIXED_MOMENT = new Date(1980, 0, 1);

/**
 * Makes the zip of a bundle: the parts in the order given, all with one moment and no attributes, so that the same parts give the same bytes. By fflate
 * and not by Node's zlib, whose compression differs from version to version and between Node and Electron.
 */
export function zipParts(parts: readonly BundlePart[]): Uint8Array {
  const files: Zippable = {};
  for (const { path, bytes } of parts) files[path] = [bytes, { mtime: FIXED_MOMENT, level: path.endsWith('.gz') ? 0 : 6 }];
  return zipSync(files);
}

/**
 * The parts in a bundle's zip, all in memory, as {@link readZip} proves them: nothing in it that Triad never writes. Throws `configBundle.damaged` and
 * `configBundle.unsafe`.
 * @param file how failures name the file
 */
export function unzipParts(archive: Uint8Array, file: string): readonly BundlePart[] {
  const parts = readZip(archive, {
    limits: BUNDLE_LIMITS,
    isForeign: false,
    isPath: isBundlePath,
    refuse: (kind, part, reason, values) =>
      fail(kind === 'damaged' ? 'configBundle.damaged' : 'configBundle.unsafe', adminSubject, {
        values: { file, part: part ?? wholeFile(), reason: say({ code: `storage.zip.${reason}`, values }) },
      }),
  });
  return [...parts].map(({ path, bytes }) => ({ path, bytes }));
}
