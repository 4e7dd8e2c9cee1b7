import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLine, MOST_LINE_CHARACTERS, quoteArgument } from './commandLine.ts';
import { escapedForRaw } from './whichShell.ts';
import { commandLineToArgv, throughCmd, throughOldSshd, throughPowerShell } from './testing/shellModels.ts';

const ALLOWED = ` #()*+,./:=?@[\\]_{}~-abcXYZ019éßЖ中`.split('');
const FORBIDDEN = `%!^&|<>$\`;'"\r\n\t\0\u2013\u2018\u2019\u201C\u201D\u00A0\u200B`.split('');

const argument = fc
  .array(fc.constantFrom(...ALLOWED), { minLength: 1, maxLength: 24 })
  .map((characters) => characters.join(''))
  .filter((text) => !text.endsWith('\\'));

describe('a line', () => {
  test('gives the program the same arguments from cmd and from PowerShell', () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 8 }), (args) => {
        const line = commandLine('.triad\\triad-service-0a1b2c3d.exe', args);
        const wanted = ['.triad\\triad-service-0a1b2c3d.exe', ...args];
        expect(commandLineToArgv(throughCmd(line))).toEqual(wanted);
        expect(commandLineToArgv(throughPowerShell(line))).toEqual(wanted);
        expect(commandLineToArgv(throughPowerShell(throughOldSshd(escapedForRaw(line))))).toEqual(wanted);
      }),
      { numRuns: 3000 },
    );
  });

  test('is another one behind the sshd of Server 2019 where nobody escapes its quotes', () => {
    const line = commandLine('netsh.exe', ['localport=7000,17000', 'C:\\a b', 'C:\\']);
    expect(() => commandLineToArgv(throughPowerShell(throughOldSshd(line)))).toThrow('PowerShell reads an expression');
    expect(escapedForRaw(line)).toBe(String.raw`netsh.exe \"localport=7000,17000\" \"C:\a b\" C:\ `);
  });

  test('is never made of a character that a shell reads', () => {
    fc.assert(
      fc.property(argument, fc.constantFrom(...FORBIDDEN), fc.nat(24), (text, character, at) => {
        expect(() => quoteArgument(text.slice(0, at) + character + text.slice(at))).toThrow('not an argument for every shell');
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['7000', '7000'],
    ['1kb', '"1kb"'],
    ['10.0.0.1:7000=nonce', '"10.0.0.1:7000=nonce"'],
    ['dir=in', 'dir=in'],
    ['name=triad:sessions:nodes in', '"name=triad:sessions:nodes in"'],
    ['localport=7000,17000', '"localport=7000,17000"'],
    ['-NoProfile', '-NoProfile'],
    ['-ver.1', '"-ver.1"'],
    ['/c', '/c'],
    ['C:\\', 'C:\\'],
    ['C:\\Triad\\nodes\\7000', 'C:\\Triad\\nodes\\7000'],
    ['*S-1-5-18:(OI)(CI)F', '"*S-1-5-18:(OI)(CI)F"'],
    ['C:\\Users\\José Ω\\x', '"C:\\Users\\José Ω\\x"'],
  ])('has %s as %s', (text, quoted) => {
    expect(quoteArgument(text)).toBe(quoted);
  });

  test.each(['', 'C:\\with blank\\', '(x)\\'])('has no word for %j', (text) => {
    expect(() => quoteArgument(text)).toThrow('not an argument for every shell');
  });

  test.each(['sc', '"C:\\a.exe"', 'C:\\Program Files\\a.exe', '& a.exe', '..\\a.exe;b.exe', '-a.exe'])(
    'starts no program %j',
    (program) => {
      expect(() => commandLine(program, [])).toThrow('not a program for every shell');
    },
  );

  test('that cmd would refuse for its length is refused here', () => {
    const fits = 'a'.repeat(MOST_LINE_CHARACTERS - 'whoami.exe '.length);
    expect(commandLine('whoami.exe', [fits])).toHaveLength(MOST_LINE_CHARACTERS);
    expect(() => commandLine('whoami.exe', [`${fits}a`])).toThrow('cmd takes');
    expect(() => commandLine('whoami.exe', ['a'.repeat(8200)])).toThrow('8211 characters');
  });
});

describe('the model of CommandLineToArgvW', () => {
  // The examples of its documentation.
  test.each([
    ['a "abc" d e', ['a', 'abc', 'd', 'e']],
    ['a a\\\\b d"e f"g h', ['a', 'a\\\\b', 'de fg', 'h']],
    ['a a\\\\\\"b c d', ['a', 'a\\"b', 'c', 'd']],
    ['a a\\\\\\\\"b c" d e', ['a', 'a\\\\b c', 'd', 'e']],
    ['a "" b', ['a', '', 'b']],
  ])('%s', (line, words) => {
    expect(commandLineToArgv(line)).toEqual(words);
  });
});
