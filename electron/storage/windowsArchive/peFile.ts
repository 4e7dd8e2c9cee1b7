/** What the head of a Windows executable or library says about itself. */
export interface PeFacts {
  /** `x64`, `x86`, `arm64`, or the number of the machine in the header. */
  readonly machine: string;
  readonly kind: 'program' | 'library' | 'object';
  /** The libraries that it is linked with, as their names stand there. Empty for files of 32 bits, which are only named. */
  readonly imports: readonly string[];
}

/** The only machine that Triad's Windows servers have. */
export const PE_MACHINE = 'x64';

const MACHINES: ReadonlyMap<number, string> = new Map([
  [0x01_4c, 'x86'],
  [0x01_c4, 'arm'],
  [0x86_64, PE_MACHINE],
  [0xaa_64, 'arm64'],
]);
const MZ = 0x5a_4d;
const SIGNATURE = 0x00_00_45_50;
const EXECUTABLE_IMAGE = 0x00_02;
const LIBRARY = 0x20_00;
const OPTIONAL_64 = 0x02_0b;
const IMPORT_DIRECTORY = 1;
const IMPORT_BYTES = 20;
const SECTION_BYTES = 40;
/** Far above any program; a table that claims more is none. */
const MOST_IMPORTS = 512;
const LONGEST_NAME = 260;

interface Section {
  readonly at: number;
  readonly sizeBytes: number;
  readonly fileAt: number;
}

/**
 * Reads the headers and the import table of a file in the PE format; null when the bytes are none or end too early. The layout is that of Microsoft's "PE
 * Format". Libraries that are loaded later, by name, are not in the table.
 */
export function inspectPe(bytes: Uint8Array): PeFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint16(0, true) !== MZ) return null;
    const header = view.getUint32(0x3c, true);
    if (view.getUint32(header, true) !== SIGNATURE) return null;
    const machineNumber = view.getUint16(header + 4, true);
    const machine = MACHINES.get(machineNumber) ?? `0x${machineNumber.toString(16)}`;
    const characteristics = view.getUint16(header + 22, true);
    const isImage = (characteristics & EXECUTABLE_IMAGE) !== 0;
    const kind = !isImage ? 'object' : (characteristics & LIBRARY) === 0 ? 'program' : 'library';
    return { machine, kind, imports: machine === PE_MACHINE && isImage ? importsOf(bytes, view, header) : [] };
  } catch (error) {
    // DataView throws this, and nothing else, when a table lies beyond the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Throws a RangeError where a table leads out of the file. */
function importsOf(bytes: Uint8Array, view: DataView, header: number): readonly string[] {
  const optional = header + 24;
  if (view.getUint16(optional, true) !== OPTIONAL_64) throw new RangeError('no header of 64 bits');
  const firstSection = optional + view.getUint16(header + 20, true);
  const sections = Array.from({ length: view.getUint16(header + 6, true) }, (_, index): Section => {
    const at = firstSection + index * SECTION_BYTES;
    return { at: view.getUint32(at + 12, true), sizeBytes: view.getUint32(at + 16, true), fileAt: view.getUint32(at + 20, true) };
  });
  /** Where in the file that lies which is loaded at an address. */
  const placeOf = (address: number): number => {
    const section = sections.find(({ at, sizeBytes }) => address >= at && address < at + sizeBytes);
    if (section === undefined) throw new RangeError('outside of all sections');
    return address - section.at + section.fileAt;
  };
  if (view.getUint32(optional + 108, true) <= IMPORT_DIRECTORY) return [];
  const table = view.getUint32(optional + 112 + IMPORT_DIRECTORY * 8, true);
  if (table === 0) return [];
  const names: string[] = [];
  for (let at = placeOf(table); names.length < MOST_IMPORTS; at += IMPORT_BYTES) {
    const name = view.getUint32(at + 12, true);
    if (name === 0) return names;
    const start = placeOf(name);
    const end = bytes.subarray(start, start + LONGEST_NAME).indexOf(0);
    if (end < 1) throw new RangeError('a name without end');
    names.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end).toString('latin1'));
  }
  throw new RangeError('a table without end');
}
