import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Words } from './Words.tsx';

const html = (words: string): string => renderToStaticMarkup(<Words>{words}</Words>);

test('what stands between backticks is something to type', () => {
  expect(html('Run `triad plan` first.')).toBe('Run <code>triad plan</code> first.');
  expect(html('It said "`" only.')).toBe('It said &quot;`&quot; only.');
});

test('lines stay lines, and indented ones are something to type', () => {
  expect(html('Ask for `one`:\n  ufw allow\nor wait.')).toBe(
    '<span class="line">Ask for <code>one</code>:</span><code class="line">  ufw allow</code><span class="line">or wait.</span>',
  );
});
