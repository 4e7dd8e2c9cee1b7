import type { Change } from '../domain/change.ts';
import { excludeCommand, includeCommand } from '../domain/defender.ts';
import { ownerOfPrograms } from '../domain/ownerOfPrograms.ts';
import { formatBytes, formatMode } from '../domain/reportFormat.ts';
import { isWindowsPath } from '../domain/serverPath.ts';
import { accessWords } from './accessWords.ts';
import { message, say, type MessageCode } from './message.ts';

/** What a replaced file is kept as, beside its successor (`Host.apply`). */
const KEPT_SUFFIX = '.triad-before';

/** A change in words of the current language. */
export interface ChangeWords {
  /** A sentence without a full stop: `Create the folder /opt/triad`. */
  readonly title: string;
  /** Owner, mode, size and the like; empty when there is nothing more to say. */
  readonly detail: string;
  /** Commands that take it back, or a sentence about that: see `isUndoCommand`. */
  readonly undo: readonly string[];
  readonly isUndoCommand: boolean;
  /** Commands that make the change, where they are what a reader wants to see. */
  readonly commands: readonly string[];
}

type Undo = Pick<ChangeWords, 'undo' | 'isUndoCommand'>;
type Words = Omit<ChangeWords, 'commands'> & Partial<Pick<ChangeWords, 'commands'>>;

function text<Code extends MessageCode>(...parts: Parameters<typeof message<Code>>): string {
  return say(message<Code>(...parts));
}

/** A change in words, with what takes it back: the same in the report and in the window. */
export function changeWords(change: Change): ChangeWords {
  return { commands: [], ...wordsOf(change) };
}

/** Whether a change is made on a Windows server: its path, tool or service says so. */
export function isOnWindows(change: Change): boolean {
  switch (change.kind) {
    case 'folder':
    case 'binary':
    case 'file':
    case 'removeFile':
    case 'removeFolder':
      return isWindowsPath(change.path);
    case 'firewall':
      return change.tool === 'windows';
    case 'service':
    case 'disableService':
      return isWindowsService(change.unit);
    case 'defender':
      return true;
    case 'user':
    case 'removeUser':
    case 'kernel':
      return false;
  }
}

function wordsOf(change: Change): Words {
  switch (change.kind) {
    case 'user':
      return { title: text('report.change.user', { user: change.user }), detail: '', ...byCommand(`userdel ${change.user}`) };
    case 'folder':
      return {
        title: text(change.exists ? codesOf(change.path).folderAdjust : 'report.change.folder', { path: change.path }),
        detail: accessWords(change),
        ...(change.exists ? byWords(text(codesOf(change.path).folderAdjusted)) : byCommand(`rmdir ${quote(change.path)}`)),
      };
    case 'binary':
      return {
        title: text('report.change.binary', { path: change.path }),
        detail: programDetail(change),
        ...byCommand(remove(change.path)),
      };
    case 'file':
      return fileWords(change);
    case 'removeFile':
      return { title: text('report.change.removeFile', { path: change.path }), detail: '', ...byWords(text('report.undo.installAgain')) };
    case 'removeFolder':
      return {
        title: text(change.withContents ? 'report.change.removeFolderWithContents' : 'report.change.removeFolder', { path: change.path }),
        detail: '',
        ...byWords(text(change.withContents ? 'report.undo.none' : 'report.undo.installAgain')),
      };
    case 'disableService':
      return {
        title: text(isOnWindows(change) ? 'report.change.windows.removeService' : 'report.change.disableService', { unit: change.unit }),
        detail: '',
        ...byWords(text('report.undo.installAgain')),
      };
    case 'removeUser':
      return { title: text('report.change.removeUser', { user: change.user }), detail: '', ...byWords(text('report.undo.installAgain')) };
    case 'kernel':
      return {
        title: text('report.change.kernel', { setting: change.setting, after: change.after }),
        detail: text('report.change.kernel.detail', {
          before: change.before ?? text('report.change.kernel.notKnown'),
          path: change.path,
        }),
        ...(change.before === null
          ? byWords(text('report.undo.kernelUnknown'))
          : byCommand(`echo ${quote(change.before)} > ${quote(change.path)}`)),
      };
    case 'firewall':
      return {
        title: isOnWindows(change) ? text('report.change.windows.firewall') : text('report.change.firewall', { tool: change.tool }),
        detail: say(change.summary),
        ...byCommand(...change.undo),
        commands: change.commands,
      };
    case 'defender': {
      const [exclude, include] = [excludeCommand([change.path]), includeCommand([change.path])];
      return change.action === 'exclude'
        ? {
            title: text('report.change.windows.exclude', { path: change.path }),
            detail: text('report.change.windows.exclude.detail'),
            ...byCommand(include),
            commands: [exclude],
          }
        : { title: text('report.change.windows.include', { path: change.path }), detail: '', ...byCommand(exclude), commands: [include] };
    }
    case 'service':
      return {
        title: isOnWindows(change)
          ? text(`report.change.windows.service.${change.action}`, { unit: change.unit })
          : text(`report.change.service.${change.action}`, { unit: change.unit }),
        detail: serviceDetail(change),
        ...serviceUndo(change),
      };
  }
}

function serviceDetail({ definition }: Extract<Change, { kind: 'service' }>): string {
  if (definition === undefined) return '';
  const { path, registration } = definition;
  return registration === undefined
    ? text('report.change.windows.definition', { path })
    : text('report.change.windows.ownService', { imagePath: registration.imagePath });
}

function programDetail(change: Extract<Change, { kind: 'binary' }>): string {
  const { path, sha256, mode } = change;
  const size = formatBytes(change.sizeBytes);
  if (!isWindowsPath(path)) return text('report.change.binary.detail', { size, mode: formatMode(mode), sha256 });
  const detail = text('report.change.binary.onWindows.detail', {
    size,
    access: accessWords({ ...change, ...ownerOfPrograms(path) }),
    sha256,
  });
  return change.trial === undefined ? detail : text('report.change.binary.onWindows.tried', { detail });
}

function fileWords(change: Extract<Change, { kind: 'file' }>): Words {
  const detail = text('report.change.file.detail', {
    purpose: say(change.purpose),
    access: accessWords(change),
  });
  switch (change.action) {
    case 'create':
      return { title: text('report.change.fileCreate', { path: change.path }), detail, ...byCommand(remove(change.path)) };
    case 'replace':
      return {
        title: text('report.change.fileReplace', { path: change.path }),
        detail,
        ...byCommand(`${isWindowsPath(change.path) ? 'move /y' : 'mv'} ${quote(`${change.path}${KEPT_SUFFIX}`)} ${quote(change.path)}`),
      };
    case 'permissions':
      return {
        title: text(codesOf(change.path).filePermissions, { path: change.path }),
        detail,
        ...byWords(text(codesOf(change.path).fileAdjusted)),
      };
  }
}

/** Units of systemd have an ending; services of Windows have none. */
function isWindowsService(unit: string): boolean {
  return !/\.[a-z]+$/u.test(unit);
}

function serviceUndo({ action, unit }: Extract<Change, { kind: 'service' }>): Undo {
  const isOfWindows = isWindowsService(unit);
  const [stop, unregister] = [`sc.exe stop ${unit}`, `sc.exe delete ${unit}`];
  switch (action) {
    case 'enable':
      return byCommand(isOfWindows ? unregister : `systemctl disable ${unit}`);
    case 'start':
      return byCommand(isOfWindows ? stop : `systemctl stop ${unit}`);
    case 'enableAndStart':
      return isOfWindows ? byCommand(stop, unregister) : byCommand(`systemctl disable --now ${unit}`);
    case 'restart':
      return byWords(text('report.undo.restart'));
  }
}

function byCommand(...undo: string[]): Undo {
  return { undo, isUndoCommand: true };
}

function byWords(words: string): Undo {
  return { undo: [words], isUndoCommand: false };
}

/** What is said of owner and mode on Linux, and of access lists on Windows. */
function codesOf(path: string): {
  readonly folderAdjust: 'report.change.folderAdjust' | 'report.change.folderAccess';
  readonly folderAdjusted: 'report.undo.folderAdjust' | 'report.undo.folderAccess';
  readonly filePermissions: 'report.change.filePermissions' | 'report.change.fileAccess';
  readonly fileAdjusted: 'report.undo.filePermissions' | 'report.undo.fileAccess';
} {
  return isWindowsPath(path)
    ? {
        folderAdjust: 'report.change.folderAccess',
        folderAdjusted: 'report.undo.folderAccess',
        filePermissions: 'report.change.fileAccess',
        fileAdjusted: 'report.undo.fileAccess',
      }
    : {
        folderAdjust: 'report.change.folderAdjust',
        folderAdjusted: 'report.undo.folderAdjust',
        filePermissions: 'report.change.filePermissions',
        fileAdjusted: 'report.undo.filePermissions',
      };
}

function remove(path: string): string {
  return `${isWindowsPath(path) ? 'del' : 'rm'} ${quote(path)}`;
}

/** Quotes a word for a POSIX shell, or a path of Windows for cmd, where it needs it; people copy these lines. */
function quote(word: string): string {
  if (isWindowsPath(word)) return /[\s&^()%!;,=]/u.test(word) ? `"${word}"` : word;
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
