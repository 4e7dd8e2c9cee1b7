import { FailureError, type Failure } from '../../shared/domain/failure.ts';

/** The failure that a promise rejects with; anything else, success included, fails the test. */
export async function failureIn(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('expected a failure, but the work succeeded');
}
