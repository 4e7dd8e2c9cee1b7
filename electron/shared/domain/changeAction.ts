import type { Change } from './change.ts';

/** What a change does to a server, at a glance. */
export type ChangeAction = 'added' | 'changed' | 'removed';

/** What kind of thing a change touches, in the order in which a reader wants to see them. */
export const CHANGE_KINDS = ['services', 'firewall', 'files', 'programs', 'folders', 'system'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Whether a change adds, changes or removes something. */
export function actionOf(change: Change): ChangeAction {
  switch (change.kind) {
    case 'user':
    case 'binary':
      return 'added';
    case 'folder':
      return change.exists ? 'changed' : 'added';
    case 'file':
      return change.action === 'create' ? 'added' : 'changed';
    case 'removeFile':
    case 'removeFolder':
    case 'removeUser':
    case 'disableService':
      return 'removed';
    case 'kernel':
      return 'changed';
    case 'firewall':
      return change.summary.code.startsWith('change.firewall.withdraw') ? 'removed' : 'added';
    case 'defender':
      return change.action === 'exclude' ? 'added' : 'removed';
    case 'service':
      return change.action === 'restart' ? 'changed' : 'added';
  }
}

/** What kind of thing a change touches. */
export function kindOf(change: Change): ChangeKind {
  switch (change.kind) {
    case 'service':
    case 'disableService':
      return 'services';
    case 'firewall':
      return 'firewall';
    case 'file':
    case 'removeFile':
      return 'files';
    case 'binary':
      return 'programs';
    case 'folder':
    case 'removeFolder':
      return 'folders';
    case 'user':
    case 'removeUser':
    case 'kernel':
    case 'defender':
      return 'system';
  }
}

/** Changes by their kind, in the order of {@link CHANGE_KINDS}; kinds without any are left out. */
export function byKind(changes: readonly Change[]): readonly { readonly kind: ChangeKind; readonly changes: readonly Change[] }[] {
  return CHANGE_KINDS.map((kind) => ({ kind, changes: changes.filter((change) => kindOf(change) === kind) })).filter(
    (group) => group.changes.length > 0,
  );
}

/** How many changes do what. */
export function countActions(changes: readonly Change[]): Readonly<Record<ChangeAction, number>> {
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const change of changes) counts[actionOf(change)] += 1;
  return counts;
}
