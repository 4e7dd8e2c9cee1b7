import { describe, expect, it } from 'vitest';
import { REASON_VALUES } from '../../domain/clusterReason.ts';
import { MATRIX_VALUES } from '../../domain/matrixSummary.ts';
import { clusterTexts } from './cluster.ts';
import { matrixTexts } from './matrix.ts';

describe('the texts of what the domain says', () => {
  it.each(Object.entries({ ...REASON_VALUES, ...MATRIX_VALUES }))('%s names exactly the values that it brings', (code, values) => {
    const texts: Readonly<Record<string, string>> = { ...clusterTexts, ...matrixTexts };
    const named = [...(texts[code] ?? '').matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set<string | undefined>(values));
  });
});
