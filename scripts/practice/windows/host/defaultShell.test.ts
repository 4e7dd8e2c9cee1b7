import { expect, test } from 'vitest';
import { argumentsOf, powerShellScript } from './commandLine.ts';
import { handedOver, shellAction } from './defaultShell.ts';

const lineOf = (command: string): string | undefined => {
  const action = shellAction('powershell', command);
  return action.kind === 'run' ? action.line : undefined;
};

test('cmd gets the text untouched between its own quotes', () => {
  expect(shellAction('cmd', 'if exist "C:\\a b" (echo yes) & %x%')).toMatchObject({
    kind: 'run',
    line: '"C:\\windows\\system32\\cmd.exe" /c "if exist "C:\\a b" (echo yes) & %x%"',
  });
  expect(shellAction('cmd', 'x'.repeat(8200))).toMatchObject({ kind: 'say', code: 1 });
});

test('a long script for PowerShell goes past Wine, whose cmd takes it for the name of a file', () => {
  const call = 'C:\\Windows\\System32\\powershell.exe -NoProfile -EncodedCommand ';
  const lineFor = (command: string): unknown => {
    const action = shellAction('cmd', command);
    return action.kind === 'run' ? action.line : null;
  };
  const long = `${call}${'x'.repeat(3000)}==`;
  expect(lineFor(long)).toBe(long);
  for (const other of [`${call}eAA=`, `${long} & x`, `x & ${long}`])
    expect(lineFor(other)).toBe(`"C:\\windows\\system32\\cmd.exe" /c "${other}"`);
});

test.each([
  ['netsh.exe a localport=7000,7001 name="two words"', '"netsh.exe" a localport=7000,7001 "name=two words"'],
  ["C:\\Triad\\bin\\x.exe 'it is' plain", '"C:\\Triad\\bin\\x.exe" "it is" plain'],
  ['.triad\\x.exe hash "C:\\a b\\c"', '".triad\\x.exe" hash "C:\\a b\\c"'],
])('PowerShell takes %s apart and puts it together as version 5.1 does', (command, line) => {
  expect(lineOf(command)).toBe(line);
});

test('the sshd of Server 2019 loses the quotes of a command for PowerShell, unless they are escaped', () => {
  const command = 'x.exe a "b c" "d,e"';
  expect(handedOver('powershell', '7.7', command)).toBe('x.exe a b c d,e');
  expect(handedOver('powershell', '7.7', command.replaceAll('"', '\\"'))).toBe(command);
  expect([handedOver('powershell', '8.1', command), handedOver('cmd', '7.7', command)]).toEqual([command, command]);
});

test('PowerShell makes every failure 1', () => {
  const action = shellAction('powershell', 'x.exe');
  expect(action.kind === 'run' && [0, 1, 5, 1060].map((code) => action.exitCode(code))).toEqual([0, 1, 1, 1]);
  expect(shellAction('powershell', 'echo %OS% "a b"')).toMatchObject({ kind: 'say', stdout: '%OS%\r\na b\r\n', code: 0 });
});

test.each([
  'sc query x',
  'x.exe $HOME',
  'x.exe "$HOME"',
  'a.exe; b.exe',
  'a.exe | b.exe',
  '"C:\\a b\\x.exe" c',
  'x.exe *S-1-5-18:(OI)F',
  'x.exe "not closed',
  'x.exe "C:\\a b\\"',
  'x.exe a""b',
  'Get-Date',
])('what PowerShell would do with %s is not modelled', (command) => {
  expect(shellAction('powershell', command).kind).toBe('unknown');
});

test('a command line is taken apart as the C runtime does', () => {
  expect(argumentsOf('"C:\\a b\\x.exe" a "b c" \\\\srv\\d "q\\"q" "s\\\\" ""  end')).toEqual([
    'C:\\a b\\x.exe',
    'a',
    'b c',
    '\\\\srv\\d',
    'q"q',
    's\\',
    '',
    'end',
  ]);
  expect(argumentsOf('x binPath= "\\"C:\\a.exe\\" word"')).toEqual(['x', 'binPath=', '"C:\\a.exe" word']);
});

test('the script of a PowerShell call is found, encoded or not', () => {
  const encoded = Buffer.from('exit 3', 'utf16le').toString('base64');
  expect(powerShellScript(['powershell.exe', '-NoProfile', '-EncodedCommand', encoded])).toBe('exit 3');
  expect(powerShellScript(['powershell.exe', '-c', 'exit', '3'])).toBe('exit 3');
  expect(powerShellScript(['powershell.exe', '-ExecutionPolicy', 'Bypass', '-File', 'x.ps1'])).toBeUndefined();
});
