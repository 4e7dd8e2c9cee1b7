import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A package that is part of the built app, with the licence that it comes under. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** As an SPDX expression, such as "MIT". */
  readonly licence: string;
  /** The whole text, as the package brings it. */
  readonly text: string;
}

/** Licences that let a closed or open product carry the code when their text goes with it. */
const accepted = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'MIT and ISC', 'Unlicense']);

const named = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: named.optional(),
  // As packages wrote it before 2014, and some still do.
  licenses: z.array(named).optional(),
  // Written in many ways; one that is not understood is left out.
  author: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .optional()
    .catch(undefined),
});

/**
 * The licences of all packages that a list of modules belongs to, sorted by name. Fails when one has a licence that is not accepted, or none.
 * @param modules paths of modules, those of the project itself included
 * @param root the checkout
 */
export async function collectLicences(modules: ReadonlySet<string>, root: string): Promise<readonly Licence[]> {
  const folders = new Set([...modules].flatMap((module) => packageFolder(module.replaceAll('\\', '/')) ?? []));
  if (folders.size === 0) throw new Error('The build names no package: its list of modules cannot be right.');
  const licences: Licence[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const licence = await licenceOf(folder, root);
    if (typeof licence === 'string') problems.push(licence);
    else licences.push(licence);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const byName = new Map(licences.map((licence) => [`${licence.name} ${licence.version}`, licence]));
  return [...byName.values()].toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** The innermost package that a module lies in; undefined for the project's own. */
export function packageFolder(module: string): string | undefined {
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*)\//u.exec(module)?.[1];
}

/** The licence, or what is wrong with it. */
async function licenceOf(folder: string, root: string): Promise<Licence | string> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const { name, version, licenses = [], license = licenses.join(' and '), author } = manifest;
  if (!accepted.has(license)) return `${name} ${version} is bundled and comes under "${license}": nobody has accepted that yet.`;
  const file = (await readdir(folder)).find((entry) => /^(?:licen[cs]e|copying)(?:[.-].*)?$/iu.test(entry));
  if (file !== undefined) return { name, version, licence: license, text: (await readFile(join(folder, file), 'utf8')).trim() };
  // Some packages name their licence and forget its text, which then is the standard one with the author's name.
  const standard = license === 'MIT' ? await ownLicenceText(root) : undefined;
  if (standard === undefined) return `${name} ${version} is bundled and brings no text of its licence ${license}.`;
  return {
    name,
    version,
    licence: license,
    text: standard.replace(/^Copyright .*$/mu, `Copyright (c) ${author ?? `the authors of ${name}`}`),
  };
}

/** The project itself is under the MIT licence. */
async function ownLicenceText(root: string): Promise<string> {
  return (await readFile(join(root, 'LICENSE'), 'utf8')).trim();
}

/** Writes `third-party.json` for the program and `third-party.txt` for people; a reader at the same time sees the old or the new file. */
export async function writeLicences(licences: readonly Licence[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = licences.map((one) => `${one.name} ${one.version} (${one.licence})\n\n${one.text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
  const contents = { 'third-party.json': `${JSON.stringify({ schemaVersion: 1, licences }, null, 2)}\n`, 'third-party.txt': text };
  for (const [name, content] of Object.entries(contents)) {
    const made = join(folder, `.${name}.${process.pid}`);
    await writeFile(made, content);
    await rename(made, join(folder, name));
  }
}
