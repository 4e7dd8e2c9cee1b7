import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const rows = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const found = /^\| (\d+) \| .+ \| `([^`]+)` \| `(.+)` \|$/u.exec(line);
    return found === null ? [] : [{ number: Number(found[1]), file: found[2] ?? '', title: found[3] ?? '' }];
  });

describe('the table of golden transcripts', () => {
  test('has every number from 1 to 20', () => {
    expect([...new Set(rows.map(({ number }) => number))]).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  test.each(rows)('$number names a test that is there: $title', ({ file, title }) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    expect(text).toContain(`'${title.replaceAll("'", String.raw`\'`)}'`);
  });
});
