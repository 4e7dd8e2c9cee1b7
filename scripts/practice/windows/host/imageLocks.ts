import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether a program file is being run. Windows then lets nobody write or delete it, though rename it (which its SFTP server cannot). Wine's kernel holds the file of each running
 * program and library open, in its own process.
 */
export function isRunning(file: string): boolean {
  return readdirSync('/proc').some((pid) => /^\d+$/u.test(pid) && isWineserver(pid) && openFiles(pid).includes(file));
}

function isWineserver(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith('wineserver64') === true;
  } catch {
    return false;
  }
}

function openFiles(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).map((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`);
    } catch {
      return '';
    }
  });
}
