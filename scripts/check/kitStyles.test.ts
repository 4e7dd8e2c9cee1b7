import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sourceFiles } from './sourceFiles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kit = join(root, 'node_modules', '@mantine', 'core');
const read = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');

/** What the window takes from Mantine, by name. */
function importedNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of sourceFiles(root).filter((path) => /^(?:renderer|electron)\/.*(?<!\.test)\.tsx?$/u.test(path)))
    for (const [, list = ''] of read(root, file).matchAll(/import \{([^}]*)\} from '@mantine\/core'/gu))
      for (const name of list.split(',').map((one) => one.trim())) if (name !== '' && !name.startsWith('type ')) names.add(name);
  return names;
}

/** The style sheets of these and of all that they are made of: Mantine's modules import a module of class names for each. */
function neededSheets(names: ReadonlySet<string>): ReadonlySet<string> {
  const modules = new Map<string, string>();
  for (const [, list = '', path = ''] of read(kit, 'esm', 'index.mjs').matchAll(/import \{([^}]*)\} from "([^"]+)"/gu))
    for (const name of list.split(',')) modules.set(name.trim().replace(/^.* as /u, ''), join(kit, 'esm', path));
  const waiting = [...names].map((name) => {
    const path = modules.get(name);
    if (path === undefined) throw new Error(`Mantine exports no ${name}`);
    return path;
  });
  const seen = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, path = ''] of read(file).matchAll(/from "(\.[^"]+)"/gu)) waiting.push(join(dirname(file), path));
  }
  const sheets = [...seen].flatMap((file) => /\/(\w+)\.module\.mjs$/u.exec(file)?.[1] ?? []);
  return new Set(sheets.filter((name) => existsSync(join(kit, 'styles', `${name}.css`))));
}

it('loads the styles of each part of the kit that the window uses, of no other, and in the kit’s own order', () => {
  const listed = [...read(root, 'renderer/theme/kitStyles.ts').matchAll(/^import '@mantine\/core\/styles\/([\w-]+)\.css';$/gmu)].map(
    ([, name = '']) => name,
  );
  const always = ['baseline', 'default-css-variables', 'global'];
  expect(listed.toSorted()).toEqual([...always, ...neededSheets(importedNames())].toSorted());
  const all = read(kit, 'styles.css');
  const places = listed.map((name) => all.indexOf(read(kit, 'styles', `${name}.css`)));
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});
