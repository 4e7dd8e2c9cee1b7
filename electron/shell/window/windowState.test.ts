import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_STATE, placeWindow, readWindowState, writeWindowState, type WindowState } from './windowState.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('where the window opens', () => {
  it('is the middle of the main screen at first', () => {
    expect(placeWindow(null, [main, right])).toEqual({ x: 320, y: 123, width: 1280, height: 860 });
  });

  it('is where it was left, on whichever screen', () => {
    for (const left of [
      { x: 10, y: 25, width: 1000, height: 700 },
      { x: 2000, y: 100, width: 1000, height: 700 },
      { x: -800, y: 300, width: 1000, height: 700 },
    ])
      expect(placeWindow(left, [main, right])).toEqual(left);
  });

  it.each([
    ['its screen is gone', { x: 2000, y: 100, width: 1000, height: 700 }],
    ['only a sliver is left on a screen', { x: 1900, y: 100, width: 1000, height: 700 }],
    ['its title bar is above the screen', { x: 100, y: -200, width: 1000, height: 700 }],
    ['its title bar is below the screen', { x: 100, y: 1075, width: 1000, height: 700 }],
  ])('is the middle of the main screen, in its old size, when %s', (_, left) => {
    expect(placeWindow(left, [main])).toEqual({ x: 460, y: 203, width: 1000, height: 700 });
  });

  it('is always on a screen, whatever was saved', () => {
    const any = fc.record({ x: fc.integer(), y: fc.integer(), width: fc.integer({ min: 1 }), height: fc.integer({ min: 1 }) });
    fc.assert(
      fc.property(any, (left) => {
        const placed = placeWindow(left, [main, right]);
        if (!('x' in placed)) return false;
        return [main, right].some(
          (area) =>
            placed.width <= area.width &&
            placed.height <= area.height &&
            placed.y >= area.y &&
            placed.y < area.y + area.height &&
            placed.x < area.x + area.width &&
            placed.x + placed.width > area.x,
        );
      }),
    );
  });

  it('does not need a screen', () => {
    expect(placeWindow(null, [])).toEqual({ width: 1280, height: 860 });
  });
});

describe('what is kept', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'triad-window-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const state: WindowState = {
    ...FIRST_STATE,
    bounds: main,
    isMaximised: true,
    zoomFactor: 1.5,
    settings: { theme: 'dark', language: 'pt' },
    hasCards: true,
    noGpuAtMs: 1_777_881_600_000,
  };

  it('comes back', () => {
    const file = join(folder, 'new', 'window.json');
    expect(writeWindowState(file, state)).toBe(true);
    expect(readWindowState(file)).toEqual(state);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"schemaVersion":2}',
    JSON.stringify({ ...state, zoomFactor: 40 }),
    JSON.stringify({ ...state, hasCards: undefined }),
    JSON.stringify({ ...state, noGpuAtMs: 'never' }),
    JSON.stringify({ ...state, bounds: { x: 1e9 } }),
  ])('counts for nothing when it is not whole: %s', async (text) => {
    const file = join(folder, 'broken.json');
    await writeFile(file, text);
    expect(readWindowState(file)).toEqual(FIRST_STATE);
  });

  it('keeps its place from a version that knew nothing of graphics processors', async () => {
    const file = join(folder, 'earlier.json');
    await writeFile(file, JSON.stringify({ ...state, noGpuAtMs: undefined }));
    expect(readWindowState(file)).toEqual({ ...state, noGpuAtMs: null });
  });

  it('does not matter where nothing can be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'x');
    expect(writeWindowState(join(file, 'window.json'), state)).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('x');
  });
});
