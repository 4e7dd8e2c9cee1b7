import { isWindowsPath } from './serverPath.ts';

/** `/c/Redis` of a program made with msys2, `/cygdrive/c/Redis` of one made with Cygwin. */
const AS_POSIX = /^(?:\/cygdrive)?\/([A-Za-z])(?:\/(.*))?$/u;

/**
 * A path that a Redis on Windows tells of itself, as Windows and administrators write it. Each build of Redis for Windows has its own way: `/c/Redis`,
 * `/cygdrive/c/Redis`, `C:/Redis`, `C:\Redis`. Another one (relative, or on a share) comes back as it is.
 */
export function foundWindowsPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const [, drive = '', rest = ''] = AS_POSIX.exec(slashed) ?? /^([A-Za-z]):\/(.*)$/u.exec(slashed) ?? [];
  if (drive === '') return path;
  return `${drive.toUpperCase()}:\\${rest.replaceAll(/\/+/gu, '\\')}`;
}

/** Whether a path that a Redis tells of itself can only be one of Windows: with a drive, or as Cygwin writes it. `/c/Redis` may be a folder of Linux too. */
export function isSurelyOfWindows(path: string): boolean {
  return isWindowsPath(path.replaceAll('/', '\\')) || path.startsWith('/cygdrive/');
}
