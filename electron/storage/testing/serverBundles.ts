import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BuildKey } from '../../shared/domain/catalogue.ts';
import { bundlePath, programNames, type BundleManifest } from '../serverBundleManifest.ts';

const MACHINE_X64 = 62;

/** A tiny file that looks like an executable to whoever reads its head; `text` follows behind. */
export function makeElf(
  options: {
    readonly machine?: number;
    readonly type?: number;
    readonly bits?: 32 | 64;
    readonly interpreter?: string;
    readonly symbols?: boolean;
    readonly text?: string;
  } = {},
): Buffer {
  const interpreter = Buffer.from(`${options.interpreter ?? ''}\0`);
  const segmentAt = 64;
  const sectionAt = segmentAt + 56;
  const interpreterAt = sectionAt + 64;
  const elf = Buffer.alloc(interpreterAt + interpreter.length);
  elf.set([0x7f, 0x45, 0x4c, 0x46, options.bits === 32 ? 1 : 2, 1, 1]);
  elf.writeUInt16LE(options.type ?? 3, 16);
  elf.writeUInt16LE(options.machine ?? MACHINE_X64, 18);
  elf.writeBigUInt64LE(BigInt(segmentAt), 32);
  elf.writeBigUInt64LE(BigInt(sectionAt), 40);
  elf.writeUInt16LE(56, 54);
  elf.writeUInt16LE(1, 56);
  elf.writeUInt16LE(64, 58);
  elf.writeUInt16LE(1, 60);
  // An interpreter segment or a loadable one; a symbol table or a section of no kind.
  elf.writeUInt32LE(options.interpreter === undefined ? 1 : 3, segmentAt);
  elf.writeBigUInt64LE(BigInt(interpreterAt), segmentAt + 8);
  elf.writeBigUInt64LE(BigInt(interpreter.length), segmentAt + 32);
  elf.writeUInt32LE(options.symbols === true ? 2 : 0, sectionAt + 4);
  interpreter.copy(elf, interpreterAt);
  return Buffer.concat([elf, Buffer.from(options.text ?? '')]);
}

/** A member of a made-up archive. `type` is the letter of the tar header: `0` a file, `2` a link, `5` a folder. */
export interface MadeMember {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly type?: string;
  /** What the header claims, where that is not the length of the content. */
  readonly sizeBytes?: number;
}

/** A tar archive as `ustar` writes it. */
export function makeTar(members: readonly MadeMember[]): Buffer {
  return Buffer.concat([...members.flatMap(blocksOf), Buffer.alloc(1024)]);
}

/** A tar.gz with these members. */
export function makeTarGz(members: readonly MadeMember[]): Buffer {
  return gzipSync(makeTar(members));
}

function blocksOf({ name, content = Buffer.alloc(0), type = '0', sizeBytes = content.length }: MadeMember): readonly Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000755\0', 100);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}

/** Writes a small, whole bundle below `resources` and returns its folder and manifest. */
export async function writeBundle(
  resources: string,
  build: BuildKey,
): Promise<{ readonly folder: string; readonly manifest: BundleManifest }> {
  const folder = join(resources, bundlePath(build));
  await mkdir(folder, { recursive: true });
  const put = async (name: string, bytes: Uint8Array) => {
    await writeFile(join(folder, name), bytes);
    return { name, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const programs = await Promise.all(
    programNames(build.engine).map(async (name) => {
      const program = makeElf({ text: `${name} ${build.version}` });
      return { ...(await put(name, program)), name, mode: '0755', gzip: await put(`${name}.gz`, gzipSync(program)) };
    }),
  );
  const { engine, version, platform } = build;
  const archive = `${engine}_${version}.orig.tar.gz`;
  const manifest: BundleManifest = {
    schemaVersion: 1,
    engine,
    version,
    platform,
    licence: 'BSD-3-Clause',
    recipeSha256: '0'.repeat(64),
    source: {
      archive,
      sha256: 'a'.repeat(64),
      package: { name: engine, version: `${version}-1` },
      files: [{ name: archive, sizeBytes: 1, sha256: 'a'.repeat(64) }],
      patches: [],
      patchesLeftOut: [],
    },
    build: {
      tls: true,
      linkage: 'static',
      stripped: true,
      compiler: 'none',
      libraries: [],
      makeVariables: {},
      compilerFlags: [],
      linkerFlags: [],
      sourceDateEpoch: 0,
    },
    programs,
    documents: [await put('LICENSE', Buffer.from('The licence.\n'))],
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return { folder, manifest };
}
