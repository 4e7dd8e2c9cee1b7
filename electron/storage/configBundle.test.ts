import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { configBundleParts } from '../artifacts/bundle/configBundleParts.ts';
import { sampleInput } from '../artifacts/bundle/testing/sampleBundle.ts';
import { BUNDLE_LIMITS, CONFIG_BUNDLE_FORMAT, type BundlePart } from '../shared/domain/configBundle.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { readConfigBundle, verifyConfigBundle, writeConfigBundle, type VerifiedBundle } from './configBundle.ts';
import { readBundleContent } from './configBundleContent.ts';
import { zipParts } from './configBundleZip.ts';

const FILE = 'cluster.triad';
const parts = configBundleParts(sampleInput());
const archive = zipParts(parts);
const encoder = new TextEncoder();

function outcome(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof FailureError)) return `threw ${String(error)}`;
    const { code, values } = error.failure;
    return `${code} ${values['part'] ?? ''}: ${values['reason'] ?? ''}`;
  }
}

/** A bundle in which one part is another, and the manifest knows of it. */
function withPart(path: string, text: string | null, from: readonly BundlePart[] = parts): Uint8Array {
  const others = from.filter((one) => one.path !== path && one.path !== 'manifest.json');
  const all = text === null ? others : [...others, { path, bytes: encoder.encode(text) }];
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const manifest = {
    format: CONFIG_BUNDLE_FORMAT,
    schemaVersion: 1,
    cluster: 'sessions',
    triadVersion: '0.1.0',
    madeAt: '2026-03-14T22:05:00.000Z',
    parts: all.map((one) => ({ path: one.path, sizeBytes: one.bytes.length, sha256: sha256(one.bytes) })),
  };
  return zipParts([{ path: 'manifest.json', bytes: encoder.encode(JSON.stringify(manifest)) }, ...all]);
}

/** A zip as a hostile hand makes it: names, attributes, flags and sizes as told. */
interface MadeEntry {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly attributes?: number;
  readonly madeBy?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly sizeBytes?: number;
  readonly packed?: Uint8Array;
}

function madeZip(entries: readonly MadeEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, content = Buffer.from('x'), attributes = 0, madeBy = 0, flags = 0, method = 8, sizeBytes, packed } of entries) {
    const body = packed ?? (method === 8 ? deflateRawSync(content) : content);
    const bytes = Buffer.from(name, 'latin1');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(body.length, 18);
    local.writeUInt32LE(sizeBytes ?? content.length, 22);
    local.writeUInt16LE(bytes.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02_01_4b_50, 0);
    central[5] = madeBy;
    local.copy(central, 8, 6, 28);
    central.writeUInt32LE(attributes, 38);
    central.writeUInt32LE(at, 42);
    locals.push(Buffer.concat([local, bytes, body]));
    centrals.push(Buffer.concat([central, bytes]));
    at += 30 + bytes.length + body.length;
  }
  const list = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, list, end]);
}

test('what was written is read back, and the same parts give the same file', () => {
  const read = verifyConfigBundle(archive, FILE);
  expect(read.manifest.cluster).toBe('sessions');
  expect([...read.parts].map(([path, bytes]) => ({ path, bytes: Uint8Array.from(bytes) }))).toEqual(parts.slice(1));
  const content = readBundleContent(read, FILE);
  expect(content.spec).toEqual(sampleInput().spec);
  expect(content.runs.map(({ record }) => [record.workflow, record.verdict])).toEqual([
    ['install', 'pass'],
    ['validate', 'pass'],
  ]);
  expect(Buffer.compare(zipParts(configBundleParts(sampleInput())), archive)).toBe(0);
});

/** What a reader takes from a bundle. */
function taken({ manifest, parts: read }: VerifiedBundle): string {
  const hash = createHash('sha256').update(JSON.stringify(manifest));
  for (const [path, bytes] of read) hash.update(path).update(bytes);
  return hash.digest('hex');
}

const REFUSED = 'refused';

/** The same of a file that may be damaged, {@link REFUSED}, or what went wrong. */
function takenFrom(bytes: Uint8Array): string {
  let read: VerifiedBundle | null = null;
  const said = outcome(() => (read = verifyConfigBundle(bytes, FILE)));
  if (read !== null) return taken(read);
  return /^configBundle\.(?:damaged|unsafe|tooNew) /u.test(said) ? REFUSED : said;
}

test('a byte that was flipped anywhere is noticed, or changes nothing that is read', () => {
  const small = withPart('README.md', 'small', []);
  const whole = taken(verifyConfigBundle(small, FILE));
  for (let at = 0; at < small.length; at += 1)
    for (const mask of [1, 0x80, 0xff]) {
      const changed = Uint8Array.from(small);
      changed[at] = (changed[at] ?? 0) ^ mask;
      expect([whole, REFUSED]).toContain(takenFrom(changed));
    }
});

test('a whole bundle with random damage is refused, or read as it was', () => {
  const whole = taken(verifyConfigBundle(archive, FILE));
  const damage = fc.record({ at: fc.nat(archive.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (places) => {
      const changed = Uint8Array.from(archive);
      for (const { at, bytes } of places) changed.set(bytes.subarray(0, archive.length - at), at);
      expect([whole, REFUSED]).toContain(takenFrom(changed));
    }),
    { numRuns: 150 },
  );
});

test('a truncated file, and one with something behind, is refused', () => {
  fc.assert(
    fc.property(fc.nat(archive.length - 1), (length) => {
      expect(outcome(() => verifyConfigBundle(archive.subarray(0, length), FILE))).toMatch(/^configBundle\.damaged /u);
    }),
  );
  expect(outcome(() => verifyConfigBundle(Buffer.concat([archive, Buffer.from('x')]), FILE))).toMatch(/^configBundle\.damaged /u);
  expect(outcome(() => verifyConfigBundle(Buffer.concat([Buffer.from('x'), archive]), FILE))).toMatch(/^configBundle\.damaged /u);
});

test.each([
  ['a way up', '../manifest.json'],
  ['a way up inside', 'servers/../../x'],
  ['an absolute path', '/etc/passwd'],
  ['a backslash', String.raw`servers\x`],
  ['a drive', 'C:/x'],
  ['an empty step', 'servers//x'],
  ['a folder', 'servers/'],
  ['a control character', 'a\u001bb'],
  ['a dot', '.'],
  ['a name that Windows cuts', 'servers/x.'],
])('a name is refused that is %s', (_, name) => {
  expect(outcome(() => verifyConfigBundle(madeZip([{ name }]), FILE))).toMatch(/^configBundle\.unsafe .*a name that could lead out/u);
});

const mebibytes = (count: number): Uint8Array => new Uint8Array(count * 1024 ** 2);

test.each<[string, readonly MadeEntry[], RegExp]>([
  ['the same name twice', [{ name: 'a' }, { name: 'a' }], /unsafe a: the same name/u],
  ['names that differ by case alone', [{ name: 'README.md' }, { name: 'readme.md' }], /unsafe readme\.md: the same name/u],
  ['a symbolic link', [{ name: 'a', madeBy: 3, attributes: 0o120_777 * 2 ** 16 }], /unsafe a: a link/u],
  ['a link that hides its maker', [{ name: 'a', attributes: 0o120_777 * 2 ** 16 }], /unsafe a: a link/u],
  ['a device', [{ name: 'a', madeBy: 3, attributes: 0o060_600 * 2 ** 16 }], /unsafe a: a link/u],
  ['a folder by its attribute', [{ name: 'a', attributes: 0x10 }], /unsafe a: a link, a folder/u],
  ['an encrypted part', [{ name: 'a', flags: 1 }], /unsafe a: it is encrypted/u],
  ['sizes that stand behind the data', [{ name: 'a', flags: 8 }], /unsafe a: packed in a way/u],
  ['another compression', [{ name: 'a', method: 12, packed: Buffer.from('x') }], /unsafe a: packed in a way/u],
  ['the marks of zip64', [{ name: 'a', sizeBytes: 0xff_ff_ff_ff }], /unsafe a: more than/u],
  ['a bomb that says so', [{ name: 'a', content: mebibytes(4) }], /unsafe a: it unpacks to far more/u],
  ['a bomb that lies about its size', [{ name: 'a', content: mebibytes(4), sizeBytes: 10 }], /damaged a: its content/u],
  ['more than it says', [{ name: 'a', content: Buffer.from('abc'), sizeBytes: 2 }], /damaged a: its content/u],
  ['less than it says', [{ name: 'a', content: Buffer.from('abc'), sizeBytes: 4 }], /damaged a: its content/u],
  [
    'too much together',
    Array.from({ length: 5 }, (_, index) => ({ name: `a${index}`, sizeBytes: 60 * 1024 ** 2, packed: mebibytes(1) })),
    /unsafe a4: more than/u,
  ],
  ['too many parts', Array.from({ length: BUNDLE_LIMITS.parts + 1 }, (_, index) => ({ name: `a${index}` })), /unsafe .*: 1001 parts/u],
  ['no manifest', [{ name: 'a' }], /damaged manifest\.json: it is missing/u],
])('refused: %s', (_, entries, expected) => {
  expect(outcome(() => verifyConfigBundle(madeZip(entries), FILE))).toMatch(expected);
});

test('parts that overlap are refused: two readers would see different things', () => {
  const made = madeZip([{ name: 'a' }, { name: 'b' }]);
  const second = made.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  made.writeUInt32LE(0, second + 42);
  expect(outcome(() => verifyConfigBundle(made, FILE))).toMatch(/^configBundle\.damaged b/u);
});

test.each<[string, (manifest: { parts: { path: string; sizeBytes: number; sha256: string }[] } & Record<string, unknown>) => void, RegExp]>(
  [
    ['leaves a part out', (manifest) => manifest.parts.pop(), /damaged spec\.yaml: the manifest does not know it/u],
    [
      'names one that is not there',
      (manifest) => manifest.parts.push({ path: 'x', sizeBytes: 0, sha256: '0'.repeat(64) }),
      /damaged x: it is missing/u,
    ],
    [
      'names one twice',
      (manifest) => manifest.parts.push({ path: 'x', sizeBytes: 0, sha256: '0'.repeat(64) }, ...manifest.parts.slice(0, 1)),
      /damaged/u,
    ],
    [
      'has another hash',
      (manifest) => manifest.parts.splice(0, 1, { path: 'README.md', sizeBytes: 1, sha256: '0'.repeat(64) }),
      /damaged README\.md: size or SHA/u,
    ],
    [
      'has a huge number',
      (manifest) => (manifest.parts[0] = { path: 'README.md', sizeBytes: 1e300, sha256: '0'.repeat(64) }),
      /damaged manifest\.json/u,
    ],
    ['says more than it may', (manifest) => (manifest['run'] = 'rm'), /damaged manifest\.json/u],
    ['is of another program', (manifest) => (manifest['format'] = 'zip'), /damaged manifest\.json/u],
    ['is of a later Triad', (manifest) => (manifest['schemaVersion'] = 2), /^configBundle\.tooNew/u],
    ['is of a time before the first', (manifest) => (manifest['schemaVersion'] = 0), /damaged manifest\.json: there is no version 0/u],
  ],
)('a manifest is refused that %s', (_, change, expected) => {
  const manifest = JSON.parse(new TextDecoder().decode(parts[0]?.bytes)) as Parameters<typeof change>[0];
  change(manifest);
  const lying = [{ path: 'manifest.json', bytes: encoder.encode(JSON.stringify(manifest)) }, ...parts.slice(1)];
  expect(outcome(() => verifyConfigBundle(zipParts(lying), FILE))).toMatch(expected);
});

test('a bundle of an older layout goes through the steps to this one', () => {
  const older = JSON.parse(new TextDecoder().decode(parts[0]?.bytes)) as Record<string, unknown>;
  const bytes = encoder.encode(JSON.stringify({ ...older, schemaVersion: 0 }));
  const step = (before: readonly BundlePart[]): readonly BundlePart[] => [...parts.slice(0, 1), ...before.slice(1)];
  const read = verifyConfigBundle(zipParts([{ path: 'manifest.json', bytes }, ...parts.slice(1)]), FILE, { 0: step });
  expect(read.manifest.schemaVersion).toBe(1);
});

test.each([
  ['a specification that is none', 'spec.yaml', 'name: [', /damaged spec\.yaml/u],
  [
    'aliases that multiply',
    'spec.yaml',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [*a,*a,*a,*a]`).join('\n')}`,
    /damaged spec\.yaml/u,
  ],
  ['no specification', 'spec.yaml', null, /damaged spec\.yaml: it is missing/u],
  [
    'a key for another machine',
    'known-hosts.json',
    '{"hosts":{"10.9.9.9:22":{"type":"t","fingerprint":"f"}}}',
    /damaged known-hosts\.json: .*another cluster/u,
  ],
  ['a number out of all bounds', 'nodes.json', '{"at":null,"nodes":[1e999]}', /damaged nodes\.json/u],
  ['a run of no such name', 'runs/x/events.ndjson', '', /damaged runs\/x/u],
  ['a run that is cut off', 'runs/20260314T220500000Z-validate/events.ndjson', '{"seq":1', /damaged runs\/2026/u],
  [
    'a run of another id',
    'runs/20260314T220500001Z-validate/events.ndjson',
    sampleInput().runs[1]?.journal ?? '',
    /damaged runs\/20260314T220500001Z.*another cluster/u,
  ],
  ['programs of another version', 'redis/redis-9.9.9/linux-x64/manifest.json', '{}', /damaged redis\/redis-9\.9\.9/u],
  [
    'sealed secrets that ask for gigabytes',
    'secrets.sealed.json',
    JSON.stringify({
      schemaVersion: 1,
      kdf: { name: 'scrypt', cost: 2 ** 30, blockSize: 8, parallelization: 1, salt: 'AAAA' },
      cipher: { name: 'aes-256-gcm', nonce: 'AAAA', tag: 'AAAA' },
      sealed: 'AAAA',
    }),
    /damaged secrets\.sealed\.json/u,
  ],
])('content is refused: %s', (_, path, text, expected) => {
  expect(outcome(() => readBundleContent(verifyConfigBundle(withPart(path, text), FILE), FILE))).toMatch(expected);
});

test('a bundle of one name with a plan of another is refused', () => {
  const [plan] = parts.filter(({ path }) => path === 'plan.json');
  const text = new TextDecoder().decode(plan?.bytes).replaceAll('10.77.0.12', '10.77.0.99');
  expect(outcome(() => readBundleContent(verifyConfigBundle(withPart('plan.json', text), FILE), FILE))).toMatch(
    /damaged plan\.json: .*another cluster/u,
  );
});

test('files on the disk: written whole, read back; what is no file or far too large is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'triad-bundle-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const file = join(folder, 'below', FILE);
  await writeConfigBundle(file, parts);
  expect((await readConfigBundle(file)).sha256).toBe(createHash('sha256').update(archive).digest('hex'));
  await expect(readConfigBundle(folder)).rejects.toMatchObject({ failure: { code: 'configBundle.unreadable' } });
  await expect(readConfigBundle(join(folder, 'none'))).rejects.toMatchObject({ failure: { code: 'configBundle.unreadable' } });
  await expect(writeConfigBundle(join(folder, 'x.triad'), [{ path: '../x', bytes: Buffer.from('') }])).rejects.toMatchObject({
    failure: { code: 'configBundle.unsafe' },
  });
  expect(await readdir(folder)).toEqual(['below']);
  await writeFile(join(folder, 'plain.zip'), zipSync({ 'a.txt': encoder.encode('a') }));
  await expect(readConfigBundle(join(folder, 'plain.zip'))).rejects.toMatchObject({ failure: { values: { part: 'manifest.json' } } });
});
