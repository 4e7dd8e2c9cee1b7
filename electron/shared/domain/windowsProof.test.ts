import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FIRST_RUN_ITEM_IDS, ONLY_ON_WINDOWS, PROVED_UNDER_WINE } from './windowsProof.ts';

test('every test that is said to prove something is there', () => {
  const missing = PROVED_UNDER_WINE.flatMap(({ tests }) => tests).filter(
    (file) => !existsSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url))),
  );
  expect(missing).toEqual([]);
});

test('every item of a first run shows something that was never proved, but for the one that only proves the way there', () => {
  const shown = new Set<string>(ONLY_ON_WINDOWS.flatMap(({ shownBy }) => shownBy));
  expect(FIRST_RUN_ITEM_IDS.filter((id) => !shown.has(id))).toEqual(['secondRun']);
});
