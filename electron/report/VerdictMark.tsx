import type { ReactElement } from 'react';
import type { Verdict } from '../shared/domain/verdict.ts';
import { text } from '../shared/figures/text.ts';

/** Symbols of 16 by 16; each verdict has its own outline, so that it can be told in grey. The glyph is drawn in the page's colour. */
const SHAPES: Readonly<Record<Verdict, { readonly outline: string; readonly glyph: string; readonly isHollow?: true }>> = {
  pass: { outline: 'M8,0.5 A7.5,7.5 0 1 1 7.99,0.5 Z', glyph: 'M4.6,8.3 L7,10.7 L11.5,5.6' },
  passWithoutTolerance: { outline: 'M8,0.5 A7.5,7.5 0 1 1 7.99,0.5 Z', glyph: 'M8,2.4 A5.6,5.6 0 0 1 8,13.6 Z', isHollow: true },
  warn: { outline: 'M8,0.8 L15.6,14.6 H0.4 Z', glyph: 'M8,5.6 V10 M8,12.2 V12.4' },
  fail: { outline: 'M4.9,0.5 H11.1 L15.5,4.9 V11.1 L11.1,15.5 H4.9 L0.5,11.1 V4.9 Z', glyph: 'M5.2,5.2 L10.8,10.8 M10.8,5.2 L5.2,10.8' },
  unknown: {
    outline: 'M3,0.5 H13 A2.5,2.5 0 0 1 15.5,3 V13 A2.5,2.5 0 0 1 13,15.5 H3 A2.5,2.5 0 0 1 0.5,13 V3 A2.5,2.5 0 0 1 3,0.5 Z',
    glyph: 'M5.9,6.2 C5.9,3.2 10.2,3.3 10.2,6.1 C10.2,7.9 8.1,7.8 8.1,9.5 M8.1,11.9 V12.2',
  },
  skipped: { outline: 'M8,1.2 A6.8,6.8 0 1 1 7.99,1.2 Z', glyph: 'M5,8 H11', isHollow: true },
};

const VERDICTS: readonly Verdict[] = ['pass', 'passWithoutTolerance', 'warn', 'fail', 'unknown', 'skipped'];

/** Every symbol once, for all the places that refer to it. */
export function VerdictSymbols(): ReactElement {
  return (
    <svg width="0" height="0" aria-hidden="true" className="symbols">
      {VERDICTS.map((verdict) => {
        const { outline, glyph, isHollow } = SHAPES[verdict];
        return (
          <symbol key={verdict} id={`v-${verdict}`} viewBox="0 0 16 16">
            <path
              d={outline}
              fill={isHollow ? 'none' : 'currentColor'}
              stroke="currentColor"
              strokeWidth={isHollow ? 1.6 : 1}
              strokeLinejoin="round"
            />
            <path
              d={glyph}
              fill={verdict === 'passWithoutTolerance' ? 'currentColor' : 'none'}
              stroke={isHollow ? 'currentColor' : 'var(--triad-page)'}
              strokeWidth={verdict === 'passWithoutTolerance' ? 0 : 1.9}
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </symbol>
        );
      })}
    </svg>
  );
}

/** The symbol alone, for places where a word stands beside it already. */
export function VerdictSymbol({ verdict, size = 14 }: { readonly verdict: Verdict; readonly size?: number }): ReactElement {
  return (
    <svg className={`symbol is-${verdict}`} width={size} height={size} aria-hidden="true">
      <use href={`#v-${verdict}`} />
    </svg>
  );
}

/** A verdict as symbol and word. */
export function VerdictMark({ verdict }: { readonly verdict: Verdict }): ReactElement {
  return (
    <span className={`mark is-${verdict}`}>
      <VerdictSymbol verdict={verdict} />
      {text(`report.verdict.${verdict}`)}
    </span>
  );
}
