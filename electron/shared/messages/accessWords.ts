import { formatMode } from '../domain/reportFormat.ts';
import { isWindowsPath } from '../domain/serverPath.ts';
import { message, say } from './message.ts';

const OF_A_SERVICE = 'NT SERVICE\\';
const OTHERS_READ = 0o004;

/**
 * Who may do what with a file or folder, in words of the current language. On a Windows server owner, group and mode stand for access lists (`hosts/windows`), and
 * nobody there knows modes.
 */
export function accessWords({
  path,
  owner,
  group,
  mode,
}: {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}): string {
  if (!isWindowsPath(path)) return say(message('report.access.posix', { owner, group, mode: formatMode(mode) }));
  if (owner.startsWith(OF_A_SERVICE)) return say(message('report.access.ofService', { account: owner }));
  if (group.startsWith(OF_A_SERVICE)) return say(message('report.access.forService', { account: group }));
  return say((mode & OTHERS_READ) === 0 ? message('report.access.closed') : message('report.access.readable'));
}
