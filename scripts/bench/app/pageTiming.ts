import { z } from 'zod';

/** What a page tells about its own start. Times in milliseconds since `originMs`, which is a time of day. */
export const PageTiming = z.object({
  originMs: z.number(),
  firstPaintMs: z.number(),
  largestPaintMs: z.number(),
  longTasks: z.array(z.object({ startMs: z.number(), durationMs: z.number() })),
  /** Paths of the scripts and style sheets that the page has loaded. Browsers list no resources of a scheme of one's own, but links to them. */
  loadedPaths: z.array(z.string()),
});
export type PageTiming = z.infer<typeof PageTiming>;

/** An expression for the page: a promise of its timing. What was painted before anybody asked is kept by the browser. */
export const pageTimingExpression = `new Promise((resolve) => {
  const seen = (type) => new Promise((done) => {
    const entries = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type, buffered: true });
    setTimeout(() => done(entries), 250);
  });
  const files = [...document.querySelectorAll('script[src], link[href]')].map((element) => element.src || element.href);
  Promise.all([seen('largest-contentful-paint'), seen('longtask')]).then(([paints, tasks]) => resolve({
    originMs: performance.timeOrigin,
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    largestPaintMs: Math.max(0, ...paints.map((entry) => entry.startTime)),
    longTasks: tasks.map((entry) => ({ startMs: entry.startTime, durationMs: entry.duration })),
    loadedPaths: files.map((file) => new URL(file).pathname),
  }));
})`;

/**
 * When the page could be used, in milliseconds since its origin: its largest part is painted, and no long task (more than 50 ms) that was
 * at work then, or that followed at once, holds input back any more. Null when nothing was painted yet.
 */
export function interactiveMs({ largestPaintMs, longTasks }: PageTiming): number | null {
  if (largestPaintMs === 0) return null;
  let at = largestPaintMs;
  for (const { startMs, durationMs } of longTasks.toSorted((a, b) => a.startMs - b.startMs))
    if (startMs <= at + graceMs && startMs + durationMs > at) at = startMs + durationMs;
  return at;
}

/** A pause between tasks in which a person's first input could be answered. */
const graceMs = 50;
