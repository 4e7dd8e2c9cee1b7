import type { Change } from '../shared/domain/change.ts';
import { isBelow } from '../shared/domain/serverPath.ts';

/** The phases that change servers, in their order. */
export const CHANGE_PHASES = ['openFirewall', 'stageBinaries', 'layOutServer', 'startNodes', 'stageClient'] as const;
export type ChangePhase = (typeof CHANGE_PHASES)[number];

/** No service needs it: it is brought while Redis holds back its first ok for 2 s. */
const CLIENT_PROGRAM = /-cli(?:\.exe)?$/u;
const FIREWALL_KEEPER = /\/(?:firewall-[^/]+\.sh|triad-[^/]+-firewall\.service)$/u;
const BEFORE_RECORD = /[/\\]before\.json$/u;

/** The first phase that does anything: the record of what was there before is also the mark by which a removal knows an install that broke off. */
function phaseOfRecord(changes: readonly Change[]): ChangePhase {
  return changes.some(({ kind }) => kind === 'firewall') ? 'openFirewall' : 'stageBinaries';
}

/** The phase of one change; folders go with the earliest thing below them, so each phase finds its place made. */
function phaseOf(change: Change, changes: readonly Change[]): ChangePhase {
  switch (change.kind) {
    case 'firewall':
      return 'openFirewall';
    case 'binary':
      return CLIENT_PROGRAM.test(change.path) ? 'stageClient' : 'stageBinaries';
    case 'file':
      if (FIREWALL_KEEPER.test(change.path)) return 'openFirewall';
      return BEFORE_RECORD.test(change.path) ? phaseOfRecord(changes) : 'layOutServer';
    case 'folder': {
      const inside = changes.filter((other) => (other.kind === 'file' || other.kind === 'binary') && isBelow(other.path, change.path));
      const phases = inside.map((other) => phaseOf(other, changes));
      return CHANGE_PHASES.find((phase) => phases.includes(phase)) ?? 'layOutServer';
    }
    case 'defender':
      // Excluded once its programs are there and were scanned, before they run; taken back with the record that names it.
      return change.action === 'exclude' ? 'layOutServer' : phaseOfRecord(changes);
    case 'service':
      return 'startNodes';
    case 'user':
    case 'kernel':
    case 'removeFile':
    case 'removeFolder':
    case 'removeUser':
    case 'disableService':
      return 'layOutServer';
  }
}

/** Those of planned changes that one phase applies, in their order. Every change belongs to exactly one phase. */
export function changesOfPhase(changes: readonly Change[], phase: ChangePhase): readonly Change[] {
  return changes.filter((change) => phaseOf(change, changes) === phase);
}
