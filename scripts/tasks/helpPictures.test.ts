import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../check/program.ts';
import { helpPictures } from './helpPictures.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** The names of the pictures of `resources/help` that a text names. */
const namedIn = (text: string): readonly string[] => [...text.matchAll(/resources\/help\/([\w-]+)\.png/gu)].map((match) => match[1] ?? '');
const made: readonly string[] = Object.keys(helpPictures).toSorted();

describe('the pictures of resources/help', () => {
  it('are those that the script makes, and each lies there', () => {
    const files = readdirSync(join(root, 'resources/help'));
    expect(files.map((file) => file.replace(/\.png$/u, '')).toSorted()).toEqual(made);
  });

  it('are all shown by README, and README shows no other but the charts of measured results', () => {
    expect([...new Set(namedIn(read('README.md')))].toSorted()).toEqual(made);
    expect(
      [...read('README.md').matchAll(/!\[[^\]]*\]\(([^)]+)\)/gu)].filter(([, path]) => !/^resources\/(?:help|bench)\//u.test(path ?? '')),
    ).toEqual([]);
  });

  it('are the only ones that the help in the app shows', () => {
    const shown = namedIn(read('renderer/app/HelpDialog.tsx'));
    expect(shown).not.toEqual([]);
    expect(made).toEqual(expect.arrayContaining([...shown]));
  });

  it('are shot by those names on the way through the window', () => {
    const shot = ['specs/journey.spec.ts', 'pages/runningCluster.ts', 'specs/maintenance.spec.ts', 'pictures/report.picture.ts']
      .map((file) => read(`e2e/${file}`))
      .join('\n');
    for (const name of Object.values(helpPictures)) expect(shot).toMatch(new RegExp(`'${name.replace(/-light$/u, '')}(?:\\.png)?'`, 'u'));
  });
});
