import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { programNames } from '../../electron/storage/serverBundleManifest.ts';
import { lastWords, mustRun, runCommand } from '../practice/runCommand.ts';
import { BuildError } from './buildError.ts';
import type { UnpackedSource } from './debianSource.ts';
import { recipe } from './recipe.ts';

/** How many compilers run at once. A build is a matter of one or two minutes: it leaves other cores to whoever works on this machine. */
const parallelJobs = 2;

/** Two programs, stripped, in a folder. */
export interface CompiledPrograms {
  readonly folder: string;
  readonly compiler: string;
  readonly sourceDateEpoch: number;
}

/**
 * Compiles the server and its client from an unpacked source. The same source and the same compiler give the same bytes in any folder, at any
 * time, on any machine: the build sees a fixed environment and a fixed clock, and does not see where it runs. `folder` must exist; what make
 * says is written to `logFile`.
 */
export async function compilePrograms(
  build: CatalogueBuildMadeHere,
  source: UnpackedSource,
  folder: string,
  logFile: string,
): Promise<CompiledPrograms> {
  const { engine, version } = build;
  const changelog = join(source.folder, 'debian/changelog');
  const timestamp = await mustRun('read the date of the source package', 'dpkg-parsechangelog', ['-l', changelog, '-S', 'Timestamp']);
  const sourceDateEpoch = Number(timestamp.trim());
  const names = programNames(engine);
  const flags = [...recipe.compilerFlags, `-ffile-prefix-map=${source.folder}=${recipe.sourceFolderInTexts}/${engine}-${version}`];
  const variables = {
    ...recipe.makeVariables,
    CFLAGS: flags.join(' '),
    LDFLAGS: recipe.linkerFlags.join(' '),
  };
  const make = ['make', '-C', join(source.folder, 'src'), `-j${parallelJobs}`, ...names];
  const result = await runCommand('setpriv', [
    // When this process dies, however it does, make gets the signal and ends its compilers.
    '--pdeathsig=TERM',
    'nice',
    '--adjustment=10',
    'env',
    '--ignore-environment',
    // The build asks git for a commit. A folder of ours may well lie in somebody's repository, whose commit would then be named in the program.
    `PATH=${await makeFolderWithoutGit(folder)}:/usr/bin:/bin`,
    'LC_ALL=C',
    'TZ=UTC',
    'HOME=/nonexistent',
    `SOURCE_DATE_EPOCH=${sourceDateEpoch}`,
    ...make,
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  ]);
  await writeFile(logFile, `${result.stdout}\n${result.stderr}`);
  if (result.code !== 0) throw new BuildError(`Could not compile ${engine} ${version}: ${lastWords(result)}. All of it: ${logFile}`);

  const programs = join(folder, 'programs');
  await mkdir(programs);
  for (const name of names) {
    const args = ['--strip-all', '-o', join(programs, name), join(source.folder, 'src', name)];
    await mustRun(`strip ${name}`, 'strip', args);
  }
  const compiler = (await mustRun('ask the compiler for its version', 'cc', ['--version'])).split('\n')[0] ?? '';
  return { folder: programs, compiler, sourceDateEpoch };
}

/** A folder with a `git` that knows no repository, as on a machine without git. */
async function makeFolderWithoutGit(folder: string): Promise<string> {
  const programs = join(folder, 'stand-ins');
  await mkdir(programs);
  await writeFile(join(programs, 'git'), '#!/bin/sh\nexit 128\n', { mode: 0o755 });
  return programs;
}
