import type { failoverTexts as english } from '../en/failover.ts';

/** The texts of `en/failover.ts` in Portuguese. */
export const failoverTexts = {
  'failover.mark.baselineStarted': 'writing begins on all three shards',
  'failover.mark.faultInjected': '{{server}} is lost: both nodes killed and kept down',
  'failover.mark.firstFailedWrite': 'first write fails',
  'failover.mark.suspected': 'a peer suspects the lost master (PFAIL)',
  'failover.mark.failAgreed': 'a majority agrees that it failed (FAIL)',
  'failover.mark.promoted': 'its replica is promoted to master',
  'failover.mark.slotsCovered': 'all slots are served again',
  'failover.mark.firstGoodWrite': 'first write succeeds again',
  'failover.mark.serverStarted': 'both nodes of {{server}} answer again',
  'failover.mark.replicaLinkUp': 'their replication links are up',
  'failover.mark.inSync': 'every replica is in sync',
  'failover.mark.layoutRestored': 'the planned layout is restored and verified',
  'failover.action.undoPlaced': 'a timer on {{server}} starts its nodes by itself after {{seconds}} s, whatever becomes of this machine',
  'failover.action.killed': 'both nodes of {{server}} are killed and kept down',
  'failover.faultLeft':
    'A failover test that was ended by force keeps the nodes of this server down. {{timer}} starts them within minutes; `triad install` does it at once.',
  'failover.progress.baseline': 'measuring the baseline',
  'failover.progress.waitPromotion': 'waiting for the promotion, at most {{seconds}} s',
  'failover.progress.writing': 'writing on, to see the cluster serve',
  'failover.progress.healing': 'starting the nodes of {{server}} again',
  'failover.progress.sync': 'waiting until all replicas are in sync',
  'failover.progress.restoring': 'restoring the planned layout',
  'failover.progress.readBack': 'reading every acknowledged write back',
  'failover.reason.promoted':
    'The replica took over {{promoted}} s after the loss; clients of the shard could not write for {{outage}} s (expected {{from}} to {{to}} s).',
  'failover.reason.slower': 'Clients of the lost shard could not write for {{outage}} s, longer than the expected {{to}} s.',
  'failover.reason.lostWrites':
    '{{count}} acknowledged writes were lost: replication is asynchronous, the lost master had not passed them on. min-replicas-to-write can lower this, at a price.',
  'failover.reason.noWritesLost': 'None of {{count}} acknowledged writes was lost.',
  'failover.reason.othersDisturbed': 'Shard {{shard}}, which was not hit, paused for {{outage}} s.',
  'failover.reason.notPromoted': 'No replica took over within {{seconds}} s.',
  'failover.reason.notServed': 'Clients were not served as they should be after the loss: {{reason}}',
  'failover.reason.notRestored': 'The planned layout was not restored: {{reason}}',
  'failover.reason.notReadBack': 'The acknowledged writes could not be read back, so nobody knows whether any was lost: {{reason}}',
  'failover.reason.restored': 'The planned layout was restored and verified {{seconds}} s after the loss.',
  'failover.why.notAcknowledged': 'writes are not acknowledged within {{seconds}} s',
  'failover.keysLeft':
    'The probe keys of the test could not be deleted ({{reason}}). They expire by themselves within {{minutes}} minutes.',
} as const satisfies Record<keyof typeof english, string>;
