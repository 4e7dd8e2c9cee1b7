/** How often a validation may be scheduled: what cron, systemd and the Task Scheduler can all say in one line. */
export const EVERY = {
  '5m': { cron: '*/5 * * * *', onCalendar: '*:0/5', isoDuration: 'PT5M', seconds: 300 },
  '15m': { cron: '*/15 * * * *', onCalendar: '*:0/15', isoDuration: 'PT15M', seconds: 900 },
  '30m': { cron: '*/30 * * * *', onCalendar: '*:0/30', isoDuration: 'PT30M', seconds: 1800 },
  '1h': { cron: '0 * * * *', onCalendar: 'hourly', isoDuration: 'PT1H', seconds: 3600 },
  '2h': { cron: '0 */2 * * *', onCalendar: '0/2:00', isoDuration: 'PT2H', seconds: 7200 },
  '6h': { cron: '0 */6 * * *', onCalendar: '0/6:00', isoDuration: 'PT6H', seconds: 21_600 },
  '12h': { cron: '0 */12 * * *', onCalendar: '0/12:00', isoDuration: 'PT12H', seconds: 43_200 },
  '1d': { cron: '0 6 * * *', onCalendar: '*-*-* 06:00', isoDuration: 'P1D', seconds: 86_400 },
  '7d': { cron: '0 6 * * 1', onCalendar: 'Mon *-*-* 06:00', isoDuration: 'P7D', seconds: 604_800 },
} as const;
export type Every = keyof typeof EVERY;

/** Whether a text is one of {@link EVERY}. */
export function isEvery(text: string): text is Every {
  return Object.hasOwn(EVERY, text);
}
