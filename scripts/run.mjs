#!/usr/bin/env node
// Entry of every npm script: node scripts/run.mjs TASK [args...]
//
// Runs on Node 20 with nothing installed, so it uses built-in modules only. It installs the packages of the lock when they are missing or
// out of date, then runs the task under Node 24, which executes TypeScript directly and which node_modules itself brings along.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensurePackages } from './install/ensurePackages.mjs';
import { runUnder } from './install/runUnder.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const neededNodeMajor = 24;

/** Every task and the file that does it. A task without a file would be a typing error in package.json. */
const tasks = new Map([
  ['start', 'scripts/electron/start.ts'],
  ['test', 'scripts/tasks/test.ts'],
  ['check', 'scripts/check/check.ts'],
  ['build', 'scripts/tasks/build.ts'],
  ['package', 'scripts/electron/package.ts'],
  ['package:console', 'scripts/tasks/packageConsole.ts'],
  ['electron', 'scripts/electron/cli.ts'],
  ['icons', 'scripts/electron/icons.ts'],
  ['format', 'scripts/tasks/format.ts'],
  ['screenshots', 'scripts/tasks/screenshots.ts'],
  ['demo', 'scripts/demo/demo.ts'],
  ['practice', 'scripts/practice/cli.ts'],
  ['redis', 'scripts/redis/cli.ts'],
  ['windows-service', 'scripts/windows-service/cli.ts'],
  ['triad', 'scripts/triad.mjs'],
  ['bench:install', 'scripts/bench/install.ts'],
  ['bench:app', 'scripts/bench/app.ts'],
  ['bench:validate', 'scripts/bench/validate.ts'],
  ['bench:failover', 'scripts/bench/failover.ts'],
]);

/**
 * @param {string} sentence what is wrong, for a person
 * @returns {never}
 */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** @returns {string | undefined} the Node 24 that node_modules brings for this platform */
function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const file = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  return existsSync(file) ? file : undefined;
}

const [task = '', ...args] = process.argv.slice(2);
const file = tasks.get(task);
if (file === undefined) refuse(`Unknown task "${task}". Known tasks: ${[...tasks.keys()].join(', ')}.`);
const script = join(root, file);
if (!existsSync(script)) refuse(`Task "${task}" is not available in this checkout: ${file} does not exist.`);

const problem = await ensurePackages(root);
if (problem !== undefined) refuse(problem);

process.env['PATH'] = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
if (Number.parseInt(process.versions.node, 10) >= neededNodeMajor) {
  // A second process would cost start-up time for nothing.
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
} else {
  const node = bundledNode();
  if (node === undefined) {
    refuse(
      `Node ${neededNodeMajor} is needed: no package of it exists for ${process.platform}-${process.arch}, so install it and run this again.`,
    );
  }
  process.exitCode = await runUnder(node, [script, ...args]);
}
