/**
 * Paths on servers. Those of Windows servers have backslashes everywhere in the core, the plan and the reports (`C:\Triad\nodes`): services, access
 * lists and administrators spell them so. Only SFTP wants `/C:/Triad/nodes`, and hosts/windows translates at that one place. Whether a path is one of
 * Windows is told by its drive letter, so that nobody has to say it beside.
 */
function separatorOf(path: string): '/' | '\\' {
  return isWindowsPath(path) ? '\\' : '/';
}

/** Whether an absolute path is one of a Windows server. */
export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:\\/u.test(path);
}

/** What lies in a folder under this name. */
export function childOf(folder: string, ...names: readonly string[]): string {
  const separator = separatorOf(folder);
  return [folder.endsWith(separator) ? folder.slice(0, -1) : folder, ...names].join(separator);
}

/** The folder in which a file or folder lies; the root is its own. */
export function parentOf(path: string): string {
  const separator = separatorOf(path);
  const end = path.lastIndexOf(separator);
  const isAtRoot = separator === '/' ? end === 0 : end === 2;
  return path.slice(0, isAtRoot ? end + 1 : end);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(separatorOf(path)) + 1);
}

/** A path as it is compared: Windows does not tell names apart by their case. */
export function pathKey(path: string): string {
  return isWindowsPath(path) ? path.toLowerCase() : path;
}

/** Whether two spellings name one file. */
export function samePath(one: string, other: string): boolean {
  return pathKey(one) === pathKey(other);
}

/** Whether a path lies in a folder, at any depth; it does not lie in itself. */
export function isBelow(path: string, folder: string): boolean {
  const separator = separatorOf(folder);
  const key = pathKey(folder);
  return !samePath(path, folder) && pathKey(path).startsWith(key.endsWith(separator) ? key : `${key}${separator}`);
}

/** How many folders a path lies deep, to order children before parents. */
export function depthOf(path: string): number {
  return path.split(separatorOf(path)).length;
}
