import { clusterCheckTexts } from './checkCluster.ts';
import { nodeCheckTexts } from './checkNode.ts';
import { pairCheckTexts } from './checkPair.ts';
import { serverCheckTexts } from './checkServer.ts';

/** Texts of the check room. Every code begins with `check.`; each check `x` has a name `check.x.title` and says what it wants in `check.x.expected`. */
export const checkTexts = {
  'check.unobserved.expected': 'The server can be looked at',
  'check.unobserved.observed': 'Not looked at: {{reason}}',
  'check.unobserved.noReason': 'Not looked at',
  'check.unobserved.remedy': 'Make sure that {{server}} can be reached, then run the same command again.',
  'check.redisOnly.observed': 'Not looked at: with Redis access alone there is no way to the servers',
  'check.redisOnly.remedy': 'Validate without --redis-only, from a computer with SSH to the three servers.',
  'check.windows.observed': 'Does not apply: the server runs Windows',
  'check.windows.remedy':
    'On {{server}}, as an administrator: look at the services (`sc.exe query NAME`) and at redis.log and service.log in the folders of the nodes below {{folder}}; `sc.exe start NAME` starts one. Then run `triad validate`.',
  'check.adopted.observed': 'Does not apply: Triad did not install this cluster',
  'check.adopted.remedy': 'Mend it the way it was installed: Triad changes nothing on a cluster that it did not install.',
  'check.adopted.roles.remedy':
    'On each node that should be master and is a replica now: `redis-cli -h ADDRESS -p PORT CLUSTER FAILOVER`, one at a time. Triad changes nothing on a cluster that it did not install.',
  'check.unread.remedy': 'Run the same command again. If it stays so, please report it with the run record.',
  ...serverCheckTexts,
  ...pairCheckTexts,
  ...nodeCheckTexts,
  ...clusterCheckTexts,
} as const;
