import { describe, expect, test } from 'vitest';
import type { Change } from '../../../shared/domain/change.ts';
import { message } from '../../../shared/messages/message.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import { accessFrom } from '../accessList.ts';
import { createFakeFiles, keyOf } from '../testing/fakeFiles.ts';
import { startFakeHost } from '../testing/fakeHost.ts';

const ROOT = 'C:\\Triad';
const OWNED = 'O:S-1-5-21-1-2-3-1001D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;S-1-5-21-1-2-3-1001)';
const WRITABLE = 'O:BAD:AI(A;OICIID;FA;;;BA)(A;ID;0x1301bf;;;AU)';
const NONE = new Map<string, Uint8Array>();
const admins = { owner: 'Administrators', group: 'Administrators' } as const;
const folder = (path: string): Change => ({ kind: 'folder', id: path, path, ...admins, mode: 0o755, exists: true });
const file = (path: string): Change => ({
  kind: 'file',
  id: path,
  path,
  ...admins,
  mode: 0o644,
  content: 'x',
  holdsSecret: false,
  action: 'create',
  diff: null,
  purpose: message('change.purpose.sysctl'),
});

describe('a folder above what is to be written', () => {
  test.each([
    ['belongs to somebody else', OWNED, 'S-1-5-21-1-2-3-1001'],
    ['is one that others may write to', WRITABLE, 'AU'],
  ])('that %s and is not empty is refused before anything is written', async (_, sddl, who) => {
    const { host, helper } = await startFakeHost();
    helper.files.put(`${ROOT}\\theirs.txt`, 'x');
    helper.access.set(keyOf(ROOT), sddl);
    const before = [...helper.files.entries.keys()].length;
    const failure = await failureFrom(host.apply([folder(ROOT), folder(`${ROOT}\\bin`), file(`${ROOT}\\bin\\a`)], NONE));
    expect(failure).toMatchObject({ code: 'host.foreignFolder', values: { server: 'win-1', path: ROOT, who } });
    // Only the program that looks, with its folder.
    expect([[...helper.files.entries.keys()].length - before, helper.access.get(keyOf(ROOT))]).toEqual([2, sddl]);
  });

  test('that is empty is taken over, unless somebody puts something there meanwhile', async () => {
    const { host, helper } = await startFakeHost();
    helper.files.entries.set(keyOf(ROOT), null);
    helper.access.set(keyOf(ROOT), OWNED);
    await host.apply([folder(ROOT), file(`${ROOT}\\a`)], NONE);
    expect(accessFrom(helper.access.get(keyOf(ROOT)) ?? '', 'folder', [])).toEqual({ ...admins, mode: 0o755 });

    const files = createFakeFiles();
    const raced = await startFakeHost({
      files,
      onCall: ({ args }) => {
        if (args[0] === 'folders') files.put(`${ROOT}\\evil.dll`, 'x');
        return null;
      },
    });
    files.entries.set(keyOf(ROOT), null);
    raced.helper.access.set(keyOf(ROOT), OWNED);
    expect((await failureFrom(raced.host.apply([folder(ROOT), file(`${ROOT}\\a`)], NONE))).code).toBe('host.foreignFolder');
    expect(files.get(`${ROOT}\\a`)).toBeUndefined();
  });

  test('that Triad does not make is refused also where it is empty', async () => {
    const { host, helper } = await startFakeHost();
    helper.files.entries.set('/c:/data', null);
    helper.access.set('/c:/data', WRITABLE);
    const failure = await failureFrom(host.apply([folder('C:\\Data\\Triad')], NONE));
    expect(failure).toMatchObject({ code: 'host.foreignFolder', values: { path: 'C:\\Data' } });
  });

  test('below one to which nobody else writes is set right, or is a node’s', async () => {
    const { host, helper } = await startFakeHost();
    helper.files.put(`${ROOT}\\bin\\there`, 'x');
    helper.files.put(`${ROOT}\\7000\\nodes.conf`, 'x');
    helper.access.set(keyOf(`${ROOT}\\bin`), WRITABLE);
    helper.access.set(keyOf(`${ROOT}\\7000`), 'O:BAD:P(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;S-1-5-80-1-2-3-4-5)');
    await host.apply([folder(`${ROOT}\\bin`), file(`${ROOT}\\7000\\redis.conf`)], NONE);
    expect(helper.files.get(`${ROOT}\\7000\\redis.conf`)?.toString()).toBe('x');
    helper.access.set(keyOf(ROOT), 'O:BAD:P(A;OICI;0x1301bf;;;S-1-5-80-1-2-3-4-5)');
    const next = await startFakeHost({ files: helper.files });
    next.helper.access.set(keyOf(ROOT), 'O:BAD:P(A;OICI;0x1301bf;;;S-1-5-80-1-2-3-4-5)');
    expect((await failureFrom(next.host.apply([file(`${ROOT}\\a`)], NONE))).code).toBe('host.foreignFolder');
  });

  test('is looked at once a connection, and again after it was removed; whatever the case of its letters', async () => {
    const { host, fake } = await startFakeHost();
    const looks = (): number => fake.calls.filter((call) => call.endsWith(' observe')).length;
    await host.apply([folder(ROOT), file(`${ROOT}\\a`)], NONE);
    await host.apply([file(`${ROOT.toUpperCase()}\\b`)], NONE);
    expect(looks()).toBe(1);
    await host.apply([{ kind: 'removeFolder', id: 'r', path: ROOT, withContents: false }], NONE);
    await host.apply([folder(ROOT)], NONE);
    expect(looks()).toBe(2);
  });
});

test('a file that is held for a moment is removed by the helper, one that stays held is named with the reason', async () => {
  const files = createFakeFiles();
  const path = `${ROOT}\\bin\\run.exe`;
  let isOver = false;
  const { host } = await startFakeHost({
    files,
    onCall: ({ args }) => {
      if (isOver && args[0] === 'remove-tree') files.locked.clear();
      return null;
    },
  });
  files.put(path, 'x');
  files.locked.add(keyOf(path));
  const failure = await failureFrom(host.apply([{ kind: 'removeFile', id: 'r', path }], NONE));
  expect(failure).toMatchObject({ code: 'host.fileLocked', values: { path } });
  // What SFTP calls denied is over when the helper looks.
  isOver = true;
  await host.apply([{ kind: 'removeFile', id: 'r', path }], NONE);
  expect(files.get(path)).toBeUndefined();
});

test('a disk that is not full is not called so', async () => {
  const { host, helper } = await startFakeHost();
  helper.files.put(`${ROOT}\\a`, '');
  helper.replies.set('stage', { code: 0, stdout: JSON.stringify({ path: 'x' }) });
  helper.files.entries.set(keyOf(`${ROOT}\\.triad-stage`), null);
  helper.files.put(`${ROOT}\\.triad-stage\\0-b`, 'held by somebody');
  expect((await failureFrom(host.apply([file(`${ROOT}\\b`)], NONE))).code).toBe('host.fileLocked');
  helper.files.freeBytes = 0;
  helper.files.put(`${ROOT}\\.triad-stage\\0-b`, 'held by somebody');
  expect((await failureFrom(host.apply([file(`${ROOT}\\b`)], NONE))).code).toBe('host.diskFull');
});
