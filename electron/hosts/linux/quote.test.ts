import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quote, quoteAll } from './quote.ts';

/** What a shell makes of words: each followed by a NUL. */
function wordsOf(script: string): string[] {
  return execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${script}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

const anyWord = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', '\t', '*', ';', '&', '|', '#', '~', 'ü', '€', '-', '%') }),
);

test('any words survive the shell', () => {
  fc.assert(
    fc.property(
      fc.array(
        anyWord.filter((word) => !word.includes('\0')),
        { minLength: 1, maxLength: 20 },
      ),
      (words) => {
        expect(wordsOf(quoteAll(words))).toEqual(words);
      },
    ),
    { numRuns: 60 },
  );
});

test('a word cannot become a command', () => {
  expect(wordsOf(quote("'; echo owned; '"))).toEqual(["'; echo owned; '"]);
});

test('a NUL, which no shell word can hold, is refused', () => {
  expect(() => quote('a\0b')).toThrow('NUL');
});
