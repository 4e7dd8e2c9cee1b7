import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';

/** A native question: its first button is what Enter does. */
export interface Question extends Pick<MessageBoxOptions, 'type' | 'message' | 'detail'> {
  readonly buttons: readonly string[];
  /** The button that Escape and closing the box stand for; the first one unless said. */
  readonly cancelId?: number;
}

/** Asks in the window, or on its own when there is none. Resolves with the number of the button. */
export async function askIn(window: BrowserWindow | null, question: Question): Promise<number> {
  const options: MessageBoxOptions = {
    title: 'Triad',
    noLink: true,
    defaultId: 0,
    cancelId: 0,
    ...question,
    buttons: [...question.buttons],
  };
  const isShown = window !== null && !window.isDestroyed() && window.isVisible();
  const { response } = isShown ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options);
  return response;
}
