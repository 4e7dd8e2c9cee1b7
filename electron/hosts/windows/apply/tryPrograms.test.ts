import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../shared/domain/change.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import { createFakeFiles, keyOf, type FakeFiles } from '../testing/fakeFiles.ts';
import { startFakeHost } from '../testing/fakeHost.ts';

const NOTHING = new Map<string, Uint8Array>();
const folder = (path: string): Change => {
  const admins = { owner: 'Administrators', group: 'Administrators', mode: 0o755 } as const;
  return { kind: 'folder', id: `folder:${path}`, path, ...admins, exists: false };
};

describe('a server program that was sent', () => {
  const bytes = Buffer.from('MZ redis');
  const server = 'C:\\Triad\\bin\\redis-server.exe';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const untried: Change = { kind: 'binary', id: `binary:${server}`, path: server, mode: 0o755, sha256, sizeBytes: bytes.length };
  const trialled = (version: string | null): Change => ({ ...untried, trial: { version } });
  const payload = new Map<string, Uint8Array>([[`binary:${server}`, gzipSync(bytes)]]);
  const SAYS = { code: 0, stdout: 'Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64 build=1\r\n' };

  /** A server on which it ends so, with what a security program does before that. */
  const serverWhere = async (
    reply: { readonly code: number; readonly stdout?: string; readonly stderr?: string },
    before: (files: FakeFiles) => void = () => undefined,
  ): Promise<Awaited<ReturnType<typeof startFakeHost>>> => {
    const files = createFakeFiles();
    const set = await startFakeHost({
      files,
      onCall: (call) => {
        if (call.program !== 'redis-server.exe' || files.get(server) === undefined) return null;
        expect(call.args).toEqual(['--version']);
        before(files);
        return reply;
      },
    });
    await set.host.apply([folder('C:\\Triad'), folder('C:\\Triad\\bin')], NOTHING);
    return set;
  };

  test('is run once in its place, and not where it is there already or is no server', async () => {
    const { host, fake, helper } = await serverWhere(SAYS);
    await host.apply([trialled('7.0.15')], payload);
    await host.apply([trialled('7.0.15')], payload);
    expect(fake.calls.filter((line) => line.startsWith('redis-server.exe'))).toEqual(['redis-server.exe --version']);
    expect(helper.files.get(server)?.equals(bytes)).toBe(true);
    helper.files.entries.delete(keyOf(server));
    await host.apply([untried], payload);
    expect(fake.calls.filter((line) => line.startsWith('redis-server.exe'))).toHaveLength(1);
  });

  test('may say the version of another product where that is expected', async () => {
    const { host } = await serverWhere({ code: 0, stdout: 'Memurai server v=4.2.3\r\n' });
    expect(await host.apply([trialled(null)], payload)).toHaveLength(1);
  });

  test.each([
    [
      'another version',
      { ...SAYS, stdout: SAYS.stdout.replace('7.0.15', '7.0.155') },
      'host.programUnfit',
      { reason: 'with --version it does not say 7.0.15' },
      'Redis server v=7.0.155 sha=00000000:0 malloc=libc bits=64 build=1',
    ],
    ['an error of its own', { code: 1, stderr: 'no licence file' }, 'host.programUnfit', { reason: 'error 1' }, 'no licence file'],
    ['a missing library', { code: 0xc0000135 }, 'host.libraryMissing', { program: server }, ''],
    ['a policy', { code: 1260 }, 'host.programBlocked', { program: server, code: 1260 }, ''],
  ] as const)('is taken away again because of %s, and nothing after it is done', async (_, reply, code, values, evidence) => {
    const { host, helper } = await serverWhere(reply);
    const failure = await failureFrom(host.apply([trialled('7.0.15'), folder('C:\\Triad\\later')], payload));
    expect(failure).toMatchObject({ code, values, evidence });
    expect([server, 'C:\\Triad\\later'].map((path) => helper.files.get(path))).toEqual([undefined, undefined]);
  });

  test('that is gone was taken by a security program', async () => {
    const { host } = await serverWhere({ code: 1, stderr: 'x' }, (files) => files.entries.delete(keyOf(server)));
    expect((await failureFrom(host.apply([trialled('7.0.15')], payload))).code).toBe('host.programQuarantined');
  });
});
