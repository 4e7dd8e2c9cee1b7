import { failed, ok, pathOf, sha256Of } from './fakeAnswers.ts';
import { keyOf, type FakeFiles } from './fakeFiles.ts';
import type { FakeHelper, FakeService } from './fakeHelperState.ts';
import { makeFolders, place, removeTree, setAccess, stage } from './fakeHelperFiles.ts';
import type { FakeCall, FakeReply } from './fakeWindows.ts';

/** Bytes that stand for `triad-service.exe`. */
export const HELPER_BYTES = Buffer.from('MZ triad-service');
export const HELPER_FILE = `.triad\\triad-service-${sha256Of(HELPER_BYTES).slice(0, 8)}.exe`;

export type { FakeHelper };

const MACHINE = {
  os: {
    build: 20_348,
    revision: 2700,
    version: '10.0.20348',
    productType: 'server',
    name: 'Windows Server 2022 Standard',
    architecture: 'x64',
  },
  hostName: 'WIN-1',
  machineGuid: 'AAAA-bbbb',
  hardwareId: '4C4C4544-0042',
  bootTime: 1_700_000_000_000,
  cpuCount: 2,
  memoryBytes: 8e9,
  memoryAvailableBytes: 6e9,
  commitLimitBytes: 10e9,
  commitAvailableBytes: 7e9,
  pageFileBytes: 2e9,
  isElevated: true,
  user: 'WIN-1\\admin',
  addresses: [{ ip: '10.0.0.1', device: 'Ethernet', isDynamic: false }],
  listening: [{ address: '0.0.0.0', port: 22, pid: 4, program: 'C:\\Windows\\System32\\OpenSSH\\sshd.exe', service: 'sshd' }],
  redisProcesses: [],
  problems: [],
};

/** Makes the model on a drive; the program itself runs only where its file is. */
export function createFakeHelper(files: FakeFiles): FakeHelper {
  const fake: FakeHelper = {
    files,
    access: new Map(),
    services: new Map(),
    firewall: { rules: [], profiles: [{ name: 'public', enabled: true, policyEnabled: null, policyAllowsLocalRules: null }] },
    replies: new Map(),
    machine: {},
    modifiedMs: new Map(),
    inputs: new Map(),
    answer: (call) => answer(call, fake),
  };
  // An access list goes with its file.
  files.onRenamed = (from, to) => {
    const list = fake.access.get(from);
    fake.access.delete(from);
    if (list !== undefined) fake.access.set(to, list);
  };
  return fake;
}

async function answer(call: FakeCall, fake: FakeHelper): Promise<FakeReply | null> {
  if (!/^triad-service.*\.exe$/u.test(call.program)) return null;
  const bytes = fake.files.get(pathOf(call.path));
  if (bytes === undefined || bytes === null) return null;
  const [verb = '', ...args] = call.args;
  const set = fake.replies.get(`${verb} ${args[0] ?? ''}`) ?? fake.replies.get(verb);
  if (set !== undefined) return set;
  switch (verb) {
    case 'version':
      return ok({ version: '1', architecture: 'x64' });
    case 'clock':
      return tellClock(call, fake);
    case 'hash':
      return ok({ files: args.map((path) => ({ path, ...hashOf(fake.files.get(pathOf(path))) })) });
    case 'observe':
      return observe(await read(call, fake), fake);
    case 'acl':
      return setAccess(await read(call, fake), fake);
    case 'folders':
      return makeFolders(await read(call, fake), fake);
    case 'stage':
      return stage(args[0] ?? '', fake);
    case 'place':
      return place(await read(call, fake), fake);
    case 'remove-tree':
      return removeTree(args[0] ?? '', fake);
    case 'firewall':
      return ok({
        rules: fake.firewall.rules.filter(({ name }) => args.some((prefix) => name.startsWith(prefix))),
        profiles: fake.firewall.profiles,
      });
    case 'install':
      return install(args[0] ?? '', fake);
    case 'status':
      return ok({ services: args.map((name) => serviceOf(name, fake)) });
    case 'start':
    case 'stop':
      return change(verb, args[0] ?? '', fake);
    case 'remove':
      if (!fake.services.has(args[0] ?? '')) return failed(1060, 'OpenServiceW');
      fake.services.delete(args[0] ?? '');
      return ok({ name: args[0], state: 'missing', changed: true });
    case 'listen':
      call.channel.write('{"ready":true,"refused":[]}\r\n');
      await read(call, fake);
      return ok({ endedBy: 'input', accepted: [] });
    case 'lock':
      call.channel.write('{"locked":true}\r\n');
      await read(call, fake);
      return { code: 0 };
    case 'undo':
      return undo(args, fake);
    case 'crash':
    case 'freeze':
    case 'kill':
      return hit(verb, args, fake);
    default:
      return failed(160, 'arguments', 'unknown verb');
  }
}

/** Tells the time at once and for each line. */
async function tellClock(call: FakeCall, fake: FakeHelper): Promise<FakeReply> {
  let answers = 0;
  const tell = (): void => {
    call.channel.write(`${JSON.stringify({ answer: answers, timeMs: fake.machine['timeMs'] ?? Date.now() })}\r\n`);
    answers += 1;
  };
  call.channel.on('data', tell);
  tell();
  await read(call, fake);
  return { code: 0 };
}

async function read(call: FakeCall, fake: FakeHelper): Promise<string> {
  const text = await call.input();
  fake.inputs.set(call.args.join(' '), text);
  return text;
}

function hashOf(content: Buffer | null | undefined): object {
  return content === undefined || content === null ? { error: 2 } : { sha256: sha256Of(content), sizeBytes: content.length };
}

function observe(text: string, fake: FakeHelper): FakeReply {
  const items = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t') as [string, string]);
  const of = (key: string): string[] => items.filter(([word]) => word === key).map(([, value]) => value);
  const paths = items
    .filter(([word]) => ['path', 'content', 'log'].includes(word))
    .map(([word, path]) => {
      const content = fake.files.get(path);
      if (content === undefined) return { path, kind: 'missing' };
      const common = { path, kind: content === null ? 'folder' : 'file', sizeBytes: content?.length ?? 0 };
      const modifiedMs = fake.modifiedMs.get(path) ?? 0;
      const sddl = fake.access.get(keyOf(path)) ?? (content === null ? 'O:BAD:P(A;;FA;;;BA)' : 'O:BAD:AI(A;ID;FA;;;WD)');
      if (word === 'log') return { ...common, modifiedMs, sha256: null, sddl: null, content: content?.toString('utf8') };
      return {
        ...common,
        modifiedMs,
        sha256: content === null ? null : sha256Of(content),
        sddl,
        content: word === 'content' ? content?.toString('utf8') : null,
      };
    });
  return ok({
    ...MACHINE,
    timeMs: Date.now(),
    ...fake.machine,
    paths,
    services: of('service').map((name) => serviceOf(name, fake)),
    ports: of('port').map((port) => ({ port: Number(port), bindError: port === '17000' ? 10_013 : 0 })),
    disks: of('disk').map((path) => ({
      path,
      root: 'C:\\',
      fileSystem: 'NTFS',
      freeBytes: Math.min(fake.files.freeBytes, 5e9),
      sizeBytes: 9e9,
      driveType: 'fixed',
    })),
  });
}

function serviceFor(name: string, fake: FakeHelper): FakeService {
  return fake.services.get(name) ?? { state: 'stopped', startType: 'auto', exitCode: 0, definition: '', pid: 0 };
}

function serviceOf(name: string, fake: FakeHelper): object {
  const service = fake.services.get(name);
  return service === undefined ? { name, state: 'missing' } : { name, account: `NT SERVICE\\${name}`, ...service };
}

function install(definition: string, fake: FakeHelper): FakeReply {
  const ini = fake.files.get(definition);
  const name = /^name=(.*)$/mu.exec(ini?.toString('utf8') ?? '')?.[1];
  if (name === undefined) return failed(2, 'ini', definition);
  const created = !fake.services.has(name);
  fake.services.set(name, { ...serviceFor(name, fake), definition });
  return ok({ name, created, changed: created, refused: [] });
}

/** The service of the undo waits from `undo install` on, and is gone after `undo now`. */
function undo([verb, ...words]: readonly string[], fake: FakeHelper): FakeReply {
  const name = (verb === 'install' ? words[1] : words[0]) ?? '';
  if (verb === 'install') {
    fake.services.set(name, { ...serviceFor(name, fake), state: 'running' });
    return ok({ name, dueMs: 1 });
  }
  fake.services.delete(name);
  return ok({ services: [], rules: 0, rulesError: 0, ended: true });
}

/** What is done to processes wants its undo to wait, and is nothing without. */
function hit(verb: 'crash' | 'freeze' | 'kill', [undoName = '', ...names]: readonly string[], fake: FakeHelper): FakeReply {
  if (fake.services.get(undoName)?.state !== 'running') return failed(1060, 'undo', undoName);
  if (verb === 'kill') for (const name of names) fake.services.set(name, { ...serviceFor(name, fake), state: 'paused' });
  return ok({ services: names.map((name) => ({ name, error: 0 })) });
}

function change(verb: 'start' | 'stop', name: string, fake: FakeHelper): FakeReply {
  const service = fake.services.get(name);
  if (service === undefined) return failed(1060, 'OpenServiceW', name);
  const state = verb === 'start' ? 'running' : 'stopped';
  const changed = service.state !== state;
  service.state = state;
  service.pid = verb === 'start' ? 4711 : 0;
  return ok({ name, state, changed });
}
