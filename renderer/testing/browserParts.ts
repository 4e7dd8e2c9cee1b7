// What every test of the window has, before it begins: the parts of a browser that jsdom lacks and Mantine asks for.
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A machine that does other things meanwhile may need longer than the usual second: what is awaited decides, not the clock.
configure({ asyncUtilTimeout: 4000 });

/** Matches nothing, and never changes: light scheme, motion allowed, mouse present. */
function matchMedia(query: string): MediaQueryList {
  const nothing = (): void => undefined;
  return {
    matches: false,
    media: query,
    onchange: null,
    addListener: nothing,
    removeListener: nothing,
    addEventListener: nothing,
    removeEventListener: nothing,
    dispatchEvent: () => false,
  };
}

/** jsdom lays nothing out, so no size ever changes. */
class StillResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** jsdom is idle at once. */
function requestIdleCallback(work: IdleRequestCallback): number {
  return window.setTimeout(() => {
    work({ didTimeout: false, timeRemaining: () => 50 });
  }, 0);
}

Object.defineProperty(window, 'requestIdleCallback', { value: requestIdleCallback, configurable: true, writable: true });
Object.defineProperty(window, 'matchMedia', { value: matchMedia });
Object.defineProperty(window, 'ResizeObserver', { value: StillResizeObserver });
Object.defineProperty(Element.prototype, 'scrollIntoView', { value: () => undefined, configurable: true });

afterEach(() => {
  cleanup();
});
