/** Words of the failover test: moments, what is done to servers, and why a trial was judged as it was. */
export const failoverTexts = {
  'failover.mark.baselineStarted': 'writing begins on all three shards',
  'failover.mark.firstFailedWrite': 'first write fails',
  'failover.mark.suspected': 'a peer suspects the lost master (PFAIL)',
  'failover.mark.failAgreed': 'a majority agrees that it failed (FAIL)',
  'failover.mark.promoted': 'its replica is promoted to master',
  'failover.mark.slotsCovered': 'all slots are served again',
  'failover.mark.firstGoodWrite': 'first write succeeds again',
  'failover.mark.serverStarted': 'the nodes of {{server}} are back',
  'failover.mark.replicaLinkUp': 'their replication links are up',
  'failover.mark.inSync': 'every replica is in sync',
  'failover.mark.layoutRestored': 'the planned layout is restored and verified',
  'failover.action.undoPlaced': 'an undo on {{server}} takes this back by itself after {{seconds}} s, whatever becomes of this computer',
  'failover.action.powerGuarded':
    'a process on the computer that runs Triad switches {{server}} on by itself after {{seconds}} s, or as soon as Triad ends',
  'failover.faultLeft':
    'A failover test that was ended by force still hits this server: its nodes are down, frozen or cut off. {{timer}} takes that back within minutes; `triad install` starts nodes that are down at once.',
  'failover.rulesLeft':
    'The firewall rules {{rules}} of an earlier failover test still cut this server off, and nothing on it will take them away. `triad install` removes them.',
  'failover.leftOut': 'Left out here, because a Windows server has no way for it: {{scenarios}}.',
  'failover.powerLeftOut': 'Left out, because nobody said how: the power cut. It needs `--power-off-command` and `--power-on-command`.',
  'failover.power.exit': 'it ended with {{code}}',
  'failover.power.tooLate': 'it took longer than {{seconds}} s',
  'failover.power.notStarted': 'it could not be started: {{reason}}',
  'failover.power.used': 'the time at which the server is switched on again had come before, so it was not run',
  'failover.power.noKeeper': 'the process that runs it has ended',
  'failover.firewallOff': 'it is switched off in its profile {{profiles}}',
  'failover.firewallPolicy': 'a group policy has it ignore rules made on the server in its profile {{profiles}}',
  'failover.otherFile': '{{path}} is not the one of this Triad',
  'failover.earlierProcess': 'the service {{unit}} was started before it was installed anew, and goes on as it was',
  'failover.otherCommand': 'Windows runs the service {{unit}} as {{imagePath}}',
  'failover.progress.baseline': 'measuring the baseline',
  'failover.progress.waitPromotion': 'waiting for the promotion, at most {{seconds}} s',
  'failover.progress.writing': 'writing on, to see the cluster serve',
  'failover.progress.healing': 'taking back what was done to {{server}}',
  'failover.progress.healed': '{{server}} is healed, {{seconds}} s after the stop',
  'failover.progress.poweredOn': '{{server}} is switched on',
  'failover.progress.booting': 'waiting for {{server}} to boot, at most {{seconds}} s more',
  'failover.progress.sync': 'waiting until all replicas are in sync',
  'failover.progress.restoring': 'restoring the planned layout',
  'failover.progress.readBack': 'reading every acknowledged write back',
  'failover.progress.logs': 'comparing what was seen with the logs of all nodes',
  'failover.reason.promoted':
    'The replica took over {{promoted}} s after the loss; clients of the shard could not write for {{outage}} s (expected {{from}} to {{to}} s).',
  'failover.reason.restarted':
    'The process was back before a replica took over; clients of the shard could not write for {{outage}} s (expected {{from}} to {{to}} s).',
  'failover.reason.slower': 'Clients of the lost shard could not write for {{outage}} s, longer than the expected {{to}} s.',
  'failover.reason.lostWrites':
    '{{count}} acknowledged writes were lost: replication is asynchronous, the lost master had not passed them on. min-replicas-to-write can lower this, at a price.',
  'failover.reason.lostBehindCut':
    '{{count}} acknowledged writes were lost: clients that still reached the old master wrote to it after the cut, until it noticed that it was alone.',
  'failover.reason.noWritesLost': 'None of {{count}} acknowledged writes was lost.',
  'failover.reason.othersDisturbed': 'Shard {{shard}}, which was not hit, paused for {{outage}} s.',
  'failover.reason.othersUndisturbed':
    'The shards that were not hit waited at most {{gap}} ms between two good writes around the loss (shard {{shard}}).',
  'failover.reason.seenLate':
    'What {{node}} logged as "{{line}}" was seen {{after}} ms later, which is {{apart}} ms more than clocks and looks may be off.',
  'failover.reason.seenEarly':
    'What {{node}} logged as "{{line}}" was seen {{before}} ms earlier, which is {{apart}} ms more than clocks and looks may be off.',
  'failover.reason.clockSet': 'The clock of {{server}} was set during the trial, by {{ms}} ms: the times in its logs tell nothing.',
  'failover.reason.computerPaused':
    'The clocks of all servers went on by {{ms}} ms that this computer did not count: it paused during the trial (it may have slept), so its figures and the times in the logs cannot be relied on.',
  'failover.reason.logsMissing':
    'What was seen could not be compared with the logs of {{nodes}}: they could not be read, or not placed in time.',
  'failover.reason.logsCut': 'The logs of {{nodes}} no longer reach back to the beginning of the trial: what they said then is missing.',
  'failover.reason.notPromoted': 'No replica took over within {{seconds}} s.',
  'failover.reason.notServed': 'Clients were not served as they should be after the loss: {{reason}}',
  'failover.reason.notRestored': 'The planned layout was not restored: {{reason}}',
  'failover.reason.notReadBack': 'The acknowledged writes could not be read back, so nobody knows whether any was lost: {{reason}}',
  'failover.reason.restored': 'The planned layout was restored and verified {{seconds}} s after the loss.',
  'failover.why.notAcknowledged': 'writes are not acknowledged within {{seconds}} s',
  'failover.keysLeft':
    'The probe keys of the test could not be deleted ({{reason}}). They expire by themselves within {{minutes}} minutes.',
  'impact.notMeasured': 'What clients notice could not be measured: {{reason}}',
  'impact.reason.gap': 'No shard waited longer than {{gap}} ms for a write during its switchover.',
  'impact.reason.longGap': 'A shard waited {{gap}} ms for a write during its switchover, longer than the {{target}} ms that are aimed at.',
  'impact.reason.busy':
    'Shards without a switchover waited {{gap}} ms too: this computer or the way to the servers was busy, and adds to the figure.',
  'impact.reason.noneLost': 'None of {{acknowledged}} acknowledged writes was lost.',
  'impact.reason.lost': '{{lost}} of {{acknowledged}} acknowledged writes were lost.',
  'impact.reason.notReadBack': 'The acknowledged writes could not be read back, so nobody knows whether any was lost: {{reason}}',
  'maintenance.waiting': 'waiting for {{server}}, at most {{seconds}} s more',
  'maintenance.waitingNode': '{{node}} does not answer yet, at most {{seconds}} s more',
  'maintenance.waitingSync': '{{reason}}; at most {{seconds}} s more',
  'maintenance.booting': 'it answers, and is still starting or going down',
  'maintenance.away': '{{server}} is away already: {{reason}}',
  'maintenance.why': '{{reason}}',
} as const;
