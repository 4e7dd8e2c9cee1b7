/** A reason why Electron cannot be had, started or packaged: one sentence for a person, shown as it is, without a stack. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}
