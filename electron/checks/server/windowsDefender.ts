import { isBelow } from '../../shared/domain/serverPath.ts';
import type { WindowsFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

/** A folder as PowerShell takes it, whatever stands in it. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

/** Whether a folder is left alone: itself, or one above it. Case does not count, nor a backslash at the end. */
function isExcluded(folder: string, exclusions: readonly string[]): boolean {
  const own = folder.toLowerCase();
  return exclusions.map((one) => one.toLowerCase().replace(/\\+$/u, '')).some((one) => one === own || isBelow(own, one));
}

/**
 * Whether Microsoft Defender leaves the folders of the nodes alone. What it holds open for a moment, Redis cannot replace: a save or a rewrite fails. Excluding is
 * the administrator's decision: Triad asks for it by name and never does it by itself.
 */
export function judgeWindowsDefender({
  defender,
  folders,
}: {
  readonly defender: WindowsFacts['defender'];
  readonly folders: readonly string[];
}): Judgement {
  const expected = message('check.server.windowsDefender.expected');
  const evidence = evidenceOf({ defender, folders });
  // Server Core without the feature, another scanner, or a PowerShell that may not be asked: nothing to be done about it here.
  if (defender === null) return { verdict: 'skipped', expected, observed: message('check.server.windowsDefender.absent'), evidence };
  if (!defender.isRunning || !defender.isRealTime)
    return { verdict: 'pass', expected, observed: message('check.server.windowsDefender.off'), evidence };
  const scanned = folders.filter((folder) => !isExcluded(folder, defender.exclusions));
  if (scanned.length === 0) return { verdict: 'pass', expected, observed: message('check.server.windowsDefender.excluded'), evidence };
  const command = `Add-MpPreference -ExclusionPath ${scanned.map(quoted).join(',')}`;
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.windowsDefender.scans', { folders: scanned.join(', ') }),
    evidence,
    remedy: defender.isTamperProtected
      ? message('check.server.windowsDefender.protected.remedy', { command })
      : message('check.server.windowsDefender.remedy', { command }),
  };
}
