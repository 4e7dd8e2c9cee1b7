import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectPe } from './peFile.ts';
import { makePe } from './testing/windowsArchives.ts';

const imports = ['msys-2.0.dll', 'KERNEL32.dll'];

describe('inspectPe', () => {
  it('reads machine, kind and the libraries that a file is linked with', () => {
    expect(inspectPe(makePe({ imports }))).toEqual({ machine: 'x64', kind: 'program', imports });
    expect(inspectPe(makePe({ kind: 'library' }))).toEqual({ machine: 'x64', kind: 'library', imports: [] });
    expect(inspectPe(makePe({ kind: 'object', imports }))).toEqual({ machine: 'x64', kind: 'object', imports: [] });
  });

  it.each([
    [0x01_4c, 'x86'],
    [0xaa_64, 'arm64'],
    [0x02_00, '0x200'],
  ])('only names another machine: %i', (machine, name) => {
    expect(inspectPe(makePe({ machine, imports }))).toEqual({ machine: name, kind: 'program', imports: [] });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('#!/bin/sh\n'.repeat(100))],
    ['a program of DOS', Buffer.from('MZ'.padEnd(0x80, '\0'))],
  ])('knows that it is none: %s', (_, bytes) => {
    expect(inspectPe(bytes)).toBeNull();
  });

  it('ends at every length without more than null', () => {
    const whole = makePe({ imports });
    // Behind the names of the imports only text follows.
    const needed = whole.length - 2;
    for (let length = 0; length < needed; length += 1) expect([length, inspectPe(whole.subarray(0, length))]).toEqual([length, null]);
    expect(inspectPe(whole.subarray(0, needed))).toEqual(inspectPe(whole));
  });

  it('ends whatever stands in it', () => {
    const whole = makePe({ imports });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, bytes) => {
        const changed = Buffer.from(whole);
        changed.set(bytes.subarray(0, changed.length - at), at);
        const facts = inspectPe(changed);
        expect(facts === null || facts.imports.length <= 512).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
