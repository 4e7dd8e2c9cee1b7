import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

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

/** Asks for a short text on the terminal; empty at the end of input. Bounds as with {@link ask}. */
export async function askText(question: string, signal: AbortSignal, interrupt: () => void): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => {
    terminal.once('close', () => resolve(''));
  });
  try {
    return (await Promise.race([terminal.question(`${question} `, { signal }), ended])).trim();
  } finally {
    terminal.close();
  }
}

/** Asks for a secret on the terminal and shows nothing of what is typed; empty at the end of input. Bounds as with {@link ask}. */
export async function askSecret(question: string, signal: AbortSignal, interrupt: () => void): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  terminal.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => {
    terminal.once('close', () => resolve(''));
  });
  process.stderr.write(`${question} `);
  try {
    return await Promise.race([terminal.question('', { signal }), ended]);
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
