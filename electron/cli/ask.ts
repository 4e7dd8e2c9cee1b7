import { createInterface } from 'node:readline/promises';

/**
 * Asks a yes-or-no question on the terminal; anything but y or yes is a no, and so is the end of input. Rejects when the signal aborts.
 * While it waits, the terminal hands Ctrl-C over as a key and sends no signal: then `interrupt` is called instead.
 */
export async function ask(question: string, signal: AbortSignal, interrupt: () => void): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => {
    terminal.once('close', () => resolve(''));
  });
  try {
    // At the end of input the question alone would wait for ever.
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), ended]);
    return /^y(es)?$/iu.test(answer.trim());
  } finally {
    terminal.close();
  }
}
