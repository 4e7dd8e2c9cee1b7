import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, textWidth } from './fitText.ts';

describe('fitText', () => {
  it('leaves a text alone that fits', () => {
    expect(fitText('server-1', 100, 12, 2)).toEqual(['server-1']);
    expect(fitText('', 100, 12, 2)).toEqual([]);
  });

  it('breaks a name after dashes and dots, and an address after colons', () => {
    expect(fitText('lisbon-a.rack-17', 60, 12, 3)).toEqual(['lisbon-a.', 'rack-17']);
    expect(fitText('2001:db8:85a3:8d3:1319:8a2e:370:7348', 100, 11, 3)).toEqual(['2001:db8:85a3:', '8d3:1319:8a2e:', '370:7348']);
  });

  it('drops the middle of what does not fit, for names differ at their ends', () => {
    const lines = fitText('lisbon-datacentre-a-rack-17-sessions-redis-production-node-01', 100, 12, 2);
    expect(lines).toHaveLength(2);
    expect(lines.join('')).toMatch(/^lisbon-.*….*01$/u);
  });

  it('keeps every line within the width and the lines within their number', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/u);
    fc.assert(
      fc.property(name, fc.integer({ min: 40, max: 300 }), fc.integer({ min: 1, max: 4 }), (text, width, most) => {
        const lines = fitText(text, width, 12, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
