const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** A UTC time stamp as a clock on the wall shows it where the admin is: `23:05:12`. What is not a time stamp comes back as it is. */
export function formatTimeOfDay(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', timeZone === undefined ? clock : { ...clock, timeZone }).format(at);
}

/** The time stamp that lies so many milliseconds after another. */
export function laterBy(iso: string, ms: number): string {
  const at = new Date(iso).getTime();
  return Number.isNaN(at) ? iso : new Date(at + ms).toISOString();
}
