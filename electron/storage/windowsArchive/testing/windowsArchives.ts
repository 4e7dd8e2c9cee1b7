import { crc32, deflateRawSync } from 'node:zlib';

const SECTION_AT = 0x1000;
const HEADERS_BYTES = 0x200;

/** A tiny file that looks like a program or library of Windows to whoever reads its headers and imports; `text` follows behind. */
export function makePe(
  options: {
    readonly machine?: number;
    readonly kind?: 'program' | 'library' | 'object';
    readonly imports?: readonly string[];
    readonly text?: string;
  } = {},
): Buffer {
  const { machine = 0x86_64, kind = 'program', imports = [], text = '' } = options;
  const head = Buffer.alloc(HEADERS_BYTES);
  head.write('MZ', 0, 'latin1');
  head.writeUInt32LE(0x40, 0x3c);
  head.write('PE\0\0', 0x40, 'latin1');
  head.writeUInt16LE(machine, 0x44);
  head.writeUInt16LE(1, 0x46);
  head.writeUInt16LE(240, 0x54);
  head.writeUInt16LE({ program: 0x0022, library: 0x2022, object: 0 }[kind], 0x56);
  head.writeUInt16LE(0x02_0b, 0x58);
  head.writeUInt32LE(16, 0x58 + 108);
  head.writeUInt32LE(imports.length === 0 ? 0 : SECTION_AT, 0x58 + 112 + 8);

  const table = Buffer.alloc((imports.length + 1) * 20);
  const names: Buffer[] = [];
  let at = table.length;
  imports.forEach((name, index) => {
    table.writeUInt32LE(SECTION_AT + at, index * 20 + 12);
    names.push(Buffer.from(`${name}\0`, 'latin1'));
    at += name.length + 1;
  });
  const section = Buffer.concat([table, ...names]);
  const sectionHead = 0x58 + 240;
  head.writeUInt32LE(section.length, sectionHead + 8);
  head.writeUInt32LE(SECTION_AT, sectionHead + 12);
  head.writeUInt32LE(section.length, sectionHead + 16);
  head.writeUInt32LE(HEADERS_BYTES, sectionHead + 20);
  return Buffer.concat([head, section, Buffer.from(`\0${text}\0`, 'latin1')]);
}

/** One entry of a made-up zip; whatever is left out is as Info-ZIP writes it. */
export interface MadeEntry {
  readonly name: string;
  readonly content?: Uint8Array;
  /** What the local header says instead. */
  readonly localName?: string;
  readonly attributes?: number;
  readonly madeBy?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly sizeBytes?: number;
  readonly packed?: Uint8Array;
  /** Extra fields of the local and the central header. */
  readonly extra?: readonly [local: Uint8Array, central: Uint8Array];
}

/** The moments and the owner of a file, as Info-ZIP adds them. */
const MOMENTS: readonly [Uint8Array, Uint8Array] = [
  Buffer.from('5554090003aabbcc66aabbcc6675780b000104e803000004e8030000', 'hex'),
  Buffer.from('5554050003aabbcc6675780b000104e803000004e8030000', 'hex'),
];

/** A zip as Info-ZIP makes it of a folder: entries for folders, extra fields, attributes of Unix. */
export function makeZip(entries: readonly MadeEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { name, madeBy = 3, flags = 0, sizeBytes, packed, extra = MOMENTS } = entry;
    const isFolder = name.endsWith('/');
    const content = entry.content ?? (isFolder ? Buffer.alloc(0) : Buffer.from('x'));
    const { method = isFolder ? 0 : 8, attributes = (isFolder ? 0o40_755 : 0o100_644) * 0x1_0000 + (isFolder ? 0x10 : 0) } = entry;
    const body = packed ?? (method === 8 ? deflateRawSync(content) : content);
    const nameBytes = Buffer.from(name, 'latin1');
    const localName = Buffer.from(entry.localName ?? name, 'latin1');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(body.length, 18);
    local.writeUInt32LE(sizeBytes ?? content.length, 22);
    local.writeUInt16LE(localName.length, 26);
    local.writeUInt16LE(extra[0].length, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02_01_4b_50, 0);
    central[5] = madeBy;
    local.copy(central, 8, 6, 26);
    central.writeUInt16LE(nameBytes.length, 28);
    central.writeUInt16LE(extra[1].length, 30);
    central.writeUInt32LE(attributes, 38);
    central.writeUInt32LE(at, 42);
    const whole = Buffer.concat([local, localName, extra[0], body]);
    locals.push(whole);
    centrals.push(Buffer.concat([central, nameBytes, extra[1]]));
    at += whole.length;
  }
  const list = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

/** The folder that a release of a version has. */
export function releaseFolder(version: string): string {
  return `Redis-${version}-Windows-x64-msys2`;
}

/** The files of a release by redis-windows for msys2, tiny and in no folder yet. */
export function releaseFiles(version: string): ReadonlyMap<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    ['README.md', Buffer.from('Redis for Windows')],
    ['msys-2.0.dll', makePe({ kind: 'library', imports: ['KERNEL32.dll'] })],
    ['msys-crypto-3.dll', makePe({ kind: 'library', imports: ['msys-2.0.dll'] })],
    ['msys-ssl-3.dll', makePe({ kind: 'library', imports: ['msys-crypto-3.dll', 'msys-2.0.dll'] })],
    ['redis-cli.exe', makePe({ imports: ['msys-ssl-3.dll', 'msys-2.0.dll', 'KERNEL32.dll'], text: version })],
    ['redis-server.exe', makePe({ imports: ['msys-crypto-3.dll', 'msys-ssl-3.dll', 'msys-2.0.dll', 'KERNEL32.dll'], text: version })],
    ['redis.conf', Buffer.from('port 6379')],
    ['start.bat', Buffer.from('redis-server.exe redis.conf')],
  ]);
}

/** Of which Redis the made-up Memurai says to be, and its own version. */
export const MADE_MEMURAI = { redis: '7.4.9', product: '4.2.3' } as const;

/** What Windows shows of a program's version, as the resources of a program hold it. */
function versionResource(version: string): string {
  return Buffer.from(`ProductVersion\0\0${version}\0`, 'utf16le').toString('latin1');
}

/** The files of Memurai's program folder, tiny; `told` are texts in the server program, such as the version of Redis. */
export function memuraiFiles(told: readonly string[] = ['3.0.13', MADE_MEMURAI.redis, '5.3.0']): ReadonlyMap<string, Uint8Array> {
  const text = `${told.join('\0')}\0${versionResource(MADE_MEMURAI.product)}`;
  const server = makePe({ imports: ['KERNEL32.dll', 'memurai-core.dll'] });
  return new Map<string, Uint8Array>([
    ['License.rtf', Buffer.from('{}')],
    ['Release-Notes.txt', Buffer.from('on par with Redis')],
    ['install.bat', Buffer.from('memurai.exe --service-install')],
    ['license.lic', Buffer.from('for tests')],
    ['memurai-check-aof.exe', server],
    ['memurai-cli.exe', makePe({ imports: ['memurai-core.dll'] })],
    ['memurai-core.dll', makePe({ kind: 'library', imports: ['libssl-3.dll'] })],
    ['libssl-3.dll', makePe({ kind: 'library' })],
    ['loaded-by-name.dll', makePe({ kind: 'library' })],
    ['installer.dll', makePe({ kind: 'library', machine: 0x01_4c })],
    ['memurai.conf', Buffer.from('port 6379')],
    ['memurai.exe', Buffer.concat([server, Buffer.from(`${text}\0`, 'latin1')])],
  ]);
}

/** A zip with Memurai's program folder at some place in it. */
export function makeMemurai(folder = 'Memurai/', files: ReadonlyMap<string, Uint8Array> = memuraiFiles()): Buffer {
  return makeZip([...files].map(([name, content]) => ({ name: `${folder}${name}`, content })));
}

/** A zip with these files in a folder of a release. */
export function makeRelease(version: string, files: ReadonlyMap<string, Uint8Array> = releaseFiles(version)): Buffer {
  const folder = releaseFolder(version);
  return makeZip([{ name: `${folder}/` }, ...[...files].map(([name, content]) => ({ name: `${folder}/${name}`, content }))]);
}
