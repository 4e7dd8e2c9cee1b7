import type { ProbeTarget } from '../hosts/host.ts';
import type { MatrixCell } from '../shared/domain/matrix.ts';
import { clusterPorts, type ClusterPlan } from '../shared/domain/plan.ts';
import type { RunContext, Ways } from './runContext.ts';

/**
 * How long an attempt from the admin's machine may take: longer than one SYN retransmission, which comes after a second. Bus ports are closed to it where
 * firewalls are as they should be, so every look at a cluster waits this long; and nothing of the cluster rests on these ways.
 */
export const ADMIN_PROBE_TIMEOUT_MS = 1100;

/** The ways from the admin's machine to all ports of a cluster that runs, as its nodes answer there. */
export function nodeTargets(plan: ClusterPlan): readonly ProbeTarget[] {
  return plan.servers.flatMap(({ name, address }) => clusterPorts(plan).map((port) => ({ to: name, address, port, nonce: null })));
}

/**
 * Begins to try these ways while the servers are looked at: they need no SSH, and waiting for closed ports is most of the time of a validation. Never
 * rejects: null where it was broken off.
 */
export async function beginWaysFromHere(
  plan: ClusterPlan,
  probe: Ways['probeFromAdmin'],
  signal: AbortSignal,
): Promise<readonly MatrixCell[] | null> {
  return probe(nodeTargets(plan), ADMIN_PROBE_TIMEOUT_MS, signal).catch(() => null);
}

/** Tries ways from the admin's machine; those to nodes that were begun with the run are not tried twice. Throws `run.aborted`. */
export async function probeWaysFromHere(
  { ways, waysFromHere, signal }: Pick<RunContext, 'waysFromHere' | 'signal'> & { readonly ways: Pick<Ways, 'probeFromAdmin'> },
  targets: readonly ProbeTarget[],
): Promise<readonly MatrixCell[]> {
  const early = (await waysFromHere) ?? [];
  // Behind a temporary listener there is another answer than a node's.
  const known = ({ to, port, nonce }: ProbeTarget): MatrixCell | undefined =>
    nonce === null ? early.find((cell) => cell.to === to && cell.port === port) : undefined;
  const left = targets.filter((target) => known(target) === undefined);
  const tried = left.length === 0 ? [] : await ways.probeFromAdmin(left, ADMIN_PROBE_TIMEOUT_MS, signal);
  return [...targets.flatMap((target) => known(target) ?? []), ...tried];
}
