import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { awaitCondition } from '../awaitCondition.ts';

const deadlineMs = 5000;

/**
 * Ends the Wine server of a practice Windows server, which then writes the registry. For a power cut: what Windows keeps in its log, Wine keeps in
 * memory for up to half a minute, and a service would be gone that was installed a moment before. All programs of Wine end with it.
 */
export async function saveRegistry(init: number): Promise<void> {
  const space = processSpace(init);
  if (space === undefined) return;
  const servers = readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && isWineserver(pid) && processSpace(pid) === space);
  for (const pid of servers) {
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has ended since it was found.
    }
  }
  await awaitCondition(deadlineMs, () => servers.every((pid) => !isWineserver(pid)) || undefined, 10);
}

function processSpace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** A process that has ended but was not reaped has no command line. */
function isWineserver(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith('wineserver64') === true;
  } catch {
    return false;
  }
}
