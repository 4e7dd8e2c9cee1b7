import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { differences, readRecord, sha256Of, shippingFault, sourceSha256, type HelperRecord } from './helperBuild.ts';

const recorded: HelperRecord = { sha256: 'a', sourceSha256: 's', compiler: 'gcc 12' };

it('has a record of the source as it stands', () => {
  expect(readRecord().sourceSha256, 'run "npm run windows-service -- record" after a change of the source').toBe(sourceSha256());
});

it('tells a change of the source, another compiler and a build that cannot be repeated apart', () => {
  expect(differences(recorded, recorded)).toEqual([]);
  expect(differences({ ...recorded, compiler: 'gcc 13' }, recorded)).toEqual([]);
  expect(differences({ sha256: 'b', sourceSha256: 't', compiler: 'gcc 13' }, recorded)[0]).toContain('source or the options changed');
  expect(differences({ ...recorded, sha256: 'b', compiler: 'gcc 13' }, recorded)[0]).toContain('another compiler: gcc 12; here is gcc 13');
  expect(differences({ ...recorded, sha256: 'b' }, recorded)[0]).toContain('made other bytes: b, recorded a');
});

it('lets only the recorded program be shipped', () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-helper-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'triad-service.exe');
  expect(shippingFault(file, recorded)).toContain('has no program');
  writeFileSync(file, 'MZ');
  expect(shippingFault(file, recorded)).toContain('another one than was recorded');
  expect(shippingFault(file, { sha256: sha256Of(file) })).toBeNull();
});
