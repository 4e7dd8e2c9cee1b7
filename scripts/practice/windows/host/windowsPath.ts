import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A path that means nothing on a Windows server with one drive. */
export class NoSuchPath extends Error {}

/** Where a path is on this machine: `/C:/x`, `C:\x`, or relative to `folder`, which is one of this machine. Case does not count, as far as the file is there. */
export function linuxPathOf(driveC: string, folder: string, path: string): string {
  const plain = path.replaceAll('\\', '/');
  const drive = /^\/?(?<letter>[A-Za-z]):(?:\/|$)(?<rest>.*)$/u.exec(plain)?.groups;
  if (drive !== undefined && drive['letter']?.toUpperCase() !== 'C') throw new NoSuchPath(path);
  // The root of Windows' SFTP server is the list of drives; nothing else begins with a slash.
  if (drive === undefined && plain.startsWith('/')) throw new NoSuchPath(path);
  let current = drive === undefined ? folder : driveC;
  for (const name of (drive?.['rest'] ?? plain).split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') current = current === driveC ? driveC : dirname(current);
    else current = join(current, nameIn(current, name));
  }
  return current;
}

/** What Windows' SFTP server calls a file: `/C:/folder/file`. */
export function sftpPathOf(driveC: string, file: string): string {
  return `/C:/${relative(driveC, file)}`;
}

function nameIn(folder: string, name: string): string {
  if (existsSync(join(folder, name)) || !existsSync(folder)) return name;
  try {
    return readdirSync(folder).find((entry) => entry.toLowerCase() === name.toLowerCase()) ?? name;
  } catch {
    return name;
  }
}
