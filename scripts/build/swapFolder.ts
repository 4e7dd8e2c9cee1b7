import { rename } from 'node:fs/promises';

const attempts = 20;

/**
 * Puts a folder in the place of another, by two renames. Several processes doing so at once take turns: whoever finds the place taken
 * again moves that away too.
 * @param old where what was there before is put, with a number behind it; the caller removes it.
 */
export async function swapFolder(made: string, place: string, old: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await rename(place, `${old}-${attempt}`).catch((error: unknown) => {
      if (!hasCode(error, ['ENOENT'])) throw error;
    });
    try {
      await rename(made, place);
      return;
    } catch (error) {
      if (!hasCode(error, ['ENOTEMPTY', 'EEXIST', 'EPERM']) || attempt === attempts) throw error;
    }
  }
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
