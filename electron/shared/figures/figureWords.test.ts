import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { formatCount } from '../domain/reportFormat.ts';
import { inLanguage, registerLanguage } from '../messages/message.ts';
import { pt } from '../messages/pt/index.ts';
import { textWidth } from './fitText.ts';
import { roleWords, stateWords } from './layoutWords.ts';
import { text } from './text.ts';
import { TIMELINE } from './timelineGeometry.ts';
import { placeWord } from './topologyGeometry.ts';

registerLanguage('pt', pt);

/** A node's box in the smallest figure: three topologies side by side on a page. */
const NODE = 91;

describe.each(LANGUAGES)('in %s', (language) => {
  const said = (words: () => readonly string[]): readonly string[] => inLanguage(language, words);

  it('what stands left of the timeline ends before it begins', () => {
    const words = said(() => [
      text('report.timeline.laneLost'),
      text('report.timeline.laneKept'),
      text('report.timeline.axis'),
      text('report.timeline.scale', { rate: formatCount(12_345) }),
    ]);
    expect(words.filter((one) => textWidth(one, 11) > TIMELINE.left - 4)).toEqual([]);
  });

  it('roles and a loss stand beside the port of the smallest node, every other word has a place in it', () => {
    const short = said(() => [roleWords('master'), roleWords('replica'), stateWords('lost')]);
    for (const word of short) expect(placeWord(word, '7000', true, NODE)).toEqual({ isBeside: true, squeezedTo: null });
    const long = said(() => [stateWords('unknown'), roleWords(null)]);
    for (const word of long) expect(placeWord(word, '7000', false, NODE)).toEqual({ isBeside: false, squeezedTo: null });
  });

  it('the state of a server fits its column', () => {
    const words = said(() => [`✕ ${stateWords('lost')}`, stateWords('partly'), stateWords('suspected'), stateWords('unknown')]);
    expect(words.filter((word) => textWidth(word, 11) * 1.07 > NODE)).toEqual([]);
  });

  it('a suspected node keeps word and slots: the word is squeezed a little', () => {
    const [word = ''] = said(() => [stateWords('suspected')]);
    const { isBeside, squeezedTo } = placeWord(word, '7000', true, NODE);
    expect(isBeside).toBe(true);
    expect((squeezedTo ?? textWidth(word, 11)) / textWidth(word, 11)).toBeGreaterThan(0.7);
  });
});
