import type { FailureCode } from '../../../electron/shared/domain/failure.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';

/** How the cluster stands after a failover test, as far as the test itself knows. `serverDown` and `serverOff`, without power, name the server. */
export type ClusterStanding =
  | { readonly kind: 'untouched' | 'asPlanned' | 'returned' | 'rolesDiffer' | 'interrupted' | 'unknown' }
  | { readonly kind: 'serverDown' | 'serverOff'; readonly server: string };

/** Failures of a test that could not bring its victim back. */
const IS_DOWN: Partial<Record<FailureCode, 'serverDown' | 'serverOff'>> = {
  'failover.notHealed': 'serverDown',
  'failover.powerOnFailed': 'serverOff',
  'failover.notBack': 'serverOff',
};

/**
 * What is true of the cluster when a test has ended, whatever ended it. `wasInjected`: a server was lost in it. Null where the failure of the
 * run says it better: a check of the whole cluster at the end.
 */
export function clusterAfter(record: RunRecord, wasInjected: boolean): ClusterStanding | null {
  const { failure, notes, trials } = record;
  const down = failure === null ? undefined : IS_DOWN[failure.code];
  if (down !== undefined) return failure?.subject.kind === 'server' ? { kind: down, server: failure.subject.server } : { kind: 'unknown' };
  if (record.finishedAt === null) return { kind: wasInjected || trials.length > 0 ? 'interrupted' : 'untouched' };
  if (notes.some(({ message }) => message.code === 'cluster.rolesNotAsPlanned')) return { kind: 'rolesDiffer' };
  if (!wasInjected && trials.length === 0) return { kind: 'untouched' };
  if (failure === null) return { kind: 'asPlanned' };
  if (failure.code === 'check.failed') return null;
  // The undo of a trial that broke off heals and gives the roles back, or says in a note that it could not.
  return { kind: 'returned' };
}
