import { failed, ok, pathOf, sha256Of } from './fakeAnswers.ts';
import { keyOf } from './fakeFiles.ts';
import type { FakeHelper } from './fakeHelperState.ts';
import type { FakeReply } from './fakeWindows.ts';

/** What the verbs of the helper that write and remove do on the drive of the fake. */

function linesOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

/** `acl -` */
export function setAccess(text: string, fake: FakeHelper): FakeReply {
  const paths = linesOf(text).map(([path = '', sddl = '']) => {
    if (fake.files.get(pathOf(path)) === undefined) return { path, error: 2 };
    fake.access.set(keyOf(pathOf(path)), sddl);
    return { path, error: 0 };
  });
  return ok({ paths }, paths.find(({ error }) => error !== 0)?.error ?? 0);
}

/** `folders -` */
export function makeFolders(text: string, fake: FakeHelper): FakeReply {
  const paths = linesOf(text).map(([path = '', sddl = '']) => {
    const key = keyOf(path);
    if (isDenied(key, fake)) return { path, error: 5 };
    if (fake.files.entries.get(key.slice(0, key.lastIndexOf('/'))) !== null) return { path, error: 3 };
    if (!fake.files.entries.has(key)) fake.files.entries.set(key, null);
    fake.access.set(key, sddl);
    return { path, error: 0 };
  });
  return ok({ paths }, paths.find(({ error }) => error !== 0)?.error ?? 0);
}

/** `stage FOLDER` */
export function stage(path: string, fake: FakeHelper): FakeReply {
  const key = keyOf(path);
  if (isDenied(key, fake)) return failed(5, 'CreateDirectoryW', path);
  if (fake.files.entries.get(key.slice(0, key.lastIndexOf('/'))) !== null) return failed(3, 'CreateDirectoryW', path);
  forget(key, fake);
  fake.files.entries.set(key, null);
  fake.access.set(key, 'O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)');
  return ok({ path });
}

/** `remove-tree PATH` */
export function removeTree(path: string, fake: FakeHelper): FakeReply {
  const key = keyOf(path);
  const inside = [...fake.files.entries.keys()].filter((one) => one === key || one.startsWith(`${key}/`));
  if (isDenied(key, fake)) return failed(5, 'DeleteFile', path);
  const held = inside.find((one) => fake.files.locked.has(one));
  if (held !== undefined) return failed(32, 'DeleteFile', held);
  forget(key, fake);
  return ok({ path, removed: inside.length, links: 0 });
}

/** `place -` */
export function place(text: string, fake: FakeHelper): FakeReply {
  const wanted = linesOf(text).map(([staged = '', path = '', sha256 = '', sddl = '', how = '']) => ({ staged, path, sha256, sddl, how }));
  const files = wanted.map(({ staged, path, sha256 }) => {
    const bytes = fake.files.get(staged);
    const error = bytes === undefined || bytes === null ? 2 : sha256Of(bytes) === sha256 ? 0 : 23;
    return { path, error, placed: false, left: false };
  });
  const wrong = files.find(({ error }) => error !== 0);
  if (wrong !== undefined) return ok({ files }, wrong.error);
  for (const [index, one] of wanted.entries()) {
    const answer = files[index];
    if (answer === undefined) break;
    Object.assign(answer, takePlace(one, fake));
    if (answer.error !== 0) return ok({ files }, answer.error);
  }
  return ok({ files });
}

function takePlace(
  one: { readonly staged: string; readonly path: string; readonly sddl: string; readonly how: string },
  fake: FakeHelper,
): { readonly error: number; readonly placed: boolean; readonly left: boolean } {
  const { entries, locked } = fake.files;
  const [from, key] = [keyOf(one.staged), keyOf(one.path)];
  const before = `${key}.triad-before`;
  if (isDenied(key, fake)) return { error: 5, placed: false, left: false };
  if (entries.get(key.slice(0, key.lastIndexOf('/'))) !== null) return { error: 3, placed: false, left: false };
  const isProgram = key.endsWith('.exe');
  if (locked.has(key) && !isProgram) return { error: 32, placed: false, left: false };
  const there = entries.get(key);
  if (one.how === 'keep' && there !== undefined && !entries.has(before)) entries.set(before, there);
  if (!locked.has(`${key}.triad-old`)) entries.delete(`${key}.triad-old`);
  const isLeft = locked.delete(key);
  if (isLeft) {
    entries.set(`${key}.triad-old`, there ?? null);
    locked.add(`${key}.triad-old`);
  }
  entries.set(key, entries.get(from) ?? null);
  entries.delete(from);
  fake.access.set(key, one.sddl);
  return { error: 0, placed: true, left: isLeft };
}

function forget(key: string, fake: FakeHelper): void {
  for (const one of fake.files.entries.keys()) {
    if (one !== key && !one.startsWith(`${key}/`)) continue;
    fake.files.entries.delete(one);
    fake.access.delete(one);
  }
}

function isDenied(key: string, fake: FakeHelper): boolean {
  return [...fake.files.denied].some((folder) => key === folder || key.startsWith(`${folder}/`));
}
