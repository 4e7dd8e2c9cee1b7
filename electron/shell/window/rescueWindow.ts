import type { BrowserWindow } from 'electron';
import type { ShellLog } from '../log/logFile.ts';
import { APP_PAGE, mayNavigate } from '../ownAddress.ts';
import type { Questions } from '../questions.ts';
import { createCrashCount } from './crashCount.ts';

/** What brings the window back, and what to do when it cannot be. */
export interface RescueOptions {
  readonly window: BrowserWindow;
  readonly log: ShellLog;
  readonly questions: () => Promise<Questions>;
  readonly quit: () => void;
}

/**
 * Brings the page back when its process ended or hangs. Nothing is lost: drafts are saved at every change, runs go on in this process, and
 * the new page replays them.
 */
export function rescueWindow({ window, log, questions, quit }: RescueOptions): void {
  const { webContents } = window;
  const crashes = createCrashCount(() => Date.now());
  let isAsking = false;

  const reload = (): void => {
    if (!window.isDestroyed()) window.loadURL(APP_PAGE).catch(() => undefined);
  };
  /** One question at a time. */
  const ask = async (question: (asked: Questions) => Promise<void>): Promise<void> => {
    if (isAsking || window.isDestroyed()) return;
    isAsking = true;
    try {
      await question(await questions());
    } catch (error) {
      log.error('window.questionFailed', error);
    } finally {
      isAsking = false;
    }
  };

  webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    log.warn('window.processGone', { reason, exitCode });
    if (reason === 'clean-exit') return;
    if (crashes.isFirstOfMany()) reload();
    else
      void ask(async ({ askAboutCrash }) => {
        if ((await askAboutCrash()) === 'quit') quit();
        else reload();
      });
  });

  window.on('unresponsive', () => {
    log.warn('window.hangs');
    void ask(async ({ askAboutHang }) => {
      // Its end is a crash like any other, and the page is loaded again.
      if ((await askAboutHang()) === 'reload') webContents.forcefullyCrashRenderer();
    });
  });

  const giveUp = (reason: string): void => {
    log.error('window.pageMissing', new Error(reason));
    void ask(async ({ tellMissing }) => {
      await tellMissing(reason);
      quit();
    });
  };
  webContents.on('did-fail-load', (_, code, description, __, isMainFrame) => {
    // -3 is a load that another one has replaced.
    if (isMainFrame && code !== -3) giveUp(description);
  });
  webContents.on('did-navigate', (_, address, httpCode) => {
    if (httpCode >= 400) giveUp(String(httpCode));
    // Only `about:blank` gets this far: Chromium asks nobody about it.
    else if (!mayNavigate(address, true)) reload();
  });
  webContents.on('preload-error', (_, __, error) => log.error('window.preloadFailed', error));
}
