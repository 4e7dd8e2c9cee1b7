import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openOwnArchive } from './serverBundleArchive.ts';
import type { BundleError } from './serverBundleError.ts';
import { makeElf, makeTarGz, type MadeMember } from './testing/serverBundles.ts';

const server = makeElf({ text: 'redis_version 7.2.16' });
const client = makeElf({ text: 'client' });
const both: readonly MadeMember[] = [
  { name: 'redis/src/redis-server', content: server },
  { name: 'redis/src/redis-cli', content: client },
];
const MIB = 1024 * 1024;
const limits = { archiveBytes: MIB, unpackedBytes: MIB, programBytes: MIB, members: 10 };
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function writeArchive(bytes: Uint8Array): Promise<{ readonly file: string; readonly sha256: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-archive-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'own.tar.gz');
  await writeFile(file, bytes);
  return { file, sha256: sha256Of(bytes) };
}

async function openMembers(members: readonly MadeMember[]) {
  return openOwnArchive({ ...(await writeArchive(makeTarGz(members))), engine: 'redis', version: '7.2.16' });
}

async function refusalOf(promise: Promise<unknown>): Promise<BundleError> {
  return promise.then(
    () => {
      throw new Error('The archive was accepted');
    },
    (error: BundleError) => error,
  );
}

describe('openOwnArchive', () => {
  it('takes both programs from wherever they lie, and sends them the same way every time', async () => {
    const archive = await writeArchive(makeTarGz([{ name: 'redis/README', content: Buffer.from('text') }, ...both]));
    const request = { ...archive, engine: 'redis', version: '7.2.16' } as const;
    const bundle = await openOwnArchive(request);

    expect(bundle).toMatchObject({
      engine: 'redis',
      version: '7.2.16',
      platform: 'linux-x64',
      origin: 'own',
      folderName: `redis-7.2.16-${sha256Of(server).slice(0, 8)}`,
      licence: 'NOASSERTION',
      sourceArchive: 'own.tar.gz',
      sourceSha256: archive.sha256,
      sourcePackage: null,
      notes: [],
    });
    expect(bundle.files.map(({ name, mode, sizeBytes, sha256 }) => ({ name, mode, sizeBytes, sha256 }))).toEqual([
      { name: 'redis-server', mode: 0o755, sizeBytes: server.length, sha256: sha256Of(server) },
      { name: 'redis-cli', mode: 0o755, sizeBytes: client.length, sha256: sha256Of(client) },
    ]);
    expect(bundle.files.map((file) => gunzipSync(file.gzip))).toEqual([server, client]);
    expect(bundle.files.map((file) => file.gzipSha256)).toEqual(bundle.files.map((file) => sha256Of(file.gzip)));
    expect((await openOwnArchive(request)).files).toEqual(bundle.files);
  });

  it('looks for the programs of the engine that is asked for', async () => {
    const members = [
      { name: 'bin/valkey-server', content: makeElf({ text: '9.1.2' }) },
      { name: 'bin/valkey-cli', content: client },
      { name: 'bin/redis-server', type: '2' },
    ];
    const bundle = await openOwnArchive({ ...(await writeArchive(makeTarGz(members))), engine: 'valkey', version: '9.1.2' });
    expect(bundle.files.map((file) => file.name)).toEqual(['valkey-server', 'valkey-cli']);
  });

  it('notes that a program is not static, and that the version is not in it', async () => {
    const interpreter = '/lib/ld-musl-x86_64.so.1';
    const { notes } = await openMembers([
      { name: 'redis-server', content: makeElf({ interpreter, text: '7.0.15' }) },
      { name: 'redis-cli', content: client },
    ]);
    expect(notes).toEqual([
      { code: 'bundle.note.dynamic', values: { name: 'redis-server', interpreter } },
      { code: 'bundle.note.versionNotFound', values: { name: 'redis-server', version: '7.2.16' } },
    ]);
  });

  it('refuses another archive than the pinned one before it looks into it', async () => {
    const { file, sha256 } = await writeArchive(Buffer.from('not even an archive'));
    const pinned = 'b'.repeat(64);
    expect(await refusalOf(openOwnArchive({ file, sha256: pinned, engine: 'redis', version: '7.2.16' }))).toMatchObject({
      code: 'bundle.hashMismatch',
      subject: file,
      values: { subject: file, expected: pinned, observed: sha256 },
    });
  });

  it.each([
    ['no gzip', Buffer.from('plain text')],
    ['a gzip of something else', gzipSync(Buffer.from('plain text'.padEnd(600)))],
    ['empty', gzipSync(Buffer.alloc(1024))],
    ['cut off', makeTarGz(both).subarray(0, 100)],
  ])('refuses an archive that is %s', async (_what, bytes) => {
    const archive = await writeArchive(bytes);
    const error = await refusalOf(openOwnArchive({ ...archive, engine: 'redis', version: '7.2.16' }));
    expect(error.code).toBe('bundle.unreadable');
    expect(error.subject).toContain(`${archive.file}: `);
  });

  it('refuses a file that is not there, and a folder', async () => {
    const { file, sha256 } = await writeArchive(Buffer.alloc(0));
    for (const path of [`${file}.gone`, join(file, '..')]) {
      expect(await refusalOf(openOwnArchive({ file: path, sha256, engine: 'redis', version: '7.2.16' }))).toMatchObject({
        code: 'bundle.unreadable',
      });
    }
  });

  it.each([
    '../redis-server',
    '/usr/bin/redis-server',
    'a/../../redis-server',
    'C:\\redis-server',
    'a\\..\\redis-server',
    '\\redis-server',
  ])('refuses an archive with the path %s', async (name) => {
    expect(await refusalOf(openMembers([...both, { name, content: server }]))).toMatchObject({ code: 'bundle.unsafe', subject: name });
  });

  it('refuses two different programs of one name, and takes the same one twice', async () => {
    const error = await refusalOf(openMembers([...both, { name: 'old/redis-server', content: makeElf({ text: 'old' }) }]));
    expect(error).toMatchObject({ code: 'bundle.unsafe', subject: 'redis/src/redis-server, old/redis-server' });
    expect((await openMembers([...both, { name: 'copy/redis-server', content: server }])).files).toHaveLength(2);
  });

  it('refuses a program of an absurd size without reading it', async () => {
    const members = [{ name: 'redis-server', content: server, sizeBytes: 65 * MIB }];
    expect(await refusalOf(openMembers(members))).toMatchObject({ code: 'bundle.unsafe', subject: 'redis-server: 65 MiB > 64 MiB' });
  });

  it('refuses an archive that unpacks to an absurd size', async () => {
    const archive = await writeArchive(makeTarGz([{ name: 'zeros', content: Buffer.alloc(3 * MIB) }, ...both]));
    const request = { ...archive, engine: 'redis', version: '7.2.16' } as const;
    const error = await refusalOf(openOwnArchive(request, { ...limits, unpackedBytes: 2 * MIB }));
    expect(error.code).toBe('bundle.unsafe');
    expect(error.subject).toMatch(/: \d MiB > 2 MiB$/u);
    expect((await openOwnArchive(request, { ...limits, unpackedBytes: 4 * MIB })).files).toHaveLength(2);
  });

  it('refuses an archive with an absurd number of members', async () => {
    const archive = await writeArchive(makeTarGz(both));
    const request = { ...archive, engine: 'redis', version: '7.2.16' } as const;
    expect(await refusalOf(openOwnArchive(request, { ...limits, members: 1 }))).toMatchObject({
      code: 'bundle.unsafe',
      subject: `${archive.file}: 2 > 1`,
    });
  });

  it('refuses an archive of an absurd size without reading it', async () => {
    const { file, sha256 } = await writeArchive(Buffer.alloc(1));
    await truncate(file, 257 * MIB);
    expect(await refusalOf(openOwnArchive({ file, sha256, engine: 'redis', version: '7.2.16' }))).toMatchObject({
      code: 'bundle.unsafe',
      subject: `${file}: 257 MiB > 256 MiB`,
    });
  });

  it('says which program is missing; a link of that name is none', async () => {
    const error = await refusalOf(
      openMembers([
        { name: 'redis-server', content: server },
        { name: 'redis-cli', type: '2' },
      ]),
    );
    expect(error).toMatchObject({ code: 'bundle.incomplete', subject: 'redis-cli' });
  });

  it.each([
    ['another processor', makeElf({ machine: 183 }), 'ELF 64, aarch64'],
    ['another word size', makeElf({ bits: 32, machine: 3 }), 'ELF 32, i386'],
    ['an object instead of a program', makeElf({ type: 1 }), 'ELF 64, x86-64'],
    ['a script', Buffer.from('#!/bin/sh\n'.padEnd(100)), 'no ELF'],
  ])('refuses %s', async (_what, content, observed) => {
    const error = await refusalOf(
      openMembers([
        { name: 'redis-server', content },
        { name: 'redis-cli', content: client },
      ]),
    );
    expect(error).toMatchObject({ code: 'bundle.wrongPlatform', subject: `redis-server (${observed})`, values: { observed } });
  });
});
