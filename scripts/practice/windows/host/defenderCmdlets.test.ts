import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodeScript, frameScript, readAnswer } from '../../../../electron/hosts/windows/powershell/frameScript.ts';
import type { PowershellScript } from '../../../../electron/hosts/windows/powershell/scripts.ts';
import { readDefender, writeDefender, type PracticeDefender } from '../defenderState.ts';
import { answerDefender } from './defenderCmdlets.ts';

/** What a server with this Defender answers to Triad's own scripts. */
function serverWith(defender: PracticeDefender | null): {
  readonly ask: (script: PowershellScript, paths?: readonly string[]) => unknown;
  readonly exclusions: () => readonly string[] | undefined;
} {
  const folder = mkdtempSync(join(tmpdir(), 'defender-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'defender.json');
  if (defender !== null) writeDefender(file, defender);
  return {
    ask: (script, paths = []) => {
      const line = `powershell.exe -NoProfile -EncodedCommand ${encodeScript(frameScript(script, { paths }))}`;
      const answer = answerDefender({ tool: 'powershell.exe', folder: '/', line }, file);
      return answer === undefined ? undefined : { code: answer.code, said: readAnswer(String(answer.stdout)) };
    },
    exclusions: () => readDefender(file)?.exclusions,
  };
}

const on: PracticeDefender = { isRunning: true, takesExclusions: true, exclusions: ['D:\\theirs'] };

test('exclusions are kept, each once, and can be taken back', () => {
  const { ask, exclusions } = serverWith(on);
  expect(ask('excludeFromDefender', ['C:\\a', 'd:\\THEIRS'])).toEqual({ code: 0, said: { missing: [] } });
  expect(exclusions()).toEqual(['D:\\theirs', 'C:\\a']);
  expect(ask('state')).toMatchObject({ code: 0, said: { defender: { isRunning: true, exclusions: ['D:\\theirs', 'C:\\a'] } } });
  expect(ask('includeInDefender', ['c:\\A'])).toEqual({ code: 0, said: { left: [] } });
  expect(exclusions()).toEqual(['D:\\theirs']);
});

test('one that takes nothing says so only by what is there afterwards, and one that is off says it at once', () => {
  const refusing = serverWith({ ...on, takesExclusions: false });
  expect(refusing.ask('excludeFromDefender', ['C:\\a'])).toEqual({ code: 0, said: { missing: ['C:\\a'] } });
  expect(refusing.ask('includeInDefender', ['D:\\theirs'])).toEqual({ code: 0, said: { left: ['D:\\theirs'] } });
  const off = serverWith({ ...on, isRunning: false });
  expect(off.ask('excludeFromDefender', ['C:\\a'])).toMatchObject({
    code: 1,
    said: { words: expect.stringContaining('0x800106ba') as unknown },
  });
  expect(off.exclusions()).toEqual(['D:\\theirs']);
});

test('nothing else is answered, nor anything where there is none', () => {
  expect(serverWith(on).ask('facts')).toBeUndefined();
  expect(serverWith(null).ask('state')).toBeUndefined();
});
