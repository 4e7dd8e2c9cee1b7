import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAuthConf, quoteForRedisConf, renderAuthConf } from './authConf.ts';
import { readRedisConf, splitArguments } from './testing/splitArguments.ts';

// Whatever an environment variable or a line of a file can hold.
const password = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((text) => !/[\0\r\n]/u.test(text));

describe('quoteForRedisConf', () => {
  it.each(['plain', `both ' and "`, ' blanks  around ', '$HOME `id` #no', 'back\\slash\\x41', 'Pässwörd €', '\ttab', '#', '"', '\\', '""'])(
    'carries %j',
    (text) => {
      expect(readRedisConf(`requirepass ${quoteForRedisConf(text)}`)).toEqual([['requirepass', text]]);
    },
  );

  it('carries any text, and leaves no sign in it that could mean something', () => {
    fc.assert(
      fc.property(password, (text) => {
        const quoted = quoteForRedisConf(text);
        expect(quoted).toMatch(/^"(?:[\w.+/=:,@%-]|\\x[0-9a-f]{2})*"$/u);
        expect(splitArguments(quoted)?.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual([Buffer.from(text).toString('hex')]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseAuthConf', () => {
  it('reads back any password that was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(parseAuthConf(renderAuthConf(text))).toBe(text);
      }),
    );
  });

  it('reads what another version or an admin wrote in other words', () => {
    expect(parseAuthConf('# ours\n\nmasterauth "x"\nrequirepass "a\\"b\\x41"  \n')).toBe('a"bA');
  });

  it.each(['', 'requirepass plain', '# requirepass "x"', 'requirepass "open'])('finds none in %j', (text) => {
    expect(parseAuthConf(text)).toBeNull();
  });
});

describe('renderAuthConf', () => {
  it('sets the password for clients and for replication to the same text', () => {
    expect(readRedisConf(renderAuthConf('a "b" $c'))).toEqual([
      ['requirepass', 'a "b" $c'],
      ['masterauth', 'a "b" $c'],
    ]);
  });
});
