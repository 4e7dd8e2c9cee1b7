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
  /** While the events arrive and are folded into the run's record. */
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
    const onward = button(say(message('window.install.toFailover')));
    await evaluate(page, until(open), stepTimeoutMs);
    // The log's button comes with the first event, the way onward with the last one.
    const folding = await measured(
      page,
      `${open}.click();
       await ${until(log)};
       ${log}.click();
       await ${until(logList)};
       await ${until(onward)};`,
    );
    const scrolling = await measured(
      page,
      `const list = ${logList};
       const step = Math.ceil(list.scrollHeight / ${scrollFrames});
       for (let at = 0; at <= list.scrollHeight; at += step) {
         list.scrollTop = at;
         await new Promise((next) => requestAnimationFrame(next));
       }`,
    );
    return { events, folding, scrolling };
  });
}

/** Frames in which the whole log passes by: two seconds where every frame is in time. */
const scrollFrames = 120;

function button(words: string): string {
  return `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === ${JSON.stringify(words)})`;
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

/** Does something in the page and tells its frames meanwhile. */
async function measured(page: string, work: string): Promise<Frames> {
  const value = await evaluate(
    page,
    `(async () => {
      const long = [];
      const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
      observer.observe({ type: 'long-animation-frame' });
      let [last, gap, frames, going] = [performance.now(), 0, 0, true];
      const tick = (now) => {
        gap = Math.max(gap, now - last);
        last = now;
        frames += 1;
        if (going) requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      ${work}
      // What was drawn last is told after the next frame.
      await new Promise((next) => setTimeout(next, 300));
      going = false;
      observer.disconnect();
      return { longestGapMs: gap, longestFrameMs: Math.max(0, ...long.map((entry) => entry.duration)), frames };
    })()`,
    stepTimeoutMs * 2,
  );
  return Frames.parse(value);
}
