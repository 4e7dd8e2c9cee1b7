import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareTexts, type TextPlace } from './bareTexts.ts';
import { frozenTexts } from './frozenTexts.ts';
import { sourceFiles } from './sourceFiles.ts';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';
import { unusedCodes } from './unusedCodes.ts';

/** Where words reach a person, and how. */
const places: readonly { readonly files: RegExp; readonly place: TextPlace }[] = [
  { files: /^(?:renderer|electron\/report|electron\/shared\/figures)\/.*\.tsx$/u, place: 'markup' },
  { files: /^electron\/(?:shell\/.*|main)\.tsx?$/u, place: 'system' },
];
const program = /^(?:renderer|electron)\//u;
const notSaid = /(?:\.test\.tsx?$|\/testing\/|^electron\/shared\/messages\/(?:en|pt)\/)/u;

/**
 * Every word that a person sees or hears stands in the catalogue, or it would be English in every language; it is said when it is shown;
 * and the catalogue has no text that nobody says.
 * @param root the checkout
 * @param codes all codes of the catalogue
 */
export function checkTexts(root: string, codes: readonly string[]): Promise<StepResult> {
  const files = sourceFiles(root).filter((file) => program.test(file) && !notSaid.test(file));
  const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const looked = files.flatMap((file) => {
    const found = places.find((one) => one.files.test(file));
    return found === undefined ? [] : [{ file, place: found.place }];
  });
  if (looked.length === 0 || codes.length === 0) return Promise.resolve(failed('There is no file that shows words, or no catalogue.'));
  const problems = [
    ...looked.flatMap(({ file, place }) =>
      bareTexts(file, sources.get(file) ?? '', place).map(({ line, words }) => `${file}:${line}: not in the catalogue: ${words}`),
    ),
    ...[...sources].flatMap(([file, text]) =>
      frozenTexts(file, text).map((line) => `${file}:${line}: worded while the file is loaded, in whatever language is spoken then`),
    ),
    ...unusedCodes(codes, sources).map((code) => `${code}: in the catalogue, but nothing says it`),
  ];
  const saw = `${looked.length} of ${files.length} files, ${codes.length} texts`;
  return Promise.resolve({ ok: problems.length === 0, saw, output: problems.join('\n') });
}
