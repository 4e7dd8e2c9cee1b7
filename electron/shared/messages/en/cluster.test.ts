import { describe, expect, it } from 'vitest';
import { REASON_VALUES } from '../../domain/clusterReason.ts';
import { clusterTexts } from './cluster.ts';

describe('the texts of cluster reasons', () => {
  it.each(Object.entries(REASON_VALUES))('%s names exactly the values that its reason brings', (code, values) => {
    const texts: Readonly<Record<string, string>> = clusterTexts;
    const named = [...(texts[code] ?? '').matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1]);
    expect(new Set(named)).toEqual(new Set<string | undefined>(values));
  });
});
