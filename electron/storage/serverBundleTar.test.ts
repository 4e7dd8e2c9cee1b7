import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTar, TarError } from './serverBundleTar.ts';
import { makeTar, type MadeMember } from './testing/serverBundles.ts';

async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

async function namesAndTexts(bytes: Uint8Array, chunkBytes = 1000): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const member of readTar(inChunks(bytes, chunkBytes))) {
    lines.push(member.kind === 'file' ? `${member.name}: ${new TextDecoder().decode(await member.read())}` : member.name);
  }
  return lines;
}

const member = (name: string, text: string): MadeMember => ({ name, content: Buffer.from(text) });

describe('readTar', () => {
  it.each([1, 511, 512, 4096])('reads members in order, whatever the size of the chunks (%i)', async (chunkBytes) => {
    const tar = makeTar([
      member('./one', 'first'),
      { name: 'folder/', type: '5' },
      member('folder/two', ''),
      member('three', 'x'.repeat(1500)),
    ]);
    expect(await namesAndTexts(tar, chunkBytes)).toEqual(['one: first', 'folder/', 'folder/two: ', `three: ${'x'.repeat(1500)}`]);
  });

  it('passes over members that nobody reads', async () => {
    const names: string[] = [];
    for await (const { name } of readTar(inChunks(makeTar([member('a', 'x'.repeat(3000)), member('b', 'y')]), 700))) names.push(name);
    expect(names).toEqual(['a', 'b']);
  });

  it.each(['gnu', 'pax', 'ustar', 'v7'])('understands what GNU tar writes as %s', async (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'triad-tar-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // More than the 100 bytes of the header's own field where the format has a way to say it.
    const deep = format === 'v7' ? 'short' : `${'d'.repeat(60)}/${'e'.repeat(60)}`;
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, 'file'), 'text');
    symlinkSync('file', join(folder, deep, 'link'));
    const tar = execFileSync('tar', ['-C', folder, `--format=${format}`, '--sort=name', '-cf', '-', `${deep}/file`, `${deep}/link`]);
    expect(await namesAndTexts(tar)).toEqual([`${deep}/file: text`, `${deep}/link`]);
  });

  it('reads sizes in base 256, as tar writes them above 8 GiB', async () => {
    const tar = makeTar([member('a', 'text')]);
    tar.fill(0, 124, 136);
    tar.writeUInt8(0x80, 124);
    tar.writeUInt8(4, 135);
    tar.write(' '.repeat(8), 148);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(await namesAndTexts(tar)).toEqual(['a: text']);
  });

  it('accepts an archive without the empty blocks at its end', async () => {
    expect(await namesAndTexts(makeTar([member('a', 'text')]).subarray(0, 1024))).toEqual(['a: text']);
  });

  it.each([
    ['text instead of a header', Buffer.from('this is no archive'.padEnd(512))],
    ['an end within a header', makeTar([member('a', 'text')]).subarray(0, 300)],
    ['an end within a member', makeTar([member('a', 'x'.repeat(2000))]).subarray(0, 1500)],
    ['an end before a member', makeTar([member('a', 'text')]).subarray(0, 512)],
    ['an absurd long name', makeTar([{ name: 'a', type: 'L', sizeBytes: 2 ** 30 }])],
    ['a broken pax record', makeTar([{ name: 'a', type: 'x', content: Buffer.from('nonsense') }])],
    ['an impossible size', makeTar([{ name: 'a', type: 'x', content: Buffer.from('11 size=-1\n') }, member('a', '')])],
  ])('refuses %s', async (_what, bytes) => {
    await expect(namesAndTexts(bytes)).rejects.toBeInstanceOf(TarError);
  });
});
