import { describe, expect, it } from 'vitest';
import { ink, palette, paletteCss, type Ink } from './palette.ts';

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text and what it stands on, as the figures and the report use them. */
const TEXT: readonly (readonly [Ink, readonly Ink[]])[] = [
  ['ink', ['page', 'surface', 'passSoft', 'warnSoft', 'failSoft', 'unknownSoft']],
  ['muted', ['page', 'surface', 'warnSoft', 'failSoft', 'unknownSoft']],
  ['link', ['page', 'surface', 'warnSoft', 'failSoft', 'unknownSoft']],
  ['onMaster', ['master']],
  ['replica', ['page']],
  ['pass', ['page', 'passSoft']],
  ['warn', ['page', 'warnSoft']],
  ['fail', ['page', 'surface', 'failSoft']],
  ['unknown', ['page', 'surface', 'unknownSoft']],
];

/** Lines and shapes that carry meaning, and what they must stand out from. */
const MARKS: readonly (readonly [Ink, readonly Ink[]])[] = [
  ['edge', ['page', 'surface']],
  ['master', ['page', 'surface']],
  ['replica', ['page', 'surface']],
  ['lost', ['page']],
  ['pass', ['passSoft']],
  ['fail', ['failSoft']],
  ['unknown', ['unknownSoft']],
];

describe.each(Object.entries(palette))('the %s palette', (_theme, colours) => {
  const pairs = (table: typeof TEXT) => table.flatMap(([front, backs]) => backs.map((back) => ({ front, back })));

  it.each(pairs(TEXT))('keeps AA for text: $front on $back', ({ front, back }) => {
    expect(contrast(colours[front], colours[back])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(MARKS))('keeps AA for marks: $front on $back', ({ front, back }) => {
    expect(contrast(colours[front], colours[back])).toBeGreaterThanOrEqual(3);
  });

  it('has a glyph that stands out from its symbol', () => {
    for (const verdict of ['pass', 'warn', 'fail', 'unknown'] as const)
      expect(contrast(colours.page, colours[verdict])).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the variables of the palette', () => {
  it('are all set in both themes, dark only on a screen', () => {
    const [light = '', dark = ''] = paletteCss.split('\n');
    for (const name of Object.keys(palette.light)) {
      expect(light).toContain(`--triad-${name}:#`);
      expect(dark).toContain(`--triad-${name}:#`);
    }
    expect(dark).toMatch(/^@media screen and \(prefers-color-scheme:dark\)/u);
  });

  it('are what figures refer to', () => {
    expect(ink('master')).toBe('var(--triad-master)');
  });
});
