import { excludeCommand, isExcluded, takesExclusions } from '../../shared/domain/defender.ts';
import type { WindowsFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import type { CheckStage } from '../checkContext.ts';
import { evidenceOf } from '../evidence.ts';

type Defender = WindowsFacts['defender'];

/** What is judged of Microsoft Defender on one server. */
export interface DefenderSeen {
  readonly defender: Defender;
  /** Of the nodes. */
  readonly folders: readonly string[];
  /** The folders that the plan has excluded; empty where that is not wanted. */
  readonly planned: readonly string[];
  readonly stage: CheckStage;
  /** Why Defender did not take an exclusion in this run; null where it was not asked, or took all. */
  readonly refusal: string | null;
  /** Triad did not install the cluster, and will not exclude anything for it. */
  readonly isAdopted: boolean;
}

/**
 * Whether Microsoft Defender leaves the folders of the nodes alone. What it holds open for a moment, Redis cannot replace: a save or a rewrite fails. Excluding is
 * the administrator's decision: Triad asks for it by name, and does it where the specification says so. Never a failure: Redis works without.
 */
export function judgeWindowsDefender(seen: DefenderSeen): Judgement {
  return seen.planned.length > 0 ? judgePlanned(seen) : judgeFound(seen);
}

type FoundRemedy = `check.server.windowsDefender.${'adopted.' | 'protected.' | ''}remedy`;

function remedyFor(isAdopted: boolean, isTamperProtected: boolean): FoundRemedy {
  if (isAdopted) return 'check.server.windowsDefender.adopted.remedy';
  return isTamperProtected ? 'check.server.windowsDefender.protected.remedy' : 'check.server.windowsDefender.remedy';
}

function judgeFound({ defender, folders, isAdopted }: DefenderSeen): Judgement {
  const expected = message('check.server.windowsDefender.expected');
  const evidence = evidenceOf({ defender, folders });
  // Server Core without the feature, another scanner, or a PowerShell that may not be asked: nothing to be done about it here.
  if (defender === null) return { verdict: 'skipped', expected, observed: message('check.server.windowsDefender.absent'), evidence };
  if (!defender.isRunning || !defender.isRealTime)
    return { verdict: 'pass', expected, observed: message('check.server.windowsDefender.off'), evidence };
  const scanned = folders.filter((folder) => !isExcluded(folder, defender.exclusions));
  if (scanned.length === 0) return { verdict: 'pass', expected, observed: message('check.server.windowsDefender.excluded'), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.windowsDefender.scans', { folders: scanned.join(', ') }),
    evidence,
    remedy: message(remedyFor(isAdopted, defender.isTamperProtected), { command: excludeCommand(scanned) }),
  };
}

/** Where exclusions are wanted, that they cannot be made is told as clearly as that they are missing: nobody should believe in them. */
function judgePlanned({ defender, planned, stage, refusal }: DefenderSeen): Judgement {
  const expected = message('check.server.windowsDefender.expected');
  const evidence = evidenceOf({ defender, planned, ...(refusal === null ? {} : { refusal }) });
  const warn = (observed: Judgement['observed'], remedy: Judgement['observed']): Judgement => ({
    verdict: 'warn',
    expected,
    observed,
    evidence,
    remedy,
  });
  if (defender?.isRunning !== true)
    return warn(message('check.server.windowsDefender.noExclusions'), message('check.server.windowsDefender.noExclusions.remedy'));
  const scanned = planned.filter((folder) => !isExcluded(folder, defender.exclusions));
  if (scanned.length === 0) return { verdict: 'pass', expected, observed: message('check.server.windowsDefender.excluded'), evidence };
  const folders = scanned.join(', ');
  if (refusal !== null || !takesExclusions(defender)) {
    const values = { command: excludeCommand(scanned) };
    return warn(
      message('check.server.windowsDefender.refused', { folders }),
      message('check.server.windowsDefender.refused.remedy', values),
    );
  }
  if (stage === 'beforeInstall')
    return warn(
      message('check.server.windowsDefender.willBeExcluded', { folders }),
      message('check.server.windowsDefender.willBeExcluded.remedy'),
    );
  return warn(message('check.server.windowsDefender.drifted', { folders }), message('check.server.windowsDefender.drifted.remedy'));
}
