import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { beginMark, commandLine, completeScript, elevationFor, privilegeOf, promptMark, SCRIPT_CUT_CODE } from './commandLine.ts';

const NONCE = '0a1b2c';

/** Runs a command line as a login shell does, without sudo. */
function runLine(shell: string, script: string, input: Buffer = Buffer.alloc(0), cutBytes = 0): ReturnType<typeof spawnSync> {
  const bytes = completeScript(script);
  const line = commandLine('none', NONCE, bytes.length, 10);
  return spawnSync(shell, ['-c', line], { input: Buffer.concat([bytes.subarray(0, bytes.length - cutBytes), input]) });
}

test.each(['/bin/sh', '/bin/bash'])('%s: the script announces itself and gets exactly its own bytes', (shell) => {
  const payload = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
  const { stdout, stderr, status } = runLine(shell, 'echo "it\'s $HOME"; umask; pwd; wc -c; echo oops >&2; exit 5', payload);
  expect(String(stdout)).toMatch(/^triad-0a1b2c-begin \d+ \d+\nit's \S+\n0022\n\/\n100000\n$/u);
  expect(String(stderr)).toBe('triad-0a1b2c-begin\noops\n');
  expect(status).toBe(5);
});

test.each([1, 5, 40])('a script that arrives %i bytes short is not executed at all', (cutBytes) => {
  const { stdout, status } = runLine('/bin/sh', 'echo first\necho rm -rf /data/of/somebody/else/altogether/and/more', undefined, cutBytes);
  expect(String(stdout)).toMatch(/^triad-0a1b2c-begin \d+ \d+\n$/u);
  expect(status).toBe(SCRIPT_CUT_CODE);
});

test('characters of several bytes are counted as bytes', () => {
  const { stdout } = runLine('/bin/sh', 'echo "ü€😀"');
  expect(String(stdout)).toContain('ü€😀');
});

test('an echo of the command line is not taken for the begin', () => {
  expect(commandLine('sudoAsking', NONCE, 10, 60)).not.toContain(beginMark(NONCE));
});

test('the line has nothing that login shells read differently, and no secret', () => {
  for (const elevation of ['none', 'sudo', 'sudoAsking'] as const) {
    const line = commandLine(elevation, NONCE, 1234, 60);
    const [before = '', quoted = '', after = 'missing', ...more] = line.split("'");
    expect(more).toEqual([]);
    expect(after).toBe('');
    // Outside of the quotes only plain words; inside none of what csh and fish read even in single quotes.
    expect(before).toMatch(/^[\w/=:. -]+$/u);
    expect(quoted).not.toMatch(/[!\\\n]/u);
  }
});

test('sudo is asked as the login needs it', () => {
  expect(commandLine('none', NONCE, 1, 60)).not.toContain('sudo');
  expect(commandLine('sudo', NONCE, 1, 60)).toContain(' sudo -n timeout -k 2 60 ');
  expect(commandLine('sudoAsking', NONCE, 1, 0)).toContain(` sudo -k -S -p ${promptMark(NONCE)} timeout -k 2 0 `);
});

test.each([
  ['root', false, 'none'],
  ['root', true, 'none'],
  ['admin', false, 'sudo'],
  ['admin', true, 'sudoAsking'],
] as const)('%s with password %s: %s', (user, hasPassword, elevation) => {
  expect(elevationFor(user, hasPassword)).toBe(elevation);
});

test('the privilege says whether sudo asked', () => {
  expect([
    privilegeOf('none', false),
    privilegeOf('sudo', false),
    privilegeOf('sudoAsking', false),
    privilegeOf('sudoAsking', true),
  ]).toEqual(['root', 'sudo', 'sudo', 'sudoWithPassword']);
});
