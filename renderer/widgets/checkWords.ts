import type { CheckResult } from '../../electron/shared/domain/check.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import type { RunRecord } from '../../electron/shared/domain/run.ts';
import { ADMIN_MACHINE } from '../../electron/shared/domain/subject.ts';
import { formatTimeOfDay, laterBy } from '../../electron/shared/domain/timeOfDay.ts';
import { isMessageCode, say } from '../../electron/shared/messages/message.ts';
import { textOf } from './useText.ts';

/** What to do, in the words of the window where those of the catalogue speak of the command line. */
export function sayRemedy(remedy: Message): string {
  const code = `window.remedy.${remedy.code.replace(/\.remedy$/u, '')}`;
  return say(isMessageCode(code) ? { code, values: remedy.values } : remedy);
}

/** A remedy without the rules at its end, for where they are shown by themselves. */
export function sayRemedyWithoutRules(remedy: Message): string {
  return sayRemedy({ code: remedy.code, values: { ...remedy.values, rules: '' } }).trim();
}

/** When a check was judged: after the phase that looks at such things, or when the server was looked at. */
function momentOf(check: CheckResult, record: RunRecord): string {
  const { subject } = check;
  const facts = subject.kind === 'server' ? record.facts.find(({ server }) => server === subject.server) : undefined;
  if (facts !== undefined) return facts.at;
  const names = subject.kind === 'pair' ? ['checkReachability'] : ['verifyCluster', 'checkListenersGone', 'checkServers'];
  const phase = record.phases.findLast((one) => names.includes(one.phase));
  return laterBy(record.startedAt, phase === undefined ? record.durationMs : phase.startedMs + (phase.durationMs ?? 0));
}

/** What a passed check proved: the observation, when, and from where. */
export function proofOf(check: CheckResult, record: RunRecord): string {
  const { subject } = check;
  const values = { observed: say(check.observed), expected: say(check.expected), time: formatTimeOfDay(momentOf(check, record)) };
  if (subject.kind !== 'pair') return textOf('window.check.proof', { ...values, from: record.adminMachine });
  return textOf('window.check.proofOfWay', { ...values, from: subject.from === ADMIN_MACHINE ? record.adminMachine : subject.from });
}
