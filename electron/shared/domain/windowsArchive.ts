import { z } from 'zod';
import { EngineVersion, Sha256 } from './catalogue.ts';
import { WindowsDistribution } from './windowsDistribution.ts';

/** The C runtime of this build. It decides which limits count; the same programs on Cygwin stopped by themselves where this one did not. */
const RUNTIME = 'msys2';

/** How the file of a release is called. */
export function windowsArchiveName(version: string): string {
  return `Redis-${version}-Windows-x64-${RUNTIME}.zip`;
}

/** How many characters of its SHA-256 are typed to use an archive that nobody has vouched for. */
export const TYPED_CHARACTERS = 8;

/** Sizes beyond which an archive for Windows servers is refused; a release with its service program has about 30 parts and 150 MB. */
export const WINDOWS_ARCHIVE_LIMITS = {
  archiveBytes: 300 * 1024 ** 2,
  parts: 200,
  partBytes: 200 * 1024 ** 2,
  totalBytes: 300 * 1024 ** 2,
  ratio: 200,
  ratioFromBytes: 1024 ** 2,
} as const;

/** The releases for Windows servers that are known by their hash, as `resources/redis/windows-catalogue.json` lists them. */
export const WindowsCatalogue = z
  .strictObject({
    schemaVersion: z.literal(1),
    /** For whoever opens the file. */
    about: z.string().min(1),
    /** Older versions are refused. */
    oldest: EngineVersion,
    releases: z.array(
      z.strictObject({
        version: EngineVersion,
        file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*\.zip$/u),
        sha256: Sha256,
        /** Where the hash stands for everybody to compare. */
        source: z.url({ protocol: /^https$/u }),
      }),
    ),
  })
  .superRefine(({ releases }, context) => {
    releases.forEach(({ sha256 }, index) => {
      if (releases.findIndex((other) => other.sha256 === sha256) < index)
        context.addIssue({ code: 'custom', message: 'named twice', path: ['releases', index] });
    });
  });
export type WindowsCatalogue = z.infer<typeof WindowsCatalogue>;

/** What an archive for Windows servers holds, as it was found. Nothing of it was run. */
export const WindowsArchive = z.object({
  /** The name of the file, without its folder. */
  name: z.string(),
  sizeBytes: z.number(),
  sha256: Sha256,
  distribution: WindowsDistribution,
  /** Of Redis, or the one that the distribution says it is compatible with. */
  version: EngineVersion,
  /** The distribution's own, where it has one and its program says it. */
  productVersion: z.string().nullable(),
  /** SPDX expression of the licence of its programs: that of Redis in this version, or of the distribution's own. */
  licence: z.string(),
  /** The known list has this hash. */
  isListed: z.boolean(),
  /** What is put on every Windows server, the server program first. */
  files: z.array(z.object({ name: z.string(), sizeBytes: z.number(), sha256: Sha256 })),
  /** What lies in the archive and is not put on servers, by its name. */
  leftOut: z.array(z.string()),
});
export type WindowsArchive = z.infer<typeof WindowsArchive>;

/**
 * Who vouches for an archive: the list that comes with Triad, a hash that the admin took from the release page, or the admin alone, who typed its beginning.
 * `different`: it is another file than the one that was named; `mistyped`: what was typed belongs to another file; `nobody`: it must not be used yet.
 */
export type WindowsArchiveTrust = 'listed' | 'published' | 'typed' | 'different' | 'mistyped' | 'nobody';

/** Whose word counts for an archive. A hash that was named and differs is never outweighed by anything. */
export function windowsArchiveTrust(
  archive: Pick<WindowsArchive, 'sha256' | 'isListed'>,
  words: { readonly published: string | undefined; readonly typed: string | undefined },
): WindowsArchiveTrust {
  const published = words.published?.trim().toLowerCase() ?? '';
  const typed = words.typed?.trim().toLowerCase() ?? '';
  if (published !== '' && published !== archive.sha256) return 'different';
  if (archive.isListed) return 'listed';
  if (published !== '') return 'published';
  if (typed === '') return 'nobody';
  return typed === archive.sha256.slice(0, TYPED_CHARACTERS) ? 'typed' : 'mistyped';
}

/** Whether an archive may be installed. */
export function isTrusted(trust: WindowsArchiveTrust): trust is 'listed' | 'published' | 'typed' {
  return trust === 'listed' || trust === 'published' || trust === 'typed';
}

/** Negative, zero or positive, as one version is older than, the same as or newer than another. */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [one, other].map((version) => version.split('.').map(Number));
  return [0, 1, 2].map((index) => (first?.[index] ?? 0) - (second?.[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Endings of texts that a licence agreement comes as. */
const TEXT_ENDINGS: readonly (string | undefined)[] = [undefined, 'rtf', 'txt', 'md', 'htm', 'html', 'pdf', 'doc', 'docx'];
/** Endings of programs, libraries and scripts, whatever they are called. */
const PROGRAM_ENDINGS: readonly (string | undefined)[] = ['exe', 'dll', 'msi', 'bat', 'cmd', 'ps1'];

/**
 * What a file beside the programs is of a licence, by its name: the `file` that lets them start, or the text of the `agreement`; null for any other. Their makers do not
 * say how theirs is called. No `.key`: that may be a private one of TLS.
 */
export function licencePartOf(name: string): 'file' | 'agreement' | null {
  const ending = /\.(?<ending>[^.]*)$/u.exec(name.toLowerCase())?.groups?.['ending'];
  if (ending === 'lic') return 'file';
  if (!/licen[cs]e/iu.test(name) || PROGRAM_ENDINGS.includes(ending)) return null;
  return TEXT_ENDINGS.includes(ending) ? 'agreement' : 'file';
}

/** The licence of Memurai's programs, which is commercial. */
export const MEMURAI_LICENCE = 'LicenseRef-Memurai';

/** The licence of Redis itself in a version, as an SPDX expression: BSD until 7.2, then two that are not open source, from 8.0 on the AGPL beside them. */
export function licenceOfRedis(version: string): string {
  if (compareVersions(version, '7.4.0') < 0) return 'BSD-3-Clause';
  const restricted = 'LicenseRef-RSALv2 OR SSPL-1.0';
  return compareVersions(version, '8.0.0') < 0 ? restricted : `${restricted} OR AGPL-3.0-only`;
}
