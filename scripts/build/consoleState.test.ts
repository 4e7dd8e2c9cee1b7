import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noteConsole, staleConsoles } from './consoleState.ts';

test('a console executable is stale while it is built, and when its sources have changed since', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-console-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(staleConsoles('now', join(folder, 'none'))).toEqual([]);
  for (const target of ['linux-x64', 'win-x64']) {
    mkdirSync(join(folder, target));
    noteConsole(target, 'now', folder);
  }
  expect(staleConsoles('now', folder)).toEqual([]);
  noteConsole('win-x64', null, folder);
  expect(staleConsoles('now', folder)).toEqual(['win-x64']);
  expect(staleConsoles('later', folder)).toEqual(['linux-x64', 'win-x64']);
});
