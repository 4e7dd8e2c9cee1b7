import { expect } from 'vitest';
import { FailureError, type Failure } from '../../../shared/domain/failure.ts';

/** The failure that some work must end in. */
export async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
}
