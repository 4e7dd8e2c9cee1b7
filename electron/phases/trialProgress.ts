import type { FailoverWatch } from '../redis/failoverWatch.ts';
import type { ProbeWriter } from '../redis/probeWriter.ts';
import type { LayoutNode } from '../shared/domain/reportLayout.ts';
import type { RunContext } from './runContext.ts';

/** From one event to the next: often enough that an outage is seen to grow, and a few hundred bytes a second in the journal. */
const EVERY_MS = 250;

/** What of a trial the picture shows. */
export interface PicturedTrial {
  readonly server: string;
  readonly faultAtMs: number;
  readonly probes: Pick<ProbeWriter, 'counts'> | null;
  readonly watch: Pick<FailoverWatch, 'nodes'> | null;
}

/** Tells how a trial goes on. */
export interface TrialProgress {
  /** Tells the roles at once where they have changed; for moments that a reader waits for. */
  tellRoles(): void;
  /** Tells the roles as they were proved at the end, and none after them: a node that answers a look too late would be drawn as lost once more. */
  tellProved(nodes: readonly LayoutNode[]): void;
  stop(): void;
}

/** Emits `trialProgress` every 250 ms and `trialRoles` whenever a node has changed, until it is stopped. Reads the trial as it is at each moment. */
export function tellProgress(context: Pick<RunContext, 'emit' | 'now'>, trial: PicturedTrial): TrialProgress {
  let lastAtMs = context.now();
  let lastCounts = new Map<number, { readonly acknowledged: number; readonly failed: number }>();
  let lastRoles = '';
  let isProved = false;

  function tellRoles(): void {
    if (!isProved) tell(trial.watch?.nodes() ?? []);
  }

  function tell(nodes: readonly LayoutNode[]): void {
    const roles = JSON.stringify(nodes);
    if (nodes.length === 0 || roles === lastRoles) return;
    lastRoles = roles;
    context.emit({ type: 'trialRoles', server: trial.server, nodes: [...nodes] });
  }

  function tellWrites(): void {
    const counts = trial.probes?.counts() ?? [];
    if (counts.length === 0) return;
    const nowMs = context.now();
    context.emit({
      type: 'trialProgress',
      server: trial.server,
      overMs: Math.round(nowMs - lastAtMs),
      // A fault that was never injected, or is only being prepared, has no moment yet.
      sinceFaultMs: trial.faultAtMs === 0 ? null : Math.round(nowMs - trial.faultAtMs),
      shards: counts.map(({ shard, acknowledged, failed, lastAcknowledgedAtMs, lastSilence }) => ({
        shard,
        acknowledged: acknowledged - (lastCounts.get(shard)?.acknowledged ?? 0),
        failed: failed - (lastCounts.get(shard)?.failed ?? 0),
        silentMs: Math.max(0, Math.round(nowMs - lastAcknowledgedAtMs)),
        // Unrounded: the ledger tells the same stretch at the end, and the two must read alike.
        ...(lastSilence !== null && lastSilence.endedAtMs > lastAtMs
          ? { ended: { silentMs: lastSilence.lengthMs, agoMs: Math.max(0, nowMs - lastSilence.endedAtMs) } }
          : {}),
      })),
    });
    lastAtMs = nowMs;
    lastCounts = new Map(counts.map((one) => [one.shard, one]));
  }

  const timer = setInterval(() => {
    tellWrites();
    tellRoles();
  }, EVERY_MS);
  return {
    tellRoles,
    tellProved: (nodes) => {
      isProved = true;
      tell(nodes);
    },
    stop: () => clearInterval(timer),
  };
}
