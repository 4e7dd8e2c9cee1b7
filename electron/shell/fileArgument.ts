import { resolve } from 'node:path';

/** Files that Triad opens. */
const OPENS = /\.(?:triad|ya?ml|json)$/iu;

/**
 * The specification that a start names, or null. Only files of the kinds that Triad opens count: the system and Chromium add switches of
 * their own to a command line, and a development start has the folder of the app on it.
 */
export function fileArgument(args: readonly string[], workingFolder: string): string | null {
  const named = args.slice(1).find((arg) => !arg.startsWith('-') && OPENS.test(arg));
  return named === undefined ? null : resolve(workingFolder, named);
}
