// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { palette } from '../../../electron/shared/figures/palette.ts';
import { parseXml, type ParsedElement } from '../../../electron/report/testing/parseXml.ts';
import { sampleTimeouts } from './testing/sampleResults.ts';
import { timeoutChart } from './timeoutChart.ts';

const chart = timeoutChart(sampleTimeouts);
const picture = parseXml(chart);

function named(name: string, element: ParsedElement = picture): readonly ParsedElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...named(name, child)]);
}

it('draws every outage that had an end, by a shape of its scenario', () => {
  // One more of each stands in the legend.
  expect(named('circle')).toHaveLength(3 + 1);
  expect(named('path')).toHaveLength(2 + 1);
});

it('puts a point the higher, the longer the outage', () => {
  const [, first, second, third] = named('circle').map(({ attributes }) => Number(attributes['cy']));
  expect([first, second, third]).toEqual([first, second, third].toSorted((a = 0, b = 0) => b - a));
  expect(second).toBeLessThan(first ?? 0);
});

it('says all figures in words, and has both schemes in itself', () => {
  expect(named('desc')[0]?.text).toContain('1000 ms, processKilled: 2 outages from 2.0 s to 2.4 s, median 2.2 s; predicted 1.5–4.5 s.');
  expect(named('desc')[0]?.text).toContain('1000 ms, serverLost: 1 of 2 ended, from 9.0 s to 9.0 s, median 9.0 s; predicted 1.5–4.5 s.');
  const style = named('style')[0]?.text;
  expect(style).toContain(palette.light.page);
  expect(style).toContain(palette.dark.page);
  expect(chart).not.toMatch(/href|url\(/u);
});

it('is the same bytes for the same results', () => {
  expect(timeoutChart(structuredClone(sampleTimeouts))).toBe(chart);
  expect(chart.replace(/<style>.*<\/style>/u, '')).toMatchSnapshot();
});
