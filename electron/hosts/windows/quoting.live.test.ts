import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import { connectWindows } from '../../../scripts/practice/windows/testing/windowsClient.ts';
import { ensureHelper } from '../../../scripts/windows-service/helperBuild.ts';
import { connectHost } from '../connectHost.ts';
import { requestFor } from '../linux/testing/connectPractice.ts';
import { commandLine } from './commandLine.ts';
import { escapedForRaw } from './whichShell.ts';

const practice = practiceSetForTest();

/** Lines for each shell, and words on each. */
const LINES = 12;
const WORDS = 40;
const CHARACTERS = ` #()*+,./:=?@[\\]_{}~-abcXYZ019éßЖ中`.split('');

const word = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 24 })
  .map((characters) => characters.join(''))
  .filter((text) => !text.endsWith('\\'));

test('a program under Wine gets the words that were meant, through cmd, through PowerShell, and through the sshd of Server 2019', async () => {
  const program = await readFile(await ensureHelper(() => undefined));
  const set = await practice.up({
    servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { shell: 'powershell', openssh: '7.7' } } },
  });
  const file = `.triad\\triad-service-${createHash('sha256').update(program).digest('hex').slice(0, 8)}.exe`;
  const lines = fc.sample(fc.array(word, { minLength: WORDS, maxLength: WORDS }), LINES);
  for (const server of [1, 2, 3] as const) {
    const host = await connectHost({ ...requestFor(set, server), helperProgram: () => Promise.resolve(program) });
    onTestFinished(() => host.close());
    // Uploads it.
    expect(await host.isBetweenBoots()).toBe(false);
    const client = await connectWindows(set, server);
    for (const words of lines) {
      const line = commandLine(file, ['hash', ...words]);
      const { stdout } = await client.run(server === 3 ? escapedForRaw(line) : line);
      // What it was asked to hash it names, word by word; there is no such file.
      const answer = JSON.parse(stdout) as { readonly files: readonly { readonly path: string }[] };
      expect(answer.files.map(({ path }) => path)).toEqual(words);
    }
  }
});
