import { useEffect, useState } from 'react';

/** An age is told in minutes: looked at this often, it is never more than half a minute behind. */
const EVERY_MS = 30_000;

/** The time of day in milliseconds, for what is worded by its age; goes on by itself. */
export function useNow(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return nowMs;
}
