/** A reason why practice servers cannot do what was asked: one sentence for a person, shown as it is, without a stack. */
export class PracticeError extends Error {
  override readonly name = 'PracticeError';
}
