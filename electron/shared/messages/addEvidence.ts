import type { Failure } from '../domain/failure.ts';
import { say } from './message.ts';

/** A failure with another one, which came before or after it, as part of its evidence: neither hides the other. Unchanged when both say the same. */
export function addEvidence(failure: Failure, other: Failure): Failure {
  const told = say({ code: other.code, values: other.values });
  if (told === say({ code: failure.code, values: failure.values })) return failure;
  return { ...failure, evidence: [failure.evidence, told, other.evidence].filter((line) => line !== '').join('\n') };
}
