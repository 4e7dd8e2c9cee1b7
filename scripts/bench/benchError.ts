/** A reason why the benchmark could not measure: one sentence for a person, shown as it is, without a stack. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}
