/** A reason why a server bundle cannot be built or used: one sentence for a person, shown as it is, without a stack. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
