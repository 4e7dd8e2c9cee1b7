import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { BuildError } from './buildError.ts';
import { linkedPackages } from './recipe.ts';

const licenceFile = /^(?:COPYING|COPYRIGHT|LICEN[CS]E|REDISCONTRIBUTIONS)(?:\.txt|\.md)?$/u;
/** Texts that the packages above refer to instead of repeating them. */
const commonLicences = ['Apache-2.0', 'LGPL-2.1'];
/** Code that carries its licence only in its own head. */
const licencesInCode = ['deps/linenoise/linenoise.c', 'deps/fast_float/fast_float.h'];

/** One text with every licence that applies to a build: its own, those of all code bundled with its source, and of the libraries linked in. */
export async function licenceText(build: CatalogueBuildMadeHere, source: string): Promise<string> {
  const parts: [title: string, text: string][] = [];
  for (const folder of ['.', ...(await bundledCode(source))]) {
    for (const name of (await readdir(join(source, folder))).toSorted()) {
      if (licenceFile.test(name)) parts.push([join(folder, name), await readFile(join(source, folder, name), 'utf8')]);
    }
  }
  for (const file of licencesInCode) {
    const text = await readFile(join(source, file), 'utf8').catch(() => undefined);
    if (text !== undefined) parts.push([file, leadingComment(text)]);
  }
  parts.push([
    'debian/copyright (files taken over from others, and the patches)',
    await readFile(join(source, 'debian/copyright'), 'utf8'),
  ]);
  for (const name of linkedPackages) parts.push([`linked in: ${name}`, await systemText(`/usr/share/doc/${name}/copyright`)]);
  for (const name of commonLicences) parts.push([`${name}, as referred to above`, await systemText(`/usr/share/common-licenses/${name}`)]);

  const head = [
    `${build.engine} ${build.version} (${build.licence}), linked statically.`,
    'It is made of the code below. The source package and the steps that lead from it to these programs are named in manifest.json.',
    'The support code of GCC is linked in under the GCC Runtime Library Exception.',
  ].join('\n');
  return [head, ...parts.map(([title, text]) => `${'='.repeat(78)}\n${title}\n${'='.repeat(78)}\n\n${text.trim()}`)].join('\n\n') + '\n';
}

/** The folders of `deps`: every one of them is linked in. */
async function bundledCode(source: string): Promise<readonly string[]> {
  const entries = await readdir(join(source, 'deps'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join('deps', entry.name))
    .toSorted();
}

/** The comment that a C or C++ file begins with. */
export function leadingComment(code: string): string {
  const found = /^\s*(\/\*.*?\*\/|(?:\/\/[^\n]*\n)+)/su.exec(code)?.[1];
  if (found === undefined) throw new BuildError('A file that should begin with its licence does not.');
  return found
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*|\*\/|\*|\/\/)? ?/u, '').replace(/\s*\*\/$/u, ''))
    .join('\n');
}

async function systemText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    // Trimmed containers leave /usr/share/doc out.
    throw new BuildError(`${file} is not on this machine, and without its licence text nothing may be linked in: reinstall its package.`);
  }
}
