import { z } from 'zod';
import { message, say } from '../../../electron/shared/messages/message.ts';
import { evaluate } from './devTools.ts';
import { writeLongRun } from './longRun.ts';
import { withApp } from './measureStart.ts';
import type { MeasuredApp } from './measureStart.ts';

const Frames = z.object({
  /** The longest time between two frames. Where the machine draws by software and does other work, that is not the page's doing alone. */
  longestGapMs: z.number(),
  /** The longest frame in which the page itself was at work, of those beyond 50 ms; 0 when there was none. */
  longestFrameMs: z.number(),
  frames: z.number(),
});
type Frames = z.infer<typeof Frames>;

/** How smoothly a long run is shown. */
export interface ManyEvents {
  readonly events: number;
  /** While the screen and then its log open, once, with the first events. */
  readonly opening: Frames;
  /** While the events arrive, are folded into the run's record, and the log follows the newest. */
  readonly folding: Frames;
  /** While its log is scrolled from one end to the other. */
  readonly scrolling: Frames;
}

/** What the issue asks for. */
const events = 20_000;
const stepTimeoutMs = 60_000;

/** Opens an installation with a journal of 20,000 events, and scrolls through its log. */
export async function measureManyEvents(executable: string, app: MeasuredApp): Promise<ManyEvents> {
  await writeLongRun(app.env['TRIAD_HOME'] ?? '', events);
  return withApp(executable, app, async (page) => {
    const open = button(say(message('window.home.open.cluster')));
    const log = button(say(message('window.install.log')));
    const logList = `document.querySelector('[role="log"]')`;
    // Not the rail's, which is called the same and is always there.
    const onward = button(say(message('window.install.toFailover')), 'main footer');
    await evaluate(page, until(open), stepTimeoutMs);
    // The log's button comes with the first event, the way onward with the last one.
    const [opening, folding] = await measured(page, [
      `${open}.click();
       await ${until(log)};
       ${log}.click();
       await ${until(logList)};`,
      `const before = ${logList}.scrollHeight;
       await ${until(onward)};
       if (${logList}.scrollHeight < 2 * before) throw new Error('most events were there before the log was');`,
    ]);
    const [scrolling] = await measured(page, [
      `const list = ${logList};
       const step = Math.ceil(list.scrollHeight / ${scrollFrames});
       for (let at = 0; at <= list.scrollHeight; at += step) {
         list.scrollTop = at;
         await new Promise((next) => requestAnimationFrame(next));
       }`,
    ]);
    if (opening === undefined || folding === undefined || scrolling === undefined) throw new Error('a part was not measured');
    return { events, opening, folding, scrolling };
  });
}

/** Frames in which the whole log passes by: two seconds where every frame is in time. */
const scrollFrames = 120;

function button(words: string, within = ''): string {
  return `[...document.querySelectorAll('${within} button')].find((one) => one.textContent.trim() === ${JSON.stringify(words)})`;
}

/** A promise that waits, frame by frame, until there is something. */
function until(expression: string): string {
  return `new Promise((found, missing) => {
    const began = performance.now();
    const look = () => {
      if (${expression}) found(true);
      else if (performance.now() - began > ${stepTimeoutMs - 5000}) missing(new Error('never appeared: ' + ${JSON.stringify(expression)}));
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** Does one thing after the other in the page and tells the frames of each; one in which the next thing began counts for the one before. */
async function measured(page: string, works: readonly string[]): Promise<readonly Frames[]> {
  const value = await evaluate(
    page,
    `(async () => {
      const long = [];
      const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
      observer.observe({ type: 'long-animation-frame' });
      const parts = [];
      let going = true;
      const begin = () => parts.push({ beganAt: performance.now(), last: performance.now(), longestGapMs: 0, frames: 0 });
      const tick = (now) => {
        const part = parts.at(-1);
        part.longestGapMs = Math.max(part.longestGapMs, now - part.last);
        part.last = now;
        part.frames += 1;
        if (going) requestAnimationFrame(tick);
      };
      begin();
      requestAnimationFrame(tick);
      ${works.map((work) => `{ ${work} }`).join(' begin(); ')}
      // What was drawn last is told after the next frame.
      await new Promise((next) => setTimeout(next, 300));
      going = false;
      observer.disconnect();
      return parts.map(({ beganAt, longestGapMs, frames }, index) => {
        const endsAt = parts[index + 1]?.beganAt ?? Infinity;
        const own = long.filter(({ startTime }) => startTime >= beganAt && startTime < endsAt);
        return { longestGapMs, longestFrameMs: Math.max(0, ...own.map((entry) => entry.duration)), frames };
      });
    })()`,
    stepTimeoutMs * 2,
  );
  return z.array(Frames).length(works.length).parse(value);
}
