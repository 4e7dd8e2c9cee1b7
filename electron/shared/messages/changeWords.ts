import type { Change } from '../domain/change.ts';
import { formatBytes, formatMode } from '../domain/reportFormat.ts';
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

function wordsOf(change: Change): Words {
  switch (change.kind) {
    case 'user':
      return { title: text('report.change.user', { user: change.user }), detail: '', ...byCommand(`userdel ${change.user}`) };
    case 'folder':
      return {
        title: text(change.exists ? 'report.change.folderAdjust' : 'report.change.folder', { path: change.path }),
        detail: text('report.change.folder.detail', { owner: change.owner, group: change.group, mode: formatMode(change.mode) }),
        ...(change.exists ? byWords(text('report.undo.folderAdjust')) : byCommand(`rmdir ${quote(change.path)}`)),
      };
    case 'binary':
      return {
        title: text('report.change.binary', { path: change.path }),
        detail: text('report.change.binary.detail', {
          size: formatBytes(change.sizeBytes),
          mode: formatMode(change.mode),
          sha256: change.sha256,
        }),
        ...byCommand(`rm ${quote(change.path)}`),
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
        title: text('report.change.disableService', { unit: change.unit }),
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
        title: text('report.change.firewall', { tool: change.tool }),
        detail: say(change.summary),
        ...byCommand(...change.undo),
        commands: change.commands,
      };
    case 'service':
      return { title: text(`report.change.service.${change.action}`, { unit: change.unit }), detail: '', ...serviceUndo(change) };
  }
}

function fileWords(change: Extract<Change, { kind: 'file' }>): Words {
  const detail = text('report.change.file.detail', {
    purpose: say(change.purpose),
    owner: change.owner,
    group: change.group,
    mode: formatMode(change.mode),
  });
  switch (change.action) {
    case 'create':
      return { title: text('report.change.fileCreate', { path: change.path }), detail, ...byCommand(`rm ${quote(change.path)}`) };
    case 'replace':
      return {
        title: text('report.change.fileReplace', { path: change.path }),
        detail,
        ...byCommand(`mv ${quote(`${change.path}${KEPT_SUFFIX}`)} ${quote(change.path)}`),
      };
    case 'permissions':
      return {
        title: text('report.change.filePermissions', { path: change.path }),
        detail,
        ...byWords(text('report.undo.filePermissions')),
      };
  }
}

function serviceUndo(change: Extract<Change, { kind: 'service' }>): Undo {
  switch (change.action) {
    case 'enable':
      return byCommand(`systemctl disable ${change.unit}`);
    case 'start':
      return byCommand(`systemctl stop ${change.unit}`);
    case 'enableAndStart':
      return byCommand(`systemctl disable --now ${change.unit}`);
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

/** Quotes a word for a POSIX shell where it needs it; people copy these lines. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
