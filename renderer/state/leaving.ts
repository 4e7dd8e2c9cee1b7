import { useEffect, useRef } from 'react';
import { draftStore } from './draft.ts';

/** What fields still hold. They go first: handing a secret over may change the draft, which goes last. */
const holders = new Set<() => void>();

function handOver(): void {
  for (const holder of Array.from(holders)) holder();
  draftStore.getState().sendNow();
}

function handOverWhenHidden(): void {
  if (document.visibilityState === 'hidden') handOver();
}

/**
 * Hands what is typed but not yet stored to the core when the page goes (the window closes or is loaded again) or is hidden. Until the returned
 * function is called. Only what is sent within the event itself arrives: no promise goes on in a page that is gone.
 */
export function watchLeaving(): () => void {
  window.addEventListener('pagehide', handOver);
  document.addEventListener('visibilitychange', handOverWhenHidden);
  return () => {
    window.removeEventListener('pagehide', handOver);
    document.removeEventListener('visibilitychange', handOverWhenHidden);
  };
}

/** Does something when the page goes or is hidden, as long as the component is there. It must send before it first waits. */
export function useBeforeLeaving(work: () => void): void {
  const newest = useRef(work);
  useEffect(() => {
    newest.current = work;
  });
  useEffect(() => {
    const holder = (): void => {
      newest.current();
    };
    holders.add(holder);
    return () => {
      holders.delete(holder);
    };
  }, []);
}
