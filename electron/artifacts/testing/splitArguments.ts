const BLANK = /\s/u;
const HEX = /^[0-9a-fA-F]{2}$/u;
const ESCAPED: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

/**
 * A model of Redis' `sdssplitargs` (src/sds.c) on one line, as bytes: blanks part arguments; between double quotes `\xHH` and `\n\r\t\b\a`
 * are read, between single quotes only `\'`. Null where Redis says "Unbalanced quotes".
 */
export function splitArguments(line: string): readonly Uint8Array[] | null {
  const bytes = [...new TextEncoder().encode(line)];
  const text = (from: number, to: number): string => String.fromCharCode(...bytes.slice(from, to));
  const found: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    while (at < bytes.length && BLANK.test(text(at, at + 1))) at += 1;
    if (at >= bytes.length) return found;
    const current: number[] = [];
    let quote = '';
    for (;;) {
      const byte = bytes[at];
      const character = text(at, at + 1);
      if (byte === undefined) {
        if (quote !== '') return null;
        break;
      }
      if (quote === '"' && character === '\\' && text(at + 1, at + 2) === 'x' && HEX.test(text(at + 2, at + 4))) {
        current.push(Number.parseInt(text(at + 2, at + 4), 16));
        at += 4;
      } else if (quote === '"' && character === '\\' && at + 1 < bytes.length) {
        current.push(ESCAPED[text(at + 1, at + 2)] ?? bytes[at + 1] ?? 0);
        at += 2;
      } else if (quote === "'" && character === '\\' && text(at + 1, at + 2) === "'") {
        current.push(0x27);
        at += 2;
      } else if (quote !== '' && character === quote) {
        at += 1;
        if (at < bytes.length && !BLANK.test(text(at, at + 1))) return null;
        break;
      } else if (quote === '' && BLANK.test(character)) {
        break;
      } else if (quote === '' && (character === '"' || character === "'")) {
        quote = character;
        at += 1;
      } else {
        current.push(byte);
        at += 1;
      }
    }
    found.push(Uint8Array.from(current));
  }
}

/** The lines of a Redis configuration as Redis reads them: trimmed, without comments and empty ones, split. Throws where Redis would not start. */
export function readRedisConf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const split = splitArguments(line);
      if (split === null) throw new Error(`Unbalanced quotes in configuration line: ${line}`);
      return split.map((bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    });
}
