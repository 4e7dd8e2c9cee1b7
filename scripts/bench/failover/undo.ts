/** Undoes what was done to servers. */
export type Undo = () => Promise<void>;

/** Undoes in the opposite order, all of it whatever fails; then the first failure is thrown. */
async function undoAll(undos: readonly Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const undo of undos.toReversed()) await undo().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Begins one thing after the other; they are undone in the opposite order, and also where a later one cannot be begun. */
export async function beginInTurn(begins: readonly (() => Promise<Undo>)[]): Promise<Undo> {
  const undos: Undo[] = [];
  try {
    for (const begin of begins) undos.push(await begin());
  } catch (error) {
    // What kept it from beginning tells more than what keeps the rest from ending.
    await undoAll(undos).catch(() => undefined);
    throw error;
  }
  return () => undoAll(undos);
}

/** Begins all at once and undoes all at once; where one cannot be begun, the others are undone. */
export async function beginAtOnce(begins: readonly (() => Promise<Undo>)[]): Promise<Undo> {
  const begun = await Promise.allSettled(begins.map((begin) => begin()));
  const undos = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const undo: Undo = async () => {
    const undone = await Promise.allSettled(undos.map((one) => one()));
    for (const one of undone) if (one.status === 'rejected') throw one.reason;
  };
  for (const one of begun)
    if (one.status === 'rejected') {
      await undo().catch(() => undefined);
      throw one.reason;
    }
  return undo;
}
