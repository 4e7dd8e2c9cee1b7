import type { CheckResult } from '../shared/domain/check.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Subject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import type { CheckContext } from './checkContext.ts';

interface Texts {
  readonly expected: Message;
  readonly observed: Message;
  /** The raw facts that the judgement rests on, in one line. */
  readonly evidence: string;
}

/** What a judge says of one subject. Only a pass or a check that does not apply needs no remedy: the type holds every judge to that. */
export type Judgement =
  | (Texts & { readonly verdict: 'pass' | 'skipped' })
  | (Texts & { readonly verdict: 'passWithoutTolerance' | 'warn' | 'fail' | 'unknown'; readonly remedy: Message });

/** One check: a pure judgement of what was already observed. It looks at nothing itself and never throws. */
export interface Check<Observation, Context = CheckContext> {
  /** `scope.name`; also the code of its title in the catalogue after `check.`. */
  readonly id: `${'server' | 'pair' | 'node' | 'cluster'}.${string}`;
  /** Every verdict that the judge can give; the tests compare it with what it really gives. */
  readonly verdicts: readonly Verdict[];
  /** One result for each subject, never two: a later result for the same subject takes the place of the earlier one. */
  judge(observation: Observation, context: Context): readonly CheckResult[];
  /** It lays the servers beside each other: without having looked at all of them it says nothing new of any. */
  readonly comparesServers?: true;
}

/** A number that is none has no place in a record: JSON would turn it into null, which is no value of a text. */
function sayable(text: Message): Message {
  const values = Object.entries(text.values).map(
    ([name, value]) => [name, typeof value === 'number' && !Number.isFinite(value) ? '?' : value] as const,
  );
  return { code: text.code, values: Object.fromEntries(values) };
}

/** A check's result from what its judge says of one subject. */
export function resultOf(id: string, subject: Subject, judgement: Judgement): CheckResult {
  const { verdict, expected, observed, evidence } = judgement;
  const remedy = 'remedy' in judgement ? sayable(judgement.remedy) : null;
  return { id, subject, verdict, expected: sayable(expected), observed: sayable(observed), evidence, remedy };
}
