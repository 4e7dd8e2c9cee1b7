import type { Change } from '../../shared/domain/change.ts';
import { isExcluded, isOwnExclusion, takesExclusions } from '../../shared/domain/defender.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { recordedExclusions, type BeforeRecord } from '../beforeRecord.ts';
import type { ServerBlueprint } from '../blueprint.ts';

type DefenderChange = Extract<Change, { kind: 'defender' }>;

function changeOf(action: DefenderChange['action'], path: string): DefenderChange {
  return { kind: 'defender', id: `defender:${path}`, path, action };
}

/**
 * The folders that Microsoft Defender is to leave alone and does not yet. None where it cannot be told so (it is off, or a policy has exclusions of the server
 * ignored): a run would never come to "nothing to do". The check of Defender reports that.
 */
export function planExclusions({ exclusions: wanted }: ServerBlueprint, facts: ServerFacts): readonly Change[] {
  const defender = facts.windows?.defender;
  if (!takesExclusions(defender)) return [];
  return wanted.filter((path) => !isExcluded(path, defender.exclusions)).map((path) => changeOf('exclude', path));
}

/** Takes back exclusions that Triad made and that are no longer wanted. Those of somebody else are not on record, those that another cluster made stay. */
export function withdrawExclusions(blueprint: ServerBlueprint, facts: ServerFacts, record: BeforeRecord | null): readonly Change[] {
  const defender = facts.windows?.defender;
  if (!takesExclusions(defender)) return [];
  return onlyOurs(blueprint, record)
    .filter((path) => !isOwnExclusion(path, blueprint.exclusions) && isOwnExclusion(path, defender.exclusions))
    .map((path) => changeOf('include', path));
}

/** Takes back all exclusions that Triad made for this cluster. Also where Defender may refuse: what is left then is told, as the record goes. */
export function removeExclusions(blueprint: ServerBlueprint, facts: ServerFacts, record: BeforeRecord): readonly Change[] {
  const defender = facts.windows?.defender;
  const isGone = (path: string): boolean => takesExclusions(defender) && !isOwnExclusion(path, defender.exclusions);
  return onlyOurs(blueprint, record)
    .filter((path) => !isGone(path))
    .map((path) => changeOf('include', path));
}

function onlyOurs(blueprint: ServerBlueprint, record: BeforeRecord | null): readonly string[] {
  const { own, others } = recordedExclusions(blueprint, record);
  return own.filter((path) => !isOwnExclusion(path, others));
}
