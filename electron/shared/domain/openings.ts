import type { CheckResult } from './check.ts';

/** Whether a check found a way closed that the plan opens: nothing forbids to install, but nothing has proved the way yet either. */
export function isToBeOpened({ observed }: Pick<CheckResult, 'observed'>): boolean {
  return observed.code === 'check.pair.willBeOpened';
}
