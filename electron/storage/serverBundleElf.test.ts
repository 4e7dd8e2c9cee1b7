import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inspectElf } from './serverBundleElf.ts';
import { makeElf } from './testing/serverBundles.ts';

describe('inspectElf', () => {
  it('tells a static, stripped program', () => {
    expect(inspectElf(makeElf())).toEqual({ machine: 'x86-64', bits: 64, executable: true, interpreter: null, stripped: true });
  });

  it('names the loader of a dynamic program', () => {
    expect(inspectElf(makeElf({ interpreter: '/lib64/ld-linux-x86-64.so.2' }))?.interpreter).toBe('/lib64/ld-linux-x86-64.so.2');
  });

  it('sees a symbol table', () => {
    expect(inspectElf(makeElf({ symbols: true }))?.stripped).toBe(false);
  });

  it.each([
    [183, 'aarch64'],
    [3, 'i386'],
    [9999, '9999'],
  ])('names machine %i %s', (machine, name) => {
    expect(inspectElf(makeElf({ machine }))?.machine).toBe(name);
  });

  it('tells objects and core files from programs', () => {
    expect([1, 2, 3, 4].map((type) => inspectElf(makeElf({ type }))?.executable)).toEqual([false, true, true, false]);
  });

  it('names a 32-bit file and reads no further', () => {
    expect(inspectElf(makeElf({ bits: 32, machine: 3 }))).toMatchObject({ bits: 32, machine: 'i386' });
  });

  it('refuses what is no ELF file, is too short, or points behind its end', () => {
    const pointsOutside = makeElf();
    pointsOutside.writeBigUInt64LE(1n << 40n, 32);
    expect([Buffer.from('#!/bin/sh\n'.padEnd(100)), Buffer.alloc(0), makeElf().subarray(0, 63), pointsOutside].map(inspectElf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('reads a real program: the Node that runs this', () => {
    const elf = inspectElf(readFileSync(process.execPath));
    expect(elf).toMatchObject({ bits: 64, executable: true });
    expect(elf?.interpreter).toMatch(/\/ld-/u);
  });
});
