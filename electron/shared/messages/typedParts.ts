/** A piece of a sentence. `isTyped`: something to type, word for word. */
export interface SentencePart {
  readonly text: string;
  readonly isTyped: boolean;
}

/**
 * The catalogue marks what is to be typed by backticks: here they become parts, for whoever can show them by a type face or a colour. An odd number
 * of backticks is no mark-up but something that a server said.
 */
export function typedParts(sentence: string): readonly SentencePart[] {
  const parts = sentence.split('`');
  if (parts.length % 2 === 0) return [{ text: sentence, isTyped: false }];
  return parts.map((text, index) => ({ text, isTyped: index % 2 === 1 })).filter(({ text }) => text !== '');
}

/** A sentence without its marks, for where there is no type face: a tip, a name for screen readers. */
export function withoutMarks(sentence: string): string {
  return typedParts(sentence)
    .map(({ text }) => text)
    .join('');
}
