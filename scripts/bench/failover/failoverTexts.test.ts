import { expect, it } from 'vitest';
import { eventsIn } from './eventsIn.ts';
import { markdownTable, replaceBlock } from './readmeBlock.ts';
import { SuspicionCounter } from './suspicions.ts';
import { element, words } from './svg.ts';

it('events: those of one type, past everything else that was printed', () => {
  const printed = '{"type":"a","n":1}\nnot an event\n{"type":"b"}\n{"seq":1}\n{"type":"a","n":2}\n';
  expect(eventsIn(printed, 'a')).toEqual([
    { type: 'a', n: 1 },
    { type: 'a', n: 2 },
  ]);
});

it('a block of a page is replaced, and nothing else; again it changes nothing', () => {
  const page = 'before\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nafter\n';
  const replaced = replaceBlock(page, 'x', 'new\n');
  expect(replaced).toBe('before\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nafter\n');
  expect(replaceBlock(replaced, 'x', 'new')).toBe(replaced);
  expect(() => replaceBlock(page, 'y', 'new')).toThrow('has no block');
  expect(() => replaceBlock(page + page, 'x', 'new')).toThrow('has no block');
});

it('a table of Markdown', () => {
  expect(
    markdownTable([
      ['a', 'b'],
      ['1', '2'],
    ]),
  ).toBe('| a | b |\n| --- | ---: |\n| 1 | 2 |');
});

it('SVG: words cannot become marks', () => {
  expect(element('text', { x: 1.26, id: '"&' }, words('a < b'))).toBe('<text x="1.3" id="&quot;&amp;">a &lt; b</text>');
  expect(element('line', { x: 1 })).toBe('<line x="1"/>');
});

it('a suspicion counts when it begins, not as long as it lasts', () => {
  const counter = new SuspicionCounter();
  const say = (flags: string): void =>
    counter.take(
      `${'a'.repeat(40)} 10.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-1\n${'b'.repeat(40)} 10.0.0.2:7000@17000 ${flags} - 0 0 2 connected 2-3\n`,
    );
  for (const flags of ['master', 'master,fail?', 'master,fail?', 'master,fail']) say(flags);
  expect([counter.count, counter.isCalm]).toEqual([1, false]);
  for (const flags of ['master', 'master,fail?', 'master']) say(flags);
  expect([counter.count, counter.isCalm]).toEqual([2, true]);
});
