import type { BuildPlatform } from '../shared/domain/catalogue.ts';

/** What the head of an executable says about itself. */
export interface ElfFacts {
  /** `x86-64`, `aarch64`, or the number of the machine in the ELF header. */
  readonly machine: string;
  /** 32 or 64. */
  readonly bits: number;
  /** False for objects, libraries of other kinds and core files. */
  readonly executable: boolean;
  /** The dynamic loader that it asks for; null when it is linked statically. */
  readonly interpreter: string | null;
  /** Whether its symbol table was removed. */
  readonly stripped: boolean;
}

/** The machine that an executable must be made for, by platform. */
export const ELF_MACHINE: Readonly<Record<BuildPlatform, string>> = { 'linux-x64': 'x86-64' };

const MACHINES: ReadonlyMap<number, string> = new Map([
  [3, 'i386'],
  [40, 'arm'],
  [62, 'x86-64'],
  [183, 'aarch64'],
  [243, 'riscv64'],
]);
const MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const TYPE_EXECUTABLE = 2;
const TYPE_POSITION_INDEPENDENT = 3;
const SEGMENT_INTERPRETER = 3;
const SECTION_SYMBOLS = 2;

/**
 * Reads the ELF header, its segments and its sections; null when the bytes are no ELF file or end too early.
 * The layout is that of the System V ABI, chapter "Object files". Files of 32 bits and big-endian ones are only named, not read further.
 */
export function inspectElf(bytes: Uint8Array): ElfFacts | null {
  if (bytes.length < 64 || MAGIC.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = bytes[4] === 2 ? 64 : 32;
  const little = bytes[5] === 1;
  const type = view.getUint16(16, little);
  const machineNumber = view.getUint16(18, little);
  const machine = MACHINES.get(machineNumber) ?? String(machineNumber);
  const executable = type === TYPE_EXECUTABLE || type === TYPE_POSITION_INDEPENDENT;
  if (bits !== 64 || !little) return { machine, bits, executable, interpreter: null, stripped: false };

  try {
    const offset = (at: number): number => Number(view.getBigUint64(at, true));
    let interpreter: string | null = null;
    for (let index = 0; index < view.getUint16(56, true); index += 1) {
      const segment = offset(32) + index * view.getUint16(54, true);
      if (view.getUint32(segment, true) !== SEGMENT_INTERPRETER) continue;
      const start = offset(segment + 8);
      interpreter = new TextDecoder().decode(bytes.subarray(start, start + offset(segment + 32))).replace(/\0.*$/su, '');
    }
    let stripped = true;
    for (let index = 0; index < view.getUint16(60, true); index += 1) {
      const section = offset(40) + index * view.getUint16(58, true);
      if (view.getUint32(section + 4, true) === SECTION_SYMBOLS) stripped = false;
    }
    return { machine, bits, executable, interpreter, stripped };
  } catch (error) {
    // DataView throws this, and nothing else, when a table lies beyond the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
