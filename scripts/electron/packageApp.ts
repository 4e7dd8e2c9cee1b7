import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, Platform, type Configuration } from 'electron-builder';
import { consoleSourceState, staleConsoles } from '../build/consoleState.ts';
import { stageApp } from '../build/stageApp.ts';
import { swapFolder } from '../build/swapFolder.ts';
import { showScript } from '../check/program.ts';
import type { Progress } from '../practice/hostTools.ts';
import { ensureHelper, ensureRecordedHelper, helperFile, readRecord, shippingFault } from '../windows-service/helperBuild.ts';
import { publisherOf, testDifference, withPublisher } from './packageConfiguration.ts';
import type { ElectronRuntime } from './runtime.ts';
import { RuntimeError } from './runtimeError.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lies beside the executable of a test build. */
const testMark = 'TEST-BUILD.txt';

/** What is to be packaged. */
export interface PackageOrder {
  readonly runtime: ElectronRuntime;
  /** `test` for the end-to-end tests; a release needs the official runtime. */
  readonly purpose: 'release' | 'test';
  /** `folder` makes the unpacked app alone; `targets` everything that electron-builder.yml lists for this platform. */
  readonly extent: 'folder' | 'targets';
  /** Where the result is put, in a folder of its own; default: `out/package`, or `out/package-test`. */
  readonly place?: string;
  readonly progress: Progress;
}

/** A packaged app. */
export interface PackagedApp {
  readonly folder: string;
  readonly executable: string;
}

const places = { release: join(root, 'out', 'package'), test: join(root, 'out', 'package-test') } as const;

/** Builds and packages the app for this platform. Safe while another process does the same. */
export async function packageApp({ runtime, purpose, extent, place = places[purpose], progress }: PackageOrder): Promise<PackagedApp> {
  if (purpose === 'release' && runtime.kind === 'fallback')
    throw new RuntimeError(`A release needs the official runtime, and this is ${runtime.sentence}`);
  // Asked first: what is missing is said before anything is made.
  const publisher = extent === 'targets' && process.platform === 'linux' ? withPublisher(publisherOf(process.env)) : {};
  refuseStaleConsoles(purpose, progress);
  await ensureBundles(extent === 'targets', progress);
  await ensureWindowsHelper(purpose, progress);
  const work = join(root, 'out', `packing-${randomUUID()}`);
  const [app, made, old] = [join(work, 'app'), join(work, 'made'), join(work, 'old')];
  // Laid over electron-builder.yml, which electron-builder reads itself.
  const config: Configuration = {
    ...(purpose === 'test' ? testDifference : {}),
    ...publisher,
    directories: { output: made, app },
    electronVersion: runtime.version,
    // Other platforms and processors of a release are downloaded by electron-builder.
    ...(extent === 'folder' ? { electronDist: runtime.folder, afterExtract: removeDevelopmentParts } : {}),
  };
  try {
    for (const folder of [made, old]) await mkdir(folder, { recursive: true });
    await stageApp(app, progress);
    progress(`Packaging ${purpose === 'test' ? 'a test build' : 'a release'} with ${runtime.sentence}`);
    await build({
      projectDir: root,
      targets: extent === 'folder' ? Platform.current().createTarget('dir') : Platform.current().createTarget(),
      config,
      publish: 'never',
    });
    const unpacked = unpackedName();
    if (purpose === 'test') await writeFile(join(made, unpacked, testMark), testMarkText(runtime));
    await mkdir(dirname(place), { recursive: true });
    await swapFolder(made, place, join(old, 'package'));
    return { folder: join(place, unpacked), executable: packagedExecutable(place) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A console executable goes along where one was built: a release must not ship another state of the command line than of the app. */
function refuseStaleConsoles(purpose: PackageOrder['purpose'], progress: Progress): void {
  const stale = staleConsoles(consoleSourceState());
  if (stale.length === 0) return;
  const sentence = `Console executables in out/console were built from other sources: ${stale.join(', ')}. Build them again (npm run package:console -- --target NAME), or delete their folders.`;
  if (purpose === 'release') throw new RuntimeError(sentence);
  progress(`WARNING: ${sentence}`);
}

/** The server programs go into the package. They are built on Linux only; a release machine of another platform gets them from there. */
async function ensureBundles(all: boolean, progress: Progress): Promise<void> {
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { code } = await showScript('scripts/redis/cli.ts', ['ensure', ...(all ? ['all'] : [])]);
    if (code !== 0) throw new RuntimeError('There is no server bundle to put into the package.');
  } else if (!(await readdir(join(root, 'resources', 'redis'))).some((name) => name.startsWith('redis-'))) {
    progress('WARNING: resources/redis has no server bundle: build it on Linux and copy it here, or the app cannot install anything.');
  }
}

/** The program for Windows servers goes into the package, in a release only the one whose SHA-256 is written down. Built where Debian's mingw is. */
async function ensureWindowsHelper(purpose: PackageOrder['purpose'], progress: Progress): Promise<void> {
  if (process.platform === 'linux') {
    await (purpose === 'release' ? ensureRecordedHelper(progress) : ensureHelper(progress));
    return;
  }
  const fault = shippingFault(helperFile, readRecord());
  if (fault !== null && purpose === 'release') throw new RuntimeError(fault);
  if (fault !== null) progress(`WARNING: ${fault} The app cannot work with Windows servers.`);
}

/**
 * A folder with Electron is copied as it is: without what opens apps in development, which is the official runtime's default app and the
 * fallback's launcher.
 */
async function removeDevelopmentParts({ appOutDir }: { readonly appOutDir: string }): Promise<void> {
  const resources = process.platform === 'darwin' ? join(appOutDir, 'Electron.app', 'Contents', 'Resources') : join(appOutDir, 'resources');
  for (const path of [join(resources, 'default_app.asar'), join(resources, 'app'), join(appOutDir, 'version')])
    await rm(path, { recursive: true, force: true });
}

/** What electron-builder calls the folder with the unpacked app. */
function unpackedName(): string {
  const processor = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return `mac${processor}`;
  return `${process.platform === 'win32' ? 'win' : 'linux'}${processor}-unpacked`;
}

/** The executable of the app that lies packaged in a place. */
export function packagedExecutable(place: string): string {
  return executableIn(join(place, unpackedName()));
}

function executableIn(folder: string): string {
  if (process.platform === 'darwin') return join(folder, 'Triad.app', 'Contents', 'MacOS', 'Triad');
  return join(folder, process.platform === 'win32' ? 'triad.exe' : 'triad');
}

function testMarkText(runtime: ElectronRuntime): string {
  return `This is a test build of Triad: its main process can be inspected by anybody on this machine.\nDo not give it to anyone.\n${runtime.sentence}\n`;
}
