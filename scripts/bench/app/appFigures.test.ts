import { describe, expect, it } from 'vitest';
import { appResults, renderAppTable } from './appFigures.ts';
import type { AppResult, AppSamples } from './appFigures.ts';

const start = (interactiveMs: number, pssBytes: number): AppSamples['starts']['bare'][number] => ({
  interactiveMs,
  firstPaintMs: interactiveMs / 2,
  pageBeginsMs: interactiveMs / 4,
  loadedPaths: [],
  memory: { processes: 5, pssBytes, rssBytes: 2 * pssBytes },
});
const frames = { longestGapMs: 20, longestFrameMs: 0, frames: 100 };
const samples: AppSamples = {
  starts: {
    bare: [start(400, 200e6), start(500, 100e6), start(600, 300e6)],
    bareBySoftware: [start(350, 200e6), start(400, 200e6), start(450, 200e6)],
    triad: [start(700, 290e6), start(600, 290e6), start(650, 310e6)],
  },
  bundle: { scriptBytes: 1.2e6, styleBytes: 0.3e6, firstScreenBytes: 1e6 },
  manyEvents: [0, 90, 0].map((longestFrameMs) => ({
    events: 20_000,
    opening: { ...frames, longestFrameMs: 70 },
    folding: { ...frames, longestFrameMs },
    scrolling: { ...frames, longestFrameMs: longestFrameMs + 80 },
  })),
};
const find = (results: readonly AppResult[], what: string): AppResult | undefined => results.find((result) => result.what === what);

describe('the figures of the window', () => {
  it('compares medians with the bare window of the same run', () => {
    const results = appResults(samples);
    expect(find(results, 'Triad: start until it can be used')).toMatchObject({
      median: 650,
      min: 600,
      max: 700,
      ofBare: 1.3,
      reached: true,
    });
    expect(find(results, 'Triad: memory of all processes (PSS)')).toMatchObject({ median: 290, ofBare: 1.45, reached: true });
    expect(find(results, 'Bare window: start until it can be used')).toMatchObject({ median: 500, ofBare: null, reached: null });
    expect(find(results, 'Bare window that looks for no graphics processor: the same')).toMatchObject({ median: 400, ofBare: 0.8 });
  });

  it('tells a target that was missed', () => {
    const slow = { ...samples, starts: { ...samples.starts, triad: [start(651, 301e6)] } };
    const results = appResults(slow);
    expect(find(results, 'Triad: start until it can be used')?.reached).toBe(false);
    expect(find(results, 'Triad: memory of all processes (PSS)')?.reached).toBe(false);
    expect(find(results, '20000 events arrive and are folded: longest frame beyond 50 ms')).toMatchObject({
      median: 0,
      max: 90,
      reached: true,
    });
    expect(find(results, '20000 events begin to arrive, screen and log open: longest frame beyond 50 ms')).toMatchObject({
      median: 70,
      reached: null,
    });
    expect(find(results, '20000 events are scrolled through: longest frame beyond 50 ms')?.reached).toBe(false);
  });

  it('fails when nothing was measured', () => {
    expect(() => appResults({ ...samples, starts: { ...samples.starts, bare: [], triad: [] } })).toThrow('Nothing was measured');
    expect(() => appResults({ ...samples, manyEvents: [] })).toThrow('Nothing was measured: many events.');
  });

  it('makes a table of them', () => {
    const table = renderAppTable(appResults(samples));
    expect(table).toMatch(/^Triad: start until it can be used +650 ms +600 ms +700 ms +1\.30 +<= 1\.3 of bare +yes$/mu);
    expect(table).toMatch(/^Window: scripts +1\.20 MB/mu);
  });
});
