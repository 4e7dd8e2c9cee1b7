import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { bindCall } from '../callBounds.ts';
import { connectFake, startFakeWindows, type FakeWindows } from '../windows/testing/fakeWindows.ts';
import { SftpError, type SftpSession } from './sftpSession.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function sftpOf(): Promise<{ fake: FakeWindows; sftp: SftpSession }> {
  const fake = await startFakeWindows();
  opened.push(() => fake.ssh.stop());
  const connection = await connectFake(fake);
  opened.push(() => connection.close());
  const sftp = await connection.openSftp(bindCall(undefined, 5000), () => new Error('stopped'));
  return { fake, sftp };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SftpError);
  return (error as SftpError).refusal;
}

test('files are written in pieces, read, renamed, listed and removed', async () => {
  const { sftp, fake } = await sftpOf();
  expect(await sftp.home()).toBe('/C:/Users/admin');
  const bytes = randomBytes(300_001);
  await sftp.makeFolder('/C:/Triad');
  await sftp.writeFile('/C:/Triad/a.new', bytes);
  expect(await sftp.stat('/C:/triad/A.NEW')).toEqual({ kind: 'file', sizeBytes: 300_001 });
  await sftp.rename('/C:/Triad/a.new', '/C:/Triad/a');
  expect((await sftp.readFile('/C:/Triad/a', 1_000_000)).equals(bytes)).toBe(true);
  expect((await sftp.readFile('/C:/Triad/a', 70_000)).equals(bytes.subarray(0, 70_000))).toBe(true);
  expect(await sftp.list('/C:/Triad')).toEqual(['a']);
  expect(await sftp.stat('/C:/Triad')).toEqual({ kind: 'folder', sizeBytes: 0 });
  await sftp.remove('/C:/Triad/a');
  await sftp.removeFolder('/C:/Triad');
  expect([await sftp.stat('/C:/Triad'), fake.files.get('C:\\Triad')]).toEqual([null, undefined]);
});

test('what stands in the way is told as far as the protocol can', async () => {
  const { sftp, fake } = await sftpOf();
  fake.files.put('C:\\Triad\\a', 'x');
  fake.files.put('C:\\Triad\\b', 'x');
  fake.files.put('C:\\Windows\\c', 'x');
  fake.files.denied.add('/c:/windows');
  fake.files.locked.add('/c:/triad/b');
  expect(await refusalOf(sftp.rename('/C:/Triad/a', '/C:/Triad/b'))).toBe('failure');
  // What Windows' sshd says of a file that is held open.
  expect(await refusalOf(sftp.remove('/C:/Triad/b'))).toBe('denied');
  expect(await refusalOf(sftp.writeFile('/C:/Windows/d', Buffer.from('x')))).toBe('denied');
  expect(await refusalOf(sftp.readFile('/C:/nothing', 10))).toBe('absent');
  fake.files.freeBytes = 10;
  expect(await refusalOf(sftp.writeFile('/C:/Triad/big', randomBytes(100_000)))).toBe('failure');
});

test('nothing hangs when the connection is cut', async () => {
  const { sftp, fake } = await sftpOf();
  fake.files.onWritten = () => fake.ssh.cut();
  await sftp.writeFile('/C:/x', randomBytes(10)).catch(() => undefined);
  expect(await refusalOf(sftp.stat('/C:/x'))).toBe('lost');
});
