import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { practiceSetForTest } from '../../../../scripts/practice/testSet.ts';
import type { PracticeSet } from '../../../../scripts/practice/practiceSet.ts';
import { ensureHelper, helperFile } from '../../../../scripts/windows-service/helperBuild.ts';
import type { Change } from '../../../shared/domain/change.ts';
import { message } from '../../../shared/messages/message.ts';
import { connectHost } from '../../connectHost.ts';
import { requestFor } from '../../linux/testing/connectPractice.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import type { WindowsHost } from '../windowsHost.ts';
import { observeNothing } from '../testing/fakeHost.ts';

const practice = practiceSetForTest();

const ROOT = 'C:\\Triad';
const UNIT = 'triad-sessions-7000';
const ACCOUNT = `NT SERVICE\\${UNIT}`;
const NODE = `${ROOT}\\nodes\\sessions\\7000`;
const CONF = `${NODE}\\redis.conf`;
const PROGRAM = `${ROOT}\\bin\\triad-service.exe`;
const admins = { owner: 'Administrators', group: 'Administrators' } as const;
const NONE = new Map<string, Uint8Array>();

const folder = (path: string, more: object = {}): Change => ({
  kind: 'folder',
  id: path,
  path,
  ...admins,
  mode: 0o755,
  exists: false,
  ...more,
});
const file = (path: string, content: string, action: 'create' | 'replace'): Change => ({
  kind: 'file',
  id: path,
  path,
  owner: 'Administrators',
  group: ACCOUNT,
  mode: 0o640,
  content,
  holdsSecret: false,
  action,
  diff: null,
  purpose: message('change.purpose.sysctl'),
});
const binary = (path: string, bytes: Buffer): Change => ({
  kind: 'binary',
  id: `binary:${path}`,
  path,
  mode: 0o755,
  sizeBytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});
const sent = (bytes: Buffer): Map<string, Uint8Array> => new Map([[`binary:${PROGRAM}`, gzipSync(bytes)]]);

/** With the program as it is built here; the connection is closed with the test. */
async function connectTo(set: PracticeSet, server: 1 | 2): Promise<WindowsHost> {
  const program = await ensureHelper(() => undefined);
  const host = await connectHost({ ...requestFor(set, server), helperProgram: () => Promise.resolve(readFileSync(program)) });
  onTestFinished(() => host.close());
  return host as WindowsHost;
}

test('what is written on a Windows server is closed, replaced in one step under programs that run, and removed past links', async () => {
  const set = await practice.up({ servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } } } });
  for (const server of [1, 2] as const) {
    const { driveC } = set.windows(server);
    const at = (path: string): string => join(driveC, ...path.split('\\').slice(1));
    const host = await connectTo(set, server);
    const program = readFileSync(helperFile);
    const node = { owner: ACCOUNT, group: ACCOUNT, mode: 0o750 };
    const folders = [ROOT, `${ROOT}\\bin`, `${ROOT}\\nodes`, `${ROOT}\\nodes\\sessions`].map((path) => folder(path));
    await host.apply([...folders, folder(NODE, node), binary(PROGRAM, program), file(CONF, 'first', 'create')], sent(program));
    writeFileSync(at(CONF), 'theirs');
    await host.apply([file(CONF, 'second', 'replace')], NONE);
    expect([readFileSync(at(CONF), 'utf8'), readFileSync(at(`${CONF}.triad-before`), 'utf8')]).toEqual(['second', 'theirs']);
    const request = { ...observeNothing, paths: [ROOT, NODE, CONF, PROGRAM], units: [UNIT] };
    const facts = await host.observe(request);
    expect(facts.paths.map(({ owner, group, mode }) => [owner, group, mode])).toEqual([
      ['Administrators', 'Administrators', 0o755],
      [ACCOUNT, ACCOUNT, 0o750],
      ['Administrators', ACCOUNT, 0o640],
      ['Administrators', 'Administrators', 0o755],
    ]);

    const lock = await host.holdLock('ana');
    expect([lock.kind, readdirSync(join(driveC, 'ProgramData', 'Triad'))]).toEqual(['taken', ['lock']]);
    if (lock.kind === 'taken') await lock.lock.end();

    mkdirSync(join(driveC, 'precious'), { recursive: true });
    writeFileSync(join(driveC, 'precious', 'file'), 'keep me');
    symlinkSync(join(driveC, 'precious'), at(`${NODE}\\link`));
    // Wine cannot remove the link itself; what it leads to stays.
    await failureFrom(host.apply([{ kind: 'removeFolder', id: 'r', path: NODE, withContents: true }], NONE));
    expect(readFileSync(join(driveC, 'precious', 'file'), 'utf8')).toBe('keep me');
    expect(readdirSync(at(ROOT)).toSorted()).toEqual(['bin', 'nodes']);
  }
});

test('a program that runs is replaced, its rights are set without sending it, and what is left of it goes with its removal', async () => {
  const set = await practice.up({ servers: { 1: { windows: {} } } });
  const { driveC } = set.windows(1);
  const at = (name: string): string => join(driveC, 'Triad', 'bin', name);
  const host = await connectTo(set, 1);
  const program = readFileSync(helperFile);
  await host.apply([folder(ROOT), folder(`${ROOT}\\bin`), binary(PROGRAM, program)], sent(program));
  // Until it is killed; then what feeds it ends as well.
  await set.run(1, `{ (echo ana; while sleep 2; do echo; done) | $WINE '${PROGRAM}' lock 'C:\\held'; } > /dev/null 2>&1 &`);
  await expect.poll(() => existsSync(join(driveC, 'held', 'lock')), { timeout: 60_000 }).toBe(true);
  const next = Buffer.concat([program, Buffer.from('next')]);
  await host.apply([binary(PROGRAM, next)], sent(next));
  expect([readdirSync(at('')).toSorted(), readFileSync(at('triad-service.exe')).equals(next)]).toEqual([
    ['triad-service.exe', 'triad-service.exe.triad-old'],
    true,
  ]);
  const born = statSync(at('triad-service.exe')).ino;
  await host.apply([binary(PROGRAM, next)], sent(next));
  expect(statSync(at('triad-service.exe')).ino).toBe(born);
  const removal: Change = { kind: 'removeFile', id: 'r', path: PROGRAM };
  expect(await failureFrom(host.apply([removal], NONE))).toMatchObject({
    code: 'host.fileLocked',
    values: { path: `${PROGRAM}.triad-old` },
  });
  await set.run(1, '$WINE taskkill /f /im triad-service.exe');
  await host.apply([removal], NONE);
  expect(readdirSync(at(''))).toEqual([]);
});

test('a root that somebody else has made is refused before anything is written, and taken over where it is empty', async () => {
  const set = await practice.up({ servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } } } });
  for (const server of [1, 2] as const) {
    const { driveC } = set.windows(server);
    const host = await connectTo(set, server);
    mkdirSync(join(driveC, 'Theirs'));
    writeFileSync(join(driveC, 'Theirs', 'bcrypt.dll'), 'x');
    const changes = [folder('C:\\Theirs'), folder('C:\\Theirs\\bin')];
    expect(await failureFrom(host.apply(changes, NONE))).toMatchObject({ code: 'host.foreignFolder', values: { path: 'C:\\Theirs' } });
    expect(readdirSync(join(driveC, 'Theirs'))).toEqual(['bcrypt.dll']);
    mkdirSync(join(driveC, 'Empty'));
    await host.apply([folder('C:\\Empty'), folder('C:\\Empty\\bin')], NONE);
    const facts = await host.observe({ ...observeNothing, paths: ['C:\\Empty'] });
    expect(facts.paths).toMatchObject([{ owner: 'Administrators', mode: 0o755 }]);
  }
});
