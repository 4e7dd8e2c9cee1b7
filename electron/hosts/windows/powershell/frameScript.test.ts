import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Language, Parser, type Node } from 'web-tree-sitter';
import { commandLine } from '../commandLine.ts';
import { encodeScript, frameScript, MOST_ENCODED_CHARACTERS, readAnswer, scriptFile } from './frameScript.ts';
import { POWERSHELL_SCRIPTS, type PowershellScript } from './scripts.ts';

/** All that any script may run. Aliases are not among them: `sc` would be Set-Content. Programs are called by their whole path. */
const ALLOWED = [
  'Add-MpPreference',
  'C:\\Windows\\System32\\icacls.exe',
  'C:\\Windows\\System32\\netsh.exe',
  'C:\\Windows\\System32\\whoami.exe',
  'ConvertFrom-Json',
  'ConvertTo-Json',
  'Get-Acl',
  'Get-ChildItem',
  'Get-CimInstance',
  'Get-Command',
  'Get-Content',
  'Get-Date',
  'Get-FileHash',
  'Get-Item',
  'Get-ItemProperty',
  'Get-MpComputerStatus',
  'Get-MpPreference',
  'Get-NetIPAddress',
  'Get-NetTCPConnection',
  'Get-Process',
  'Move-Item',
  'New-Item',
  'New-Object',
  'Remove-Item',
  'Remove-MpPreference',
  'Select-Object',
  'Split-Path',
  'Start-Sleep',
  'Test-Path',
  'Where-Object',
];

const names = Object.keys(POWERSHELL_SCRIPTS) as PowershellScript[];
const request = { paths: ["C:\\it's\\é", '$(evil)'], address: '10.0.0.1', ports: [{ port: 7000, nonce: 'n' }], seconds: 5 };

let parser: Parser;
beforeAll(async () => {
  await Parser.init();
  parser = new Parser();
  const require = createRequire(import.meta.url);
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
});

function nodesOf(script: string): readonly Node[] {
  const tree = parser.parse(script);
  if (tree === null) throw new Error('not parsed');
  const all: Node[] = [];
  const visit = (node: Node): void => {
    all.push(node);
    for (const child of node.children) visit(child);
  };
  visit(tree.rootNode);
  return all;
}

const faultsOf = (script: string): readonly string[] =>
  nodesOf(script)
    // The grammar takes the chain operators of PowerShell 7.
    .filter((node) => node.isError || node.isMissing || node.type === '&&' || node.type === '||')
    .map((node) => `${node.startPosition.row + 1}:${node.startPosition.column} ${node.text.slice(0, 40)}`);
const commandsOf = (script: string): readonly string[] => [
  ...new Set(nodesOf(script).flatMap((node) => (node.type === 'command_name' ? [node.text] : []))),
];

describe.each(names)('the script %s', (name) => {
  test('is one for Windows PowerShell 5.1, in ASCII', () => {
    const script = frameScript(name, request);
    expect(faultsOf(script)).toEqual([]);
    expect(script).toMatch(/^[\t\n\x20-\x7E]*$/u);
  });

  test('runs nothing but what is on the list', () => {
    expect(commandsOf(frameScript(name, request)).filter((command) => !ALLOWED.includes(command))).toEqual([]);
  });

  test('survives its encoding and the way as a file', () => {
    const script = frameScript(name, {});
    expect(Buffer.from(encodeScript(script), 'base64').toString('utf16le')).toBe(script);
    const file = scriptFile(script);
    expect([file.subarray(0, 3).toString('hex'), file.subarray(3).toString('utf8').replaceAll('\r\n', '\n')]).toEqual(['efbbbf', script]);
  });
});

test('a folder for the lock is looked at before it is closed, closed before anything in it goes, and looked at again', () => {
  const steps = nodesOf(POWERSHELL_SCRIPTS.setLists)
    .filter((node) => node.type === 'command_name')
    .map((node) => node.text.split('\\').at(-1))
    .filter((name) => ['Get-ChildItem', 'icacls.exe', 'Remove-Item'].includes(name ?? ''));
  const closed = steps.lastIndexOf('icacls.exe');
  expect(steps.indexOf('Get-ChildItem')).toBeLessThan(steps.indexOf('icacls.exe'));
  expect(steps.indexOf('Remove-Item')).toBeGreaterThan(closed);
  expect(steps.indexOf('Get-ChildItem', steps.lastIndexOf('Remove-Item'))).toBeGreaterThan(closed);
});

test.each(['placeFiles', 'removeTree'] as const)('what holds a file for a moment is waited for by %s', (name) => {
  const waits = nodesOf(POWERSHELL_SCRIPTS[name]).filter((node) => node.type === 'command_name' && node.text === 'Start-Sleep');
  const isInLoop = (node: Node | null): boolean => node !== null && (node.type === 'while_statement' || isInLoop(node.parent));
  expect(waits.map(isInLoop)).toEqual([true]);
});

test('the list has no command that no script uses', () => {
  const used = new Set(names.flatMap((name) => commandsOf(frameScript(name, request))));
  expect(ALLOWED.filter((command) => !used.has(command))).toEqual([]);
});

test('the longest script that fits is short enough for cmd', () => {
  const encoded = encodeScript('x'.repeat(MOST_ENCODED_CHARACTERS));
  expect(commandLine('powershell.exe', ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded]).length).toBeLessThan(8191);
});

describe('the parser of this test', () => {
  test.each([
    ['a missing parenthesis', 'if ($a -eq 1 { 2 }'],
    ['an open string', "$a = 'x"],
    ['the ternary operator of PowerShell 7', '$a = $b ? 1 : 2'],
    ['the chain operator of PowerShell 7', 'Get-Date && Get-Date'],
    ['the null operator of PowerShell 7', '$a = $b ?? 2'],
  ])('sees %s', (_, script) => {
    expect(faultsOf(script)).not.toEqual([]);
  });

  test('names every command', () => {
    expect(
      commandsOf('& { Get-Date | Select-Object -First 1; $x = @(whoami.exe $y); $z = @(C:\\Windows\\System32\\icacls.exe C:\\) }'),
    ).toEqual(['Get-Date', 'Select-Object', 'whoami.exe', 'C:\\Windows\\System32\\icacls.exe']);
  });
});

/** Any unit of UTF-16, the telling ones often. */
const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x27, 0x22, 0x5c, 0x24, 0x60, 0x0a, 0xd83d, 0xde00, 0x2019));

test('parameters stay data, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
      const text = String.fromCharCode(...units);
      const line = frameScript('state', { text })
        .split('\n')
        .find((candidate) => candidate.startsWith('$request'));
      const quoted = /^\$request = ConvertFrom-Json -InputObject '([^'\n]*)'$/u.exec(line ?? '')?.[1] ?? '';
      expect(JSON.parse(quoted)).toEqual({ text });
    }),
  );
});

describe('an answer', () => {
  test('is found between its marks, behind a login message and in spite of line ends', () => {
    const stdout = 'Welcome\r\nTRIAD-ANSWER-BEGIN\r\n{"a":\r\n"b c"}\r\nTRIAD-ANSWER-END\r\n';
    expect(readAnswer(stdout)).toEqual({ a: 'b c' });
  });

  test.each(['', 'TRIAD-ANSWER-BEGIN\n{"a":1}', 'TRIAD-ANSWER-BEGIN\n{"a"\nTRIAD-ANSWER-END'])('is missing in %j', (stdout) => {
    expect(readAnswer(stdout)).toBeUndefined();
  });
});
