// What a screen looks like from outside: whether it fits, what its one primary action is, what moves, where the focus can be seen.
import type { Page } from '@playwright/test';

/** A primary action that can be seen: its words, and whether all of it is within the window without scrolling, or can be brought there. */
interface PrimaryAction {
  readonly words: string;
  readonly isInSight: boolean;
  readonly canBeReached: boolean;
}

/** What was read of a screen. */
export interface Screen {
  /** What is wider than its place and would have to be scrolled sideways as a whole. */
  readonly sideways: readonly string[];
  readonly primaries: readonly PrimaryAction[];
  /** Names of animations that run. */
  readonly moving: readonly string[];
}

/** Reads the screen as it stands; with a dialog open, its actions are those of the dialog. */
export async function readScreen(window: Page): Promise<Screen> {
  return window.evaluate(() => {
    const dialog = Array.from(document.querySelectorAll('[role="dialog"]')).at(-1);
    const place = dialog ?? document;
    // The page itself and whatever scrolls it: everything around its heading.
    const around: Element[] = [];
    // The rail has a heading, too, and scrolls sideways by itself where there is no room beside the page.
    const heading = place.querySelector('main h1, main h2') ?? place.querySelector('h1, h2');
    for (let one = heading; one !== null; one = one.parentElement) around.push(one);
    const scrolled = [document.documentElement, ...document.querySelectorAll('main'), ...around];
    const sideways = scrolled
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth)
      .map(({ tagName, scrollWidth, clientWidth }) => `${tagName} is ${scrollWidth} px wide in ${clientWidth} px`);
    // The kit names the variant of a button only where it is not the filled one.
    const filled = Array.from(place.querySelectorAll<HTMLElement>('.mantine-Button-root')).filter(
      (button) => (button.dataset['variant'] ?? 'filled') === 'filled' && button.checkVisibility(),
    );
    const isWhole = (element: Element): boolean => {
      const { top, left, bottom, right } = element.getBoundingClientRect();
      const isInside = top >= 0 && left >= 0 && bottom <= innerHeight + 0.5 && right <= innerWidth + 0.5;
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return isInside && hit !== null && (element.contains(hit) || hit.contains(element));
    };
    const primaries = filled.map((button) => {
      const isInSight = isWhole(button);
      button.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      return { words: button.textContent, isInSight, canBeReached: isWhole(button) };
    });
    const moving = document
      .getAnimations()
      .filter(({ playState }) => playState === 'running')
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.constructor.name));
    return { sideways, primaries, moving };
  });
}

/**
 * Goes through a screen by the Tab key, and tells of every place at which nobody could see where the focus is: it lies out of sight, or neither it
 * nor what is drawn around it looks any different from before.
 */
export async function unseenFocus(
  window: Page,
  mostTabs: number,
): Promise<{ readonly unseen: readonly string[]; readonly places: number }> {
  await window.evaluate(() => {
    const drawn = ['outline', 'boxShadow', 'borderColor', 'borderWidth', 'stroke', 'strokeWidth'] as const;
    const lookOf = (element: Element): string => {
      // A hidden input is drawn by what stands beside it or around it.
      const input = element.matches('input, select, textarea');
      const family = input
        ? [element, element.parentElement, element.nextElementSibling, element.parentElement?.parentElement]
        : [element, ...(element instanceof SVGElement ? element.children : [])];
      return family
        .map((one) => (one === null || one === undefined ? '' : drawn.map((name) => getComputedStyle(one)[name]).join(' ')))
        .join(' | ');
    };
    const isInSight = (element: Element): boolean => {
      // A drawn choice hides its input.
      const shown = element.getBoundingClientRect().width > 1 ? element : (element.nextElementSibling ?? element);
      const { top, left, bottom, right } = shown.getBoundingClientRect();
      return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    };
    // A border that is still on its way from one colour to the other reads as the same.
    const still = document.createElement('style');
    still.textContent = '* { transition: none !important; }';
    document.head.append(still);
    Object.assign(window, { lookOf, isInSight, visited: new Set<Element>() });
  });
  const unseen: string[] = [];
  let places = 0;
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await window.keyboard.press('Tab');
    const found = await window.evaluate(() => {
      const { lookOf, isInSight, visited } = window as unknown as {
        readonly visited: Set<Element>;
        readonly lookOf: (element: Element) => string;
        readonly isInSight: (element: Element) => boolean;
      };
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const isAgain = visited.has(element);
      visited.add(element);
      const place = `${element.tagName} ${element.getAttribute('aria-label') ?? element.id} ${element.textContent.slice(0, 60)}`;
      const wasInSight = isInSight(element);
      const focused = lookOf(element);
      if (!(element instanceof HTMLElement || element instanceof SVGElement)) return null;
      element.blur();
      const blurred = lookOf(element);
      element.focus({ preventScroll: true });
      return { place, isAgain, wasInSight, differs: focused !== blurred };
    });
    if (found === null) continue;
    if (found.isAgain) break;
    places += 1;
    if (!found.wasInSight) unseen.push(`${found.place}: out of sight`);
    if (!found.differs) unseen.push(`${found.place}: looks as without the focus`);
  }
  return { unseen, places };
}
