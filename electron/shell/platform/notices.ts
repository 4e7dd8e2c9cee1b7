/** The window, as far as a notice needs it. */
export interface NoticedWindow {
  flashFrame(isFlashing: boolean): void;
  once(event: 'focus', listener: () => void): unknown;
}

/** A notice of the operating system. */
export interface Notice {
  on(event: 'click', listener: () => void): unknown;
  show(): void;
}

/** What notices need of the desktop. */
export interface NoticeParts {
  readonly window: () => NoticedWindow | null;
  /** Brings the window to the front, wherever it was. */
  readonly focus: () => void;
  readonly isSupported: () => boolean;
  readonly make: (content: { readonly title: string; readonly body: string }) => Notice;
}

/** Makes what tells somebody who looks elsewhere: the window asks for attention until it gets it, and a notice brings it back by a click. */
export function createNotices({
  window,
  focus,
  isSupported,
  make,
}: NoticeParts): (content: { readonly title: string; readonly body: string }) => void {
  // Held, or it would be collected and its click would do nothing.
  let notice: Notice | null = null;
  return (content) => {
    const owner = window();
    owner?.flashFrame(true);
    owner?.once('focus', () => owner.flashFrame(false));
    if (!isSupported()) return;
    notice = make(content);
    notice.on('click', focus);
    notice.show();
  };
}
