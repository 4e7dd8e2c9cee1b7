import { foundAt } from '../artifacts/compareFile.ts';
import type { Change } from '../shared/domain/change.ts';
import { ownerOfPrograms } from '../shared/domain/ownerOfPrograms.ts';
import type { FoundPath, ServerFacts } from '../shared/domain/server.ts';

interface Owned {
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}

function rights({ owner, group, mode }: Owned): string {
  return `${owner}:${group} ${mode.toString(8).padStart(4, '0')}`;
}

function foundText(found: FoundPath | null, kind: FoundPath['kind']): string {
  if (found === null) return 'absent';
  return found.kind === kind ? rights(found) : `${found.kind} ${rights(found)}`;
}

/** What the server says of a service, and what it should. */
function serviceText(change: Extract<Change, { kind: 'service' }>, facts: ServerFacts | undefined): string {
  const unit = facts?.units.find((one) => one.unit === change.unit);
  if (unit === undefined || unit.load === 'not-found') return 'absent → enabled, active';
  const isReread = unit.needsReload ? ', read before its file was changed' : '';
  return `${unit.enabled === '' ? 'disabled' : unit.enabled}, ${unit.active} (${unit.sub})${isReread} → enabled, active`;
}

/**
 * One drifted item with what is there and what should be, `ID: found → planned`, and for a file below it the lines that differ: with `-` as it is on the server,
 * with `+` as planned. Of a file that holds a secret only that it differs: its hash would let a weak password be guessed.
 */
export function driftText(change: Change, facts: ServerFacts | undefined): string {
  const found = facts !== undefined && 'path' in change ? foundAt(facts, change.path) : null;
  switch (change.kind) {
    case 'user':
      return `${change.id}: absent → there`;
    case 'folder':
      return `${change.id}: ${foundText(found, 'folder')} → ${rights(change)}`;
    case 'binary': {
      const before = found?.kind === 'file' ? `${rights(found)} sha256 ${found.sha256 ?? '?'}` : foundText(found, 'file');
      return `${change.id}: ${before} → ${rights({ ...ownerOfPrograms(change.path), mode: change.mode })} sha256 ${change.sha256}`;
    }
    case 'file':
      if (change.action === 'create') return `${change.id}: absent → ${rights(change)}`;
      if (change.action === 'permissions') return `${change.id}: ${foundText(found, 'file')} → ${rights(change)}`;
      return `${change.id}: other content (${change.diff === null ? 'not shown' : '- on the server, + as planned'})${change.diff === null ? '' : `\n${change.diff}`}`;
    case 'kernel':
      return `${change.id}: ${change.before ?? '?'} → ${change.after}`;
    case 'service':
      return `${change.id}: ${serviceText(change, facts)}`;
    case 'defender':
      return `${change.id}: ${change.action === 'exclude' ? 'scanned → excluded' : 'excluded → scanned'}`;
    case 'firewall':
    case 'removeFile':
    case 'removeFolder':
    case 'disableService':
    case 'removeUser':
      return change.id;
  }
}
