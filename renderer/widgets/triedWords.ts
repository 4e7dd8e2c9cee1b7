import type { TriedServer } from '../../electron/shared/domain/triedServers.ts';
import { listNames } from '../../electron/shared/figures/reportWords.ts';
import { textOf } from './useText.ts';

/** Which servers were lost on purpose and how that went, and which were not, in a sentence or two. */
export function sayTried(tried: readonly TriedServer[]): string {
  const names = (isChosen: (one: TriedServer) => boolean): readonly string[] => tried.filter(isChosen).map(({ server }) => server);
  const isGood = ({ trial }: TriedServer): boolean => trial?.verdict === 'pass' || trial?.verdict === 'warn';
  const good = names(isGood);
  const bad = names(({ trial }) => trial?.verdict === 'fail');
  // What could not be judged, because figures are missing, is no failure and no success.
  const unclear = names((one) => one.trial !== null && one.trial.verdict !== 'fail' && !isGood(one));
  const untried = names(({ trial }) => trial === null);
  if (good.length === tried.length) return textOf('window.tried.all');
  if (untried.length === tried.length) return textOf('window.tried.none');
  return [
    good.length === 0 ? null : textOf('window.tried.passed', { servers: listNames(good) }),
    bad.length === 0 ? null : textOf('window.tried.failed', { servers: listNames(bad) }),
    unclear.length === 0 ? null : textOf('window.tried.unclear', { servers: listNames(unclear) }),
    untried.length === 0 ? null : textOf('window.tried.not', { servers: listNames(untried) }),
  ]
    .filter((part) => part !== null)
    .join(' ');
}
