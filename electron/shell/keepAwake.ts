/** How often it is looked whether a run goes on. */
const LOOK_EVERY_MS = 2000;

/**
 * Tells when runs begin and end, so that the machine does not fall asleep over one. The core tells nobody of its own accord.
 * @returns stops looking
 */
export function followActivity(activeRuns: () => number, onChange: (isActive: boolean) => void): () => void {
  let wasActive = false;
  const timer = setInterval(() => {
    const isActive = activeRuns() > 0;
    if (isActive === wasActive) return;
    wasActive = isActive;
    onChange(isActive);
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
