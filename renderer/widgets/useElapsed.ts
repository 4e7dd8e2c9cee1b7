import { useEffect, useState } from 'react';
import type { RunState } from '../state/runs.ts';

/** How often the clock is drawn, in milliseconds: a tenth of a second, as it is shown. */
const TICK_MS = 100;

/** Milliseconds since a run began; goes on between events while the run does, and stands still after its end. */
export function useElapsed(run: RunState, isGoingOn: boolean): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (!isGoingOn) return undefined;
    const timer = setInterval(() => {
      setNowMs(performance.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isGoingOn]);
  const known = run.record?.durationMs ?? 0;
  return isGoingOn && run.arrivedMs > 0 ? known + Math.max(0, nowMs - run.arrivedMs) : known;
}
