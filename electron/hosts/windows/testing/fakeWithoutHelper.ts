import { keyOf } from './fakeFiles.ts';
import { sha256Of } from './fakeAnswers.ts';
import type { FakeHelper } from './fakeHelperState.ts';
import { startFakeHost, type FakeHostSet } from './fakeHost.ts';
import { scriptAnswer, scriptOf, type FakeScript } from './fakeScripts.ts';
import type { FakeCall, FakeReply, FakeWindowsOptions } from './fakeWindows.ts';
import { createFakeFiles } from './fakeFiles.ts';

/** A service as sc.exe of the fake knows it. */
export interface ScService {
  /** As winsvc.h counts: 1 stopped, 4 running. */
  state: number;
  exitCode: number;
  settings: Record<string, string>;
  /** How often it can still be looked at once it is deleted, because somebody has it open. */
  looksLeft?: number;
  isMarked?: boolean;
}

/** What a fake server without the helper was told, and what it is to say. */
export interface FakeWithoutHelper extends FakeHostSet {
  readonly services: Map<string, ScService>;
  /** Errors of sc.exe, by `VERB NAME`. */
  readonly refusals: Map<string, number>;
  readonly scripts: readonly FakeScript[];
  /** Answers of scripts in place of the model. */
  readonly answers: Map<string, FakeReply>;
}

/** The word of German, Russian and Chinese Windows for "failed", as bytes of their consoles. */
const FAILED_WORDS = { english: 'FAILED', german: 'FEHLER', russian: '\x8E\x98\x88\x81\x8A\x80', chinese: '\xCA\xA7\xB0\xDC' } as const;
export type FakeLanguage = keyof typeof FAILED_WORDS;

/** Plays a script in place of the model; null leaves it to that. */
type OnScript = (script: FakeScript, call: FakeCall) => FakeReply | null;

/** A server whose policy lets the helper not run, with a service manager and PowerShell that do what they are told. */
export async function startFakeWithoutHelper(
  options: FakeWindowsOptions & { readonly language?: FakeLanguage; readonly languageMode?: string; readonly onScript?: OnScript } = {},
): Promise<FakeWithoutHelper> {
  const services = new Map<string, ScService>();
  const refusals = new Map<string, number>();
  const scripts: FakeScript[] = [];
  const answers = new Map<string, FakeReply>();
  const files = createFakeFiles();
  let helper: FakeHelper | null = null;
  const set = await startFakeHost({
    ...options,
    files,
    onCall: (call) => {
      if (call.program === 'sc.exe') return scReply(call.args, services, refusals, FAILED_WORDS[options.language ?? 'english']);
      if (call.program.startsWith('triad-service')) return { code: 1260, stderr: 'This program is blocked by group policy.' };
      const script = scriptOf(call, files);
      if (script === null || helper === null) return null;
      scripts.push(script);
      return (
        options.onScript?.(script, call) ?? answers.get(script.name) ?? playScript(script, helper, options.languageMode ?? 'FullLanguage')
      );
    },
  });
  helper = set.helper;
  return { ...set, services, refusals, scripts, answers };
}

function scReply(
  [verb = '', name = '', ...words]: readonly string[],
  services: Map<string, ScService>,
  refusals: ReadonlyMap<string, number>,
  failed: string,
): FakeReply {
  const fail = (code: number): FakeReply => ({
    code,
    stdout: Buffer.from(`[SC] OpenService ${failed} ${code}:\r\n\r\n\x94.\r\n\r\n`, 'latin1'),
  });
  const refused = refusals.get(`${verb} ${name}`);
  if (refused !== undefined) return fail(refused);
  const service = services.get(name);
  if (verb === 'create') {
    services.set(name, { state: 1, exitCode: 1077, settings: pairsOf(words) });
    return { code: 0, stdout: '[SC] CreateService SUCCESS\r\n' };
  }
  if (service?.isMarked === true && (service.looksLeft ?? 0) === 0) services.delete(name);
  if (service === undefined || !services.has(name)) return fail(1060);
  if (service.isMarked === true) service.looksLeft = (service.looksLeft ?? 0) - 1;
  switch (verb) {
    case 'queryex':
      return {
        code: 0,
        stdout: [
          `SERVICE_NAME: ${name} `,
          '        TYP                : 10  WIN32_OWN_PROCESS  ',
          `        STATUS             : ${service.state}  X `,
          '                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_PRESHUTDOWN)',
          `        WIN32_EXIT_CODE    : ${service.exitCode}  (0x0)`,
          '        SERVICE_EXIT_CODE  : 0  (0x0)',
          '        CHECKPOINT         : 0x0',
          '        WARTEHINWEIS       : 0x0',
          `        PID                : ${service.state === 4 ? 4711 : 0}`,
          '        FLAGS              : ',
        ].join('\r\n'),
      };
    case 'start':
      if (service.state === 4) return fail(1056);
      service.state = service.exitCode === 1077 || service.exitCode === 0 ? 4 : 1;
      return { code: 0 };
    case 'stop':
      if (service.state === 1) return fail(1062);
      service.state = 1;
      service.exitCode = 0;
      return { code: 0 };
    case 'delete':
      service.isMarked = true;
      return { code: 0 };
    default:
      Object.assign(service.settings, verb === 'config' ? pairsOf(words) : { [verb]: words.join(' ') });
      return { code: 0 };
  }
}

/** sc.exe wants `key=` and the value as two words. */
function pairsOf(words: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at + 1 < words.length; at += 2) found[words[at] ?? ''] = words[at + 1] ?? '';
  return found;
}

interface ListRequest {
  readonly paths: readonly {
    readonly path: string;
    readonly grants: readonly string[];
    readonly makes: boolean;
    readonly claims?: string;
  }[];
}
interface PlaceRequest {
  readonly files: readonly { readonly staged: string; readonly path: string; readonly sha256: string; readonly keeps: boolean }[];
}
const RIGHTS: Readonly<Record<string, string>> = { F: 'FA', M: '0x1301bf', RX: '0x1200a9', R: 'FR' };

/** As Get-Acl prints it: with words of SDDL where there are some. */
function sddlOf(grants: readonly string[]): string {
  const entries = grants.map((grant) => {
    const [, sid = '', below, right = ''] = /^\*(S-[0-9-]+):(\(OI\)\(CI\))?(\w+)$/u.exec(grant) ?? [];
    const account = { 'S-1-5-18': 'SY', 'S-1-5-32-544': 'BA', 'S-1-5-32-545': 'BU' }[sid] ?? sid;
    return `(A;${below === undefined ? '' : 'OICI'};${RIGHTS[right] ?? ''};;;${account})`;
  });
  return `O:BAG:S-1-5-21-1-2-3-513D:PAI${entries.join('')}`;
}

const isOfAdministrators = (key: string, { access }: FakeHelper): boolean => /^O:(?:BA|SY|LA)/u.test(access.get(key) ?? 'O:SY');

function namesIn(folder: string, { files }: FakeHelper): readonly string[] {
  return [...files.entries.keys()]
    .filter((key) => key.startsWith(`${folder}/`) && !key.slice(folder.length + 1).includes('/'))
    .map((key) => key.slice(folder.length + 1));
}

/** What is in a folder that is claimed besides the file it is claimed for. */
function othersIn(folder: string, claims: string, helper: FakeHelper): readonly string[] {
  return namesIn(folder, helper).filter((name) => name !== claims || helper.files.get(`${folder}/${name}`) === null);
}

function setList({ path, grants, makes, claims }: ListRequest['paths'][number], helper: FakeHelper): unknown {
  const { files, access } = helper;
  const key = keyOf(path);
  const made = files.get(path) === undefined;
  if (made && !makes) return { path, error: 2, made: false };
  if (made) files.entries.set(key, null);
  const isForeign = !isOfAdministrators(key, helper);
  if (claims !== undefined && othersIn(key, claims, helper).length > 0) return { path, error: 1307, made };
  access.set(key, sddlOf(grants));
  const file = `${key}/${claims}`;
  // One that is held open stays: it is told of when it cannot be locked.
  if (claims !== undefined && !files.locked.has(file) && (isForeign || !isOfAdministrators(file, helper))) files.entries.delete(file);
  const isEmpty = claims === undefined ? namesIn(key, helper).length === 0 : othersIn(key, claims, helper).length === 0;
  return { path, error: 0, made, sddl: sddlOf(grants), ...(made || claims !== undefined ? { isEmpty } : {}) };
}

function playScript({ name, request }: FakeScript, helper: FakeHelper, languageMode: string): FakeReply | null {
  const { files, access } = helper;
  if (name === 'setLists') return scriptAnswer({ languageMode, paths: (request as ListRequest).paths.map((one) => setList(one, helper)) });
  if (name === 'placeFiles') {
    const { files: wanted } = request as PlaceRequest;
    const errors = wanted.map(({ staged, sha256 }) => {
      const bytes = files.get(staged);
      return bytes === undefined || bytes === null ? 2 : sha256Of(bytes) === sha256 ? 0 : 23;
    });
    const isWrong = errors.some((error) => error !== 0);
    return scriptAnswer({
      files: wanted.map(({ staged, path, keeps }, index) => {
        if (isWrong) return { path, error: errors[index], placed: false, left: false };
        // As long as the script waits for it. A program that runs can be renamed.
        if (files.locked.has(keyOf(path)) && !path.endsWith('.exe')) return { path, error: 32, placed: false, left: false };
        const before = files.get(path);
        if (keeps && before !== undefined && before !== null) files.put(`${path}.triad-before`, before);
        files.put(path, files.get(staged) ?? '');
        access.set(keyOf(path), access.get(keyOf(staged)) ?? '');
        files.entries.delete(keyOf(staged));
        return { path, error: 0, placed: true, left: false };
      }),
    });
  }
  if (name === 'removeTree') {
    const { path } = request as { readonly path: string };
    const inside = [...files.entries.keys()].filter((key) => key === keyOf(path) || key.startsWith(`${keyOf(path)}/`));
    for (const key of inside) files.entries.delete(key);
    return scriptAnswer({ path, removed: inside.length, links: 0 });
  }
  if (name === 'facts') {
    const { paths } = request as { readonly paths: readonly { readonly path: string; readonly as: string }[] };
    return scriptAnswer({ ...MACHINE, paths: paths.map(({ path, as }) => seenPath(path, as, helper)) });
  }
  return null;
}

function seenPath(path: string, as: string, { files, access }: FakeHelper): unknown {
  const found = files.get(path);
  if (found === undefined) return { path, kind: 'missing' };
  const sddl = access.get(keyOf(path)) ?? 'O:SYG:SYD:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
  if (found === null) return { path, kind: 'folder', sddl };
  const content = as === 'path' ? {} : { content: found.toString('utf8') };
  return {
    path,
    kind: 'file',
    sddl,
    sizeBytes: found.length,
    modifiedMs: 1_700_000_000_000,
    sha256: sha256Of(found).toUpperCase(),
    ...content,
  };
}

const MACHINE = {
  build: 20_348,
  version: '10.0.20348',
  productType: 3,
  name: 'Microsoft Windows Server 2022 Standard',
  edition: 'ServerStandard',
  installation: 'Server',
  architecture: 'AMD64',
  hostName: 'WIN-1',
  bootTime: 1,
  cpuCount: 2,
  memoryBytes: 8e9,
  memoryAvailableBytes: 6e9,
  commitLimitBytes: 10e9,
  commitAvailableBytes: 7e9,
  pageFileBytes: 2e9,
  isElevated: true,
  user: 'WIN-1\\admin',
  timeMs: 1_700_000_100_000,
  addresses: null,
  listening: null,
  excluded: null,
  services: null,
  disks: null,
  rules: null,
  profiles: null,
};
