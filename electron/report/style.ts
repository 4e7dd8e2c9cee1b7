import type { Verdict } from '../shared/domain/verdict.ts';
import { typedParts } from '../shared/messages/typedParts.ts';

/** Colours and weights for a terminal, or the bare text where there is none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly red: (text: string) => string;
  readonly cyan: (text: string) => string;
  /** A sentence of the catalogue: what is to be typed in a colour, and where there is none between its backticks. */
  readonly sentence: (text: string) => string;
}

const plain = (text: string): string => text;
const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001B[${on}m${text}\u001B[${off}m`;

/** The style for a stream: coloured on a terminal unless NO_COLOR is set (https://no-color.org). */
export function styleFor(hasColours: boolean): Style {
  if (!hasColours) return { bold: plain, dim: plain, green: plain, yellow: plain, red: plain, cyan: plain, sentence: plain };
  const cyan = sgr(36, 39);
  const sentence = (text: string): string =>
    typedParts(text)
      .map((part) => (part.isTyped ? cyan(part.text) : part.text))
      .join('');
  return { bold: sgr(1, 22), dim: sgr(2, 22), green: sgr(32, 39), yellow: sgr(33, 39), red: sgr(31, 39), cyan, sentence };
}

/** Whether output to this stream should be coloured. */
export function isColoured(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** The symbol of a verdict, the same everywhere; colour never stands alone. */
export function verdictMark(verdict: Verdict, style: Style): string {
  switch (verdict) {
    case 'pass':
      return style.green('✓');
    case 'passWithoutTolerance':
      return style.yellow('◐');
    case 'warn':
      return style.yellow('!');
    case 'fail':
      return style.red('✗');
    case 'unknown':
      return style.yellow('?');
    case 'skipped':
      return style.dim('–');
  }
}

/** A duration for people: `85 ms`, `1.2 s`, `2 min 5 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 100) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
