import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from '../build/buildApp.ts';
import { buildCli } from '../build/buildCli.ts';
import { cliOutput } from '../build/cliState.mjs';
import { root, runScript } from './program.ts';
import { failed } from './step.ts';
import type { StepResult } from './step.ts';

/** Builds the command line and starts what was built. */
export async function checkBuild(): Promise<StepResult> {
  if (!existsSync(join(root, 'electron/cli.ts'))) return failed('electron/cli.ts does not exist.');
  const files = await buildCli();
  const { code, output } = await runScript(cliOutput.entry, ['--help']);
  const started = code === 0 && output.trim() !== '';
  return { ok: started, saw: `${files.length} files`, output: `out/cli/cli.js --help ended with ${String(code)}:\n${output}` };
}

/** Builds the app, and looks whether a sandboxed window under a strict policy could load what was built. */
export async function checkAppBuild(): Promise<StepResult> {
  const parts = await buildApp();
  const read = (file: string): Promise<string> => readFile(join(root, 'out', file), 'utf8');
  const problems = [
    ...preloadProblems(await read('preload/preload.cjs')),
    ...pageProblems(await read('renderer/index.html')),
    ...mainProblems(await read('main/main.cjs')),
  ];
  const sizes = parts.map(({ part, sizeBytes }) => `${part} ${(sizeBytes / 1e6).toFixed(2)} MB`);
  return { ok: problems.length === 0, saw: sizes.join(', '), output: problems.join('\n') };
}

/** A sandboxed preload may require a handful of names and no file. */
export function preloadProblems(code: string): readonly string[] {
  const required = [...code.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/gu)].map(([, name]) => name ?? '');
  return [
    ...required
      .filter((name) => name !== 'electron')
      .map((name) => `out/preload/preload.cjs requires ${name}, which a sandboxed one cannot`),
    ...(required.includes('electron') ? [] : ['out/preload/preload.cjs does not require electron: it can publish nothing']),
  ];
}

/** Everything that a page runs or styles itself with has to come from its own origin, by the nonce of each document. */
export function pageProblems(page: string): readonly string[] {
  const tags = [...page.matchAll(/<(script|style|link)\b([^>]*)>/giu)].map(([tag, name = '', attributes = '']) => ({
    tag,
    name,
    attributes,
  }));
  return [
    ...(tags.some(({ name }) => name === 'script') ? [] : ['out/renderer/index.html has no script']),
    ...(page.includes('nonce="__CSP_NONCE__"') ? [] : ['out/renderer/index.html has no place for the nonce']),
    ...tags
      .filter(({ name, attributes }) => (name === 'script' && !/\ssrc=/u.test(attributes)) || name === 'style')
      .map(({ tag }) => `out/renderer/index.html has an inline ${tag}`),
    ...tags
      .filter(({ attributes }) => /\s(?:src|href)="(?!\.\/)/u.test(attributes))
      .map(({ tag }) => `out/renderer/index.html loads from elsewhere: ${tag}`),
  ];
}

/**
 * Nothing is shipped in node_modules: what main requires is Electron's, Node's own, or optional. And it requires none of its chunks at once, but
 * the bundler's own helpers: schemas and words would take 50 ms before the window is made.
 */
export function mainProblems(code: string): readonly string[] {
  const early = [...code.matchAll(/^(?:(?:const|let|var) .* = )?require\("(\.\/chunks\/[^"]+)"\)/gmu)].map(([, chunk]) => chunk ?? '');
  const packages = [...code.matchAll(/\brequire\(\s*["'`]([^"'`./][^"'`]*)["'`]\s*\)/gu)].map(([, name]) => name ?? '');
  return [
    ...[...new Set(packages)]
      .filter((name) => name !== 'electron' && !process.getBuiltinModule('node:module').isBuiltin(name) && name !== 'cpu-features')
      .map((name) => `out/main/main.cjs requires ${name}, which is not in the package`),
    ...early
      .filter((chunk) => !chunk.includes('rolldown-runtime'))
      .map((chunk) => `out/main/main.cjs requires ${chunk} before the window is made`),
  ];
}
