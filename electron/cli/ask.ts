import { createInterface } from 'node:readline/promises';

/** Asks a yes-or-no question on the terminal; anything but y or yes is a no. */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/iu.test(answer.trim());
  } finally {
    terminal.close();
  }
}
