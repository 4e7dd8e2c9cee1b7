import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, type CommandResult } from './runCommand.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'triad-practice-'));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

/** The command line, with folders of the test and a set that is not there. */
function practice(...args: readonly string[]): Promise<CommandResult> {
  const env = { XDG_STATE_HOME: home, XDG_CACHE_HOME: home, TRIAD_PRACTICE_PREFIX: 'nothere', TRIAD_PRACTICE_SUBNET: '10.79.250' };
  return runCommand(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], { env });
}

test.each([
  [['dance'], 'There is no command "dance".'],
  [['reboot'], 'Say which servers: 1, 2 or 3.'],
  [['reboot', '4'], '"4" is not a server: say 1, 2 or 3.'],
  [['block', 'me', '2', '7000'], '"me" is not a server: say 1, 2 or 3.'],
  [['block', '1', '2', '70000'], '"70000" is not a port: say a number from 1 to 65535.'],
  [['block', '1', '2', '7000', 'burn'], '"burn" is not a way to block: say drop, reject or prohibit.'],
  [['up', '--login', 'magic'], '--login cannot be "magic": choose key, keyWithPassphrase, '],
  [['up', '--firewall', 'great'], '--firewall cannot be "great": choose none, nftables, '],
  [['up', '--windows', '--windows-shell', 'fish'], '--windows-shell cannot be "fish": choose cmd, powershell.'],
  [['up', '--windows-server', '4'], '"4" is not a server: say 1, 2 or 3.'],
  [['up', '--colour', 'red'], "Unknown option '--colour'"],
])('%j is answered with one sentence and code 2', async (args, sentence) => {
  const { code, stdout, stderr } = await practice(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(home)).toEqual([]);
});

test('a set that is down says so', async () => {
  expect(await practice('status')).toMatchObject({ code: 0, stdout: 'Set "nothere" (10.79.250.0/24): down\n' });
  expect(await practice('spec')).toMatchObject({ code: 1, stderr: 'The practice servers "nothere" are down: bring them up first.\n' });
  expect(await practice('up', '--prefix', 'no good')).toMatchObject({ code: 1, stdout: '' });
});

test('without a command the usage is shown, with all variants', async () => {
  const { code, stdout } = await practice();
  expect(code).toBe(2);
  for (const word of ['power-cut N', 'passwordAndSudoPassword', 'firewalld', 'noexecTmp']) expect(stdout).toContain(word);
  expect(await practice('--help')).toMatchObject({ code: 0, stdout });
});
