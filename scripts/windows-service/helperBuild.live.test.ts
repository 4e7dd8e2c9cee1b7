import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildTwice, differences, ensureHelper, readRecord } from './helperBuild.ts';

const silent = (): void => undefined;
const peOffsetAt = 0x3c;

it('builds to the recorded bytes in any folder', async () => {
  expect(differences(await buildTwice(silent), readRecord())).toEqual([]);
}, 300_000);

it('makes one program for 64-bit Windows, with every protection and nothing to be installed beside it', async () => {
  const program = readFileSync(await ensureHelper(silent));
  const header = program.readUInt32LE(peOffsetAt);
  expect(program.toString('latin1', header, header + 4)).toBe('PE\0\0');
  expect(program.readUInt16LE(header + 4)).toBe(0x8664);
  // High-entropy addresses, moved at each start, data that cannot be run.
  const characteristics = program.readUInt16LE(header + 24 + 70);
  expect(characteristics & 0x0160).toBe(0x0160);
  const imported = new Set(
    program
      .toString('latin1')
      .match(/[\w-]+\.dll/giu)
      ?.map((name) => name.toLowerCase()),
  );
  const ofWindows = ['advapi32.dll', 'bcrypt.dll', 'iphlpapi.dll', 'kernel32.dll', 'msvcrt.dll', 'ntdll.dll', 'psapi.dll', 'ws2_32.dll'];
  expect([...imported].filter((name) => !ofWindows.includes(name))).toEqual([]);
  // Nothing of the machine that built it.
  expect(program.includes('/source/')).toBe(false);
});
