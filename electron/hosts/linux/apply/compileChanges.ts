import { createHash } from 'node:crypto';
import type { Change } from '../../../shared/domain/change.ts';
import type { ChangePayload } from '../../host.ts';
import type { HostScript } from '../hostShell.ts';
import { quote, quoteAll } from '../quote.ts';
import { APPLY_FUNCTIONS, BEFORE_SUFFIX, NEW_SUFFIX } from './applyFunctions.ts';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;
/** A change with its number in the batch. */
interface Numbered<One extends Change = Change> {
  readonly number: number;
  readonly change: One;
}

/** Whether a path is absolute and without detours: nothing else is ever written or removed. */
function requireCleanPath(path: string): string {
  if (
    !/^\/[^\0\n]+$/u.test(path) ||
    path
      .split('/')
      .slice(1)
      .some((part) => part === '' || part === '.' || part === '..')
  )
    throw new Error(`not a clean absolute path: ${path}`);
  return path;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function doneLines(numbered: readonly Numbered[]): string[] {
  return numbered.map(({ number }) => `outcome ${number} done`);
}

/** Maps each key to the values that have it, in the order of first appearance. */
function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
}

interface FileToWrite {
  readonly path: string;
  readonly owner: string;
  readonly mode: number;
  readonly sha256: string;
  readonly isGzip: boolean;
  readonly keepsBefore: boolean;
  readonly bytes: Uint8Array;
}

function fileToWrite(change: ChangeOf<'file'> | ChangeOf<'binary'>, payload: ChangePayload): FileToWrite {
  const path = requireCleanPath(change.path);
  const sent = payload.get(change.id);
  if (change.kind === 'binary') {
    if (sent === undefined) throw new Error(`no bytes for ${change.id}`);
    const { mode, sha256 } = change;
    return { path, owner: 'root:root', mode, sha256, isGzip: true, keepsBefore: false, bytes: sent };
  }
  if (sent === undefined && change.holdsSecret) throw new Error(`no bytes for ${change.id}`);
  const bytes = sent ?? Buffer.from(change.content, 'utf8');
  return {
    path,
    owner: `${change.owner}:${change.group}`,
    mode: change.mode,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    isGzip: false,
    // A copy of a secret would outlive the secret.
    keepsBefore: change.action === 'replace' && !change.holdsSecret,
    bytes,
  };
}

/** Writes files in a row: all are received and verified before the first takes its place. */
function writeFiles(files: readonly FileToWrite[]): string[] {
  const beside = (group: readonly FileToWrite[]): string => quoteAll(group.map(({ path }) => path + NEW_SUFFIX));
  const folders = [...new Set(files.map(({ path }) => path.replace(/\/[^/]*$/u, '') || '/'))];
  return [
    ...files.map(({ path, bytes, isGzip }) => `${isGzip ? 'receive_gzip' : 'receive'} ${bytes.length} ${quote(path)}`),
    `verify <<'END'\n${files.map(({ path, sha256 }) => `${sha256}  ${path}${NEW_SUFFIX}`).join('\n')}\nEND`,
    ...[...grouped(files, ({ owner }) => owner)].map(([owner, group]) => `chown -- ${quote(owner)} ${beside(group)} || exit`),
    ...[...grouped(files, ({ mode }) => octal(mode))].map(([mode, group]) => `chmod -- ${mode} ${beside(group)} || exit`),
    `flush ${beside(files)}`,
    ...files.filter(({ keepsBefore }) => keepsBefore).map(({ path }) => `keep_before ${quote(path)}`),
    ...files.map(({ path }) => `mv -fT -- ${quote(path + NEW_SUFFIX)} ${quote(path)} || exit`),
    `flush ${quoteAll(folders)}`,
    `relabel ${quoteAll(files.map(({ path }) => path))}`,
  ];
}

function makeFolders(folders: readonly ChangeOf<'folder'>[]): string[] {
  const paths = (group: readonly ChangeOf<'folder'>[]): string => quoteAll(group.map(({ path }) => requireCleanPath(path)));
  const attributes = ({ owner, group, mode }: ChangeOf<'folder'>): string => `-o ${quote(owner)} -g ${quote(group)} -m ${octal(mode)}`;
  return [
    // One call for neighbours that are alike; the order stays.
    ...runsOf(folders, attributes).map(({ key, values }) => `install -d ${key} -- ${paths(values)} || exit`),
    `relabel ${paths(folders)}`,
  ];
}

/** Neighbours with the same key, together. */
function runsOf<Value>(values: readonly Value[], keyOf: (value: Value) => string): { readonly key: string; readonly values: Value[] }[] {
  const runs: { readonly key: string; readonly values: Value[] }[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.key === keyOf(value)) last.values.push(value);
    else runs.push({ key: keyOf(value), values: [value] });
  }
  return runs;
}

/** Enables first, has systemd read its files if it must, then starts: neighbours in one call, so that they start side by side. */
function runServices(services: readonly ChangeOf<'service'>[]): string[] {
  const enabled = services.filter(({ action }) => action === 'enable' || action === 'enableAndStart').map(({ unit }) => unit);
  const toRun = services.filter(({ action }) => action !== 'enable');
  const others = services.map(({ unit }) => unit).filter((unit) => !enabled.includes(unit));
  return [
    ...(enabled.length === 0 ? [] : [`systemctl --no-reload --quiet enable -- ${quoteAll(enabled)} >&2 || exit`]),
    `if must_read ${enabled.length} ${quoteAll([...enabled, ...others])}; then systemctl daemon-reload >&2 || exit; fi`,
    ...runsOf(toRun, ({ action }) => (action === 'restart' ? 'restart' : 'start')).map(
      ({ key, values }) => `work ${key} ${quoteAll(values.map(({ unit }) => unit))}`,
    ),
  ];
}

const UNIT_FOLDER = /^\/(?:etc|run|usr\/lib|lib)\/systemd\/system\//u;

/** Changes of these kinds are done together when they stand side by side. */
function batchKind(change: Change): string {
  switch (change.kind) {
    case 'binary':
      return 'write';
    case 'file':
      return change.action === 'permissions' ? 'permissions' : 'write';
    case 'user':
    case 'folder':
    case 'removeFile':
    case 'removeFolder':
    case 'removeUser':
    case 'disableService':
    case 'kernel':
    case 'firewall':
    case 'defender':
    case 'service':
      return change.kind;
  }
}

/** A batch of changes as one script, with the bytes it reads. Throws for what could only be a mistake of the program. */
export function compileChanges(changes: readonly Change[], payload: ChangePayload): HostScript {
  const input: Uint8Array[] = [];
  const newFiles: string[] = [];
  const removed = new Set(changes.flatMap((change) => (change.kind === 'removeFile' ? [change.path] : [])));
  const write = (batch: readonly Numbered[]): string[] => {
    const files = batch.flatMap(({ change }) => (change.kind === 'file' || change.kind === 'binary' ? [fileToWrite(change, payload)] : []));
    input.push(...files.map(({ bytes }) => bytes));
    newFiles.push(...files.map(({ path }) => path + NEW_SUFFIX));
    return writeFiles(files);
  };
  const single = ({ number, change }: Numbered): string[] => {
    switch (change.kind) {
      case 'user':
        return [`make_user ${quote(change.user)}`, `outcome ${number} done`];
      case 'file':
        return [
          `chown -- ${quote(`${change.owner}:${change.group}`)} ${quote(requireCleanPath(change.path))} || exit`,
          `chmod -- ${octal(change.mode)} ${quote(change.path)} || exit`,
          `outcome ${number} done`,
        ];
      case 'removeFile': {
        const path = requireCleanPath(change.path);
        // What Triad replaced comes back, unless the kept copy is to go too.
        const restores = !removed.has(path + BEFORE_SUFFIX);
        return [
          `rm -f -- ${quoteAll([path, path + NEW_SUFFIX])} || exit`,
          ...(restores ? [`restore_before ${quote(path)}`] : []),
          `outcome ${number} done`,
        ];
      }
      case 'removeFolder':
        if (change.withContents && requireCleanPath(change.path).split('/').length < 3) throw new Error(`too high: ${change.path}`);
        return [
          change.withContents ? `remove_tree ${quote(change.path)}` : `rmdir -- ${quote(requireCleanPath(change.path))} 2>/dev/null`,
          `outcome ${number} done`,
        ];
      case 'removeUser':
        return [`remove_user ${quote(change.user)}`, `outcome ${number} done`];
      case 'kernel':
        return [`set_kernel ${number} ${quote(requireCleanPath(change.path))} ${quote(change.after)}`];
      case 'firewall':
        return [...change.commands.map((command) => `firewall ${quote(command)}`), `outcome ${number} done`];
      case 'defender':
        throw new Error('Linux has no Microsoft Defender that Triad would tell anything');
      case 'binary':
      case 'folder':
      case 'service':
      case 'disableService':
        throw new Error(`${change.kind} is done in a batch`);
    }
  };

  const numbered = changes.map((change, number): Numbered => ({ number, change }));
  const body = runsOf(numbered, ({ change }) => batchKind(change)).flatMap(({ key, values }): string[] => {
    const all = values.map(({ change }) => change);
    switch (key) {
      case 'write':
        return [...write(values), ...doneLines(values)];
      case 'folder':
        return [...makeFolders(all.filter((change) => change.kind === 'folder')), ...doneLines(values)];
      case 'service':
        return [...runServices(all.filter((change) => change.kind === 'service')), ...doneLines(values)];
      case 'disableService':
        return [
          `disable_units ${quoteAll(all.flatMap((change) => (change.kind === 'disableService' ? [change.unit] : [])))}`,
          ...doneLines(values),
        ];
      default:
        return values.flatMap(single);
    }
  });
  const removesUnits = changes.some((change) => change.kind === 'removeFile' && UNIT_FOLDER.test(change.path));
  const clean = newFiles.length === 0 ? ':' : `rm -f -- ${quoteAll(newFiles)}`;
  const script = [
    APPLY_FUNCTIONS,
    `clean() { ${clean}; }`,
    'alone',
    // Also what a run that was cut has left.
    'clean',
    'trap clean EXIT',
    // A stop comes twice, to the group and from `timeout`: the second must not end the cleaning, nor the rm that does it.
    `trap "trap '' TERM HUP INT PIPE; exit 143" TERM HUP INT PIPE`,
    ...body,
    ...(removesUnits ? ['systemctl daemon-reload >&2'] : []),
    'exit 0',
  ].join('\n');
  return { name: 'apply', script, input };
}
