import { createHash, randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { z } from 'zod';
import { root } from '../check/program.ts';
import { runCommand, type CommandResult } from '../practice/runCommand.ts';
import { bundledModules } from './bundledModules.ts';
import { consoleFolder, consoleSourceState, noteConsole } from './consoleState.ts';
import { collectLicences, writeLicences } from './licences.ts';

/** Platforms that a console executable can be made for: those whose Node package.json names. */
export const CONSOLE_TARGETS = ['linux-x64', 'linux-arm64', 'win-x64'] as const;
export type ConsoleTarget = (typeof CONSOLE_TARGETS)[number];

/** A built console executable. */
export interface BuiltConsole {
  readonly file: string;
  readonly sizeBytes: number;
}

/** Marks the place in Node's executable that tells whether something was put into it; given by Node's documentation. */
const SENTINEL = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** The target that this machine can run. */
export function ownTarget(): ConsoleTarget {
  const name = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const target = CONSOLE_TARGETS.find((one) => one === name);
  if (target === undefined) throw new Error(`No Node of package.json fits ${name}; known are: ${CONSOLE_TARGETS.join(', ')}.`);
  return target;
}

/**
 * Builds the command line as an executable that needs no Node, into `out/console/TARGET` or another folder, with the licences of everything in it beside. It is the
 * registry's Node with the bundled command line put into it. Server bundles are not in it: it finds them beside itself, see `electron/cli/bundlesFolder.ts`.
 */
export async function buildConsole(target: ConsoleTarget, folder = join(consoleFolder, target)): Promise<BuiltConsole> {
  const work = join(root, 'out', `console-${randomUUID()}`);
  const isToBePackaged = folder === join(consoleFolder, target);
  // Read first: what changes while it is built is not in it.
  const state = consoleSourceState();
  try {
    await mkdir(work, { recursive: true });
    if (isToBePackaged) noteConsole(target, null);
    const modules = new Set<string>();
    await build({
      configFile: join(root, 'scripts/config/console.vite.config.ts'),
      configLoader: 'native',
      plugins: [bundledModules(modules)],
      build: { outDir: work },
    });
    const made = (await readdir(work)).filter((name) => name.endsWith('.cjs'));
    if (made.length !== 1) throw new Error(`The console build made ${made.join(', ')}, and it must be one file.`);
    const node = await nodeOf(target, work);
    const name = target.startsWith('win') ? 'triad.exe' : 'triad';
    const [blob, setting, file] = [join(work, 'triad.blob'), join(work, 'sea.json'), join(work, name)];
    await writeFile(
      setting,
      JSON.stringify({
        main: join(work, 'triad.cjs'),
        output: blob,
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        // Compiled code fits one platform only. On it, it makes the start a third faster.
        useCodeCache: target === ownTarget(),
      }),
    );
    // The blob must be made by the same version as it is put into.
    await succeed(runCommand((await nodeOf(ownTarget(), work)).program, ['--experimental-sea-config', setting]));
    await copyFile(node.program, file);
    await chmod(file, 0o755);
    const postject = fileURLToPath(import.meta.resolve('postject/dist/cli.js'));
    await succeed(runCommand(process.execPath, [postject, file, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', SENTINEL]));
    await mkdir(folder, { recursive: true });
    await writeLicences(await collectLicences(modules, root), join(folder, 'licences'));
    await copyFile(node.licence, join(folder, 'licences', 'node.txt'));
    await rename(file, join(folder, name));
    if (isToBePackaged) noteConsole(target, state);
    return { file: join(folder, name), sizeBytes: (await stat(join(folder, name))).size };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function succeed(end: Promise<CommandResult>): Promise<void> {
  const { code, stdout, stderr } = await end;
  if (code !== 0) throw new Error(`A step of the console build failed:\n${stdout}${stderr}`);
}

interface NodeFiles {
  readonly program: string;
  readonly licence: string;
}

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});

/** The registry's Node for a platform: installed, where npm has found it fitting, else fetched by npm and compared with the hash of the lock. */
async function nodeOf(target: ConsoleTarget, work: string): Promise<NodeFiles> {
  const name = `node-${target}`;
  const filesIn = (folder: string): NodeFiles => ({
    program: join(folder, 'bin', target.startsWith('win') ? 'node.exe' : 'node'),
    // Not every one of these packages brings it, and it is the same in all.
    licence: join(root, 'node_modules', `node-${ownTarget()}`, 'LICENSE'),
  });
  const installed = filesIn(join(root, 'node_modules', name));
  if (existsSync(installed.program)) return installed;
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { version = '', integrity = '' } = packages[`node_modules/${name}`] ?? {};
  const place = join(work, name);
  await mkdir(place, { recursive: true });
  await succeed(runCommand('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', place]));
  const [archive = ''] = await readdir(place);
  const hash = `sha512-${createHash('sha512')
    .update(await readFile(join(place, archive)))
    .digest('base64')}`;
  if (hash !== integrity) throw new Error(`${name}@${version} is not what package-lock.json says: ${hash}`);
  await succeed(runCommand('tar', ['-xzf', join(place, archive), '-C', place]));
  return filesIn(join(place, 'package'));
}
