import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueBuildMadeHere } from '../../electron/shared/domain/catalogue.ts';
import { ELF_MACHINE, inspectElf } from '../../electron/storage/serverBundleElf.ts';
import { BUNDLE_MANIFEST, type BundleManifest, programNames } from '../../electron/storage/serverBundleManifest.ts';
import { mustRun } from '../practice/runCommand.ts';
import { BuildError } from './buildError.ts';
import { packageVersion } from './buildMachine.ts';
import type { CompiledPrograms } from './compile.ts';
import type { UnpackedSource } from './debianSource.ts';
import { licenceText } from './licenceText.ts';
import { pinFile } from './pinnedFile.ts';
import { linkedPackages, recipe, recipeSha256 } from './recipe.ts';

const programMode = 0o755;

/** Fills an empty folder with a whole bundle: programs, compressed programs, licence texts, manifest and, where the licence asks for it, the source. */
export async function assembleBundle(
  build: CatalogueBuildMadeHere,
  source: UnpackedSource,
  compiled: CompiledPrograms,
  folder: string,
): Promise<void> {
  const names = programNames(build.engine);
  for (const name of names) {
    await cp(join(compiled.folder, name), join(folder, name));
    await verifyProgram(build, folder, name);
    // Node's own compressor gives other bytes on other processors and in other versions; GNU gzip does not.
    await mustRun(`compress ${name}`, 'gzip', [`-${recipe.gzipLevel}`, '--no-name', '--keep', join(folder, name)]);
  }
  const documents = ['LICENSE'];
  await writeFile(join(folder, 'LICENSE'), await licenceText(build, source.folder));
  if (build.licence.startsWith('AGPL')) {
    await mkdir(join(folder, 'source'));
    for (const { name } of source.files) {
      await cp(join(source.filesFolder, name), join(folder, 'source', name));
      documents.push(`source/${name}`);
    }
  }
  const { engine, version, platform, licence } = build;
  const manifest: BundleManifest = {
    schemaVersion: 1,
    engine,
    version,
    platform,
    licence,
    recipeSha256: recipeSha256(build),
    source: {
      ...build.source,
      package: { name: source.packageName, version: source.packageVersion },
      files: [...source.files],
      patches: [...source.patches],
      patchesLeftOut: [...source.patchesLeftOut],
    },
    build: {
      tls: true,
      linkage: 'static',
      stripped: true,
      compiler: compiled.compiler,
      libraries: await Promise.all(linkedPackages.map(async (name) => ({ package: name, version: await packageVersion(name) }))),
      makeVariables: recipe.makeVariables,
      compilerFlags: [...recipe.compilerFlags],
      linkerFlags: [...recipe.linkerFlags],
      sourceDateEpoch: compiled.sourceDateEpoch,
    },
    programs: await Promise.all(
      names.map(async (name) => ({
        ...(await pinFile(folder, name)),
        name,
        mode: `0${programMode.toString(8)}`,
        gzip: await pinFile(folder, `${name}.gz`),
      })),
    ),
    documents: await Promise.all(documents.map((name) => pinFile(folder, name))),
  };
  await writeFile(join(folder, BUNDLE_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What the manifest is going to claim about a program, asked of the program itself. */
async function verifyProgram(build: CatalogueBuildMadeHere, folder: string, name: string): Promise<void> {
  const elf = inspectElf(await readFile(join(folder, name)));
  if (elf === null || elf.machine !== ELF_MACHINE[build.platform] || elf.interpreter !== null || !elf.stripped) {
    throw new BuildError(`${name} came out wrong: ${JSON.stringify(elf)}`);
  }
  const said = await mustRun(`start ${name}`, join(folder, name), ['--version']);
  if (!said.includes(build.version)) throw new BuildError(`${name} says that it is another version: ${said.trim()}`);
}
