import type { checkTexts as english } from '../en/check.ts';
import { clusterCheckTexts } from './checkCluster.ts';
import { nodeCheckTexts } from './checkNode.ts';
import { pairCheckTexts } from './checkPair.ts';
import { serverCheckTexts } from './checkServer.ts';

/** The texts of `en/check.ts` in Portuguese. */
export const checkTexts = {
  'check.unobserved.expected': 'The server can be looked at',
  'check.unobserved.observed': 'Not looked at: {{reason}}',
  'check.unobserved.noReason': 'Not looked at',
  'check.unobserved.remedy': 'Make sure that {{server}} can be reached, then run the same command again.',
  'check.unread.remedy': 'Run the same command again. If it stays so, please report it with the run record.',
  ...serverCheckTexts,
  ...pairCheckTexts,
  ...nodeCheckTexts,
  ...clusterCheckTexts,
} as const satisfies Record<keyof typeof english, string>;
