/** Everything that can be wrong with a server bundle or with an archive that an admin brings; the message catalogue has a text for each. */
export type BundleErrorCode =
  /** There is no bundle for this engine, version and platform. */
  | 'bundle.missing'
  /** A bundle is there, but a file of it is gone, changed, or says something that cannot be. */
  | 'bundle.damaged'
  /** The archive of an admin cannot be opened, or it is no tar.gz. */
  | 'bundle.unreadable'
  /** The archive is another one than the admin pinned. `values` has `expected` and `observed`. */
  | 'bundle.hashMismatch'
  /** The archive names paths outside itself, is absurdly large, or leaves open which of several files is meant. */
  | 'bundle.unsafe'
  /** The archive lacks one of the two programs. */
  | 'bundle.incomplete'
  /** A program in it is no executable for the servers. `values` has `expected` and `observed`. */
  | 'bundle.wrongPlatform';

/** Why a bundle cannot be used: a code, and the file, archive member or build that it is about. Texts live in the message catalogue. */
export class BundleError extends Error {
  readonly code: BundleErrorCode;
  readonly subject: string;
  /** What the catalogue's text may fill in; `subject` is always among it. */
  readonly values: Readonly<Record<string, string>>;

  constructor(
    code: BundleErrorCode,
    subject: string,
    details: { readonly values?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(`${code}: ${subject}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'BundleError';
    this.code = code;
    this.subject = subject;
    this.values = { ...details.values, subject };
  }
}
