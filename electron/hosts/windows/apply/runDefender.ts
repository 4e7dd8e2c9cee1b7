import type { Change } from '../../../shared/domain/change.ts';
import { FailureError } from '../../../shared/domain/failure.ts';
import { isOwnExclusion } from '../../../shared/domain/defender.ts';
import { message, say } from '../../../shared/messages/message.ts';
import { tellDefender } from '../defender.ts';
import type { Powershell } from '../powershell/runPowershell.ts';
import { requireCleanPath } from '../windowsPath.ts';
import type { ApplyRoom } from './applyRoom.ts';

type DefenderChange = Extract<Change, { kind: 'defender' }>;

/** What telling Microsoft Defender works with. */
export interface DefenderRoom extends Pick<ApplyRoom, 'bounds'> {
  readonly powershell: Powershell;
  /** Called when Defender was told something: what it said before does not count any more. */
  readonly onDefenderTold: () => void;
}

/**
 * Excludes folders, or takes exclusions back, in one call; all changes are of one action. Returns why, by the id of the change, for those that Defender did not do:
 * a policy or tamper protection decides otherwise, or it does not run. Throws for everything else, such as a lost connection.
 */
export async function runDefender(changes: readonly DefenderChange[], room: DefenderRoom): Promise<ReadonlyMap<string, string>> {
  const { powershell, bounds, onDefenderTold } = room;
  const paths = changes.map(({ path }) => requireCleanPath(path));
  try {
    const refused = await tellDefender(powershell, changes[0]?.action ?? 'exclude', paths, bounds());
    const left = changes.filter(({ path }) => isOwnExclusion(path, refused));
    return new Map(left.map(({ id }) => [id, say(message('hosts.defenderRefused'))]));
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== 'host.commandFailed') throw error;
    const reason = say(message('hosts.defenderFailed', { reason: error.failure.evidence.trim() }));
    return new Map(changes.map(({ id }) => [id, reason]));
  } finally {
    onDefenderTold();
  }
}
