import type { CheckResult } from '../shared/domain/check.ts';
import { message, say } from '../shared/messages/message.ts';

/** "61 passed, 4 warnings, 1 failed" for the checks whose id begins with `prefix`. */
export function countChecks(checks: readonly CheckResult[], prefix = ''): string {
  const chosen = checks.filter((one) => one.id.startsWith(prefix));
  const count = (...verdicts: readonly CheckResult['verdict'][]): number => chosen.filter((one) => verdicts.includes(one.verdict)).length;
  const parts = [
    [count('pass'), 'cli.count.passed'],
    [count('warn'), 'cli.count.warnings'],
    [count('passWithoutTolerance'), 'cli.count.withoutTolerance'],
    [count('unknown'), 'cli.count.unknown'],
    [count('fail'), 'cli.count.failed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, code]) => say(message(code, { count: number })))
    .join(', ');
}
