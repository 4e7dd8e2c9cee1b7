/** An absolute path on a drive, without detours, streams, devices or characters that Windows forbids; nothing else is ever written or removed. */
const CLEAN = /^[A-Za-z]:\\(?:[^\p{Cc}"*/:<>?\\|]+\\)*[^\p{Cc}"*/:<>?\\|]+$/u;
/** Windows drops dots and blanks at the end of a name, so two spellings would be one file. */
const UNSTABLE_PART = /^\.{1,2}$|[. ]$/u;

/** Checks a path of a plan; throws for what could only be a mistake of the program. */
export function requireCleanPath(path: string): string {
  if (!CLEAN.test(path) || path.split('\\').some((part) => UNSTABLE_PART.test(part))) throw new Error(`not a clean absolute path: ${path}`);
  return path;
}

/** `C:\folder\file` as SFTP of Windows wants it: `/C:/folder/file`. */
export function sftpPathOf(path: string): string {
  return `/${requireCleanPath(path).replaceAll('\\', '/')}`;
}
