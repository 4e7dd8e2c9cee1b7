import type { CheckResult } from '../../electron/shared/domain/check.ts';
import { seenAtOf } from '../../electron/shared/domain/checkAgain.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import type { RunRecord } from '../../electron/shared/domain/run.ts';
import { ADMIN_MACHINE } from '../../electron/shared/domain/subject.ts';
import { isMessageCode, say } from '../../electron/shared/messages/message.ts';
import { momentWords } from './age.ts';
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

/** What a passed check proved: the observation, when, and from where. */
export function proofOf(check: CheckResult, record: RunRecord): string {
  const { subject } = check;
  const values = { observed: say(check.observed), expected: say(check.expected), moment: momentWords(seenAtOf(check, record), Date.now()) };
  if (subject.kind !== 'pair') return textOf('window.check.proof', { ...values, from: record.adminMachine });
  return textOf('window.check.proofOfWay', { ...values, from: subject.from === ADMIN_MACHINE ? record.adminMachine : subject.from });
}
