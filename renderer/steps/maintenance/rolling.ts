/** Lives as long as the window: a reload goes on with all servers in turn, a new start reads from the kept runs which have had theirs. */
const KEY = 'triad.rolling';

/** Whether all servers of a draft are being maintained in turn. */
export function isRollingKept(draft: string): boolean {
  return sessionStorage.getItem(KEY) === draft;
}

/** Remembers that, or forgets it. */
export function keepRolling(draft: string, isRolling: boolean): void {
  if (isRolling) sessionStorage.setItem(KEY, draft);
  else sessionStorage.removeItem(KEY);
}
