import type { BrowserWindow } from 'electron';
import { message, say } from '../../shared/messages/message.ts';
import { askIn } from '../askIn.ts';
import type { ShellLog } from '../log/logFile.ts';
import { APP_PAGE, mayNavigate } from '../ownAddress.ts';
import { createCrashCount } from './crashCount.ts';

/** What brings the window back, and what to do when it cannot be. */
export interface RescueOptions {
  readonly window: BrowserWindow;
  readonly log: ShellLog;
  readonly quit: () => void;
}

/**
 * Brings the page back when its process ended or hangs. Nothing is lost: drafts are saved at every change, runs go on in this process, and
 * the new page replays them.
 */
export function rescueWindow({ window, log, quit }: RescueOptions): void {
  const { webContents } = window;
  const crashes = createCrashCount(() => Date.now());
  let isAsking = false;

  const reload = (): void => {
    if (!window.isDestroyed()) window.loadURL(APP_PAGE).catch(() => undefined);
  };
  const askOnce = async (ask: () => Promise<void>): Promise<void> => {
    if (isAsking || window.isDestroyed()) return;
    isAsking = true;
    await ask().catch((error: unknown) => log.error('window.questionFailed', error));
    isAsking = false;
  };

  webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    log.warn('window.processGone', { reason, exitCode });
    if (reason === 'clean-exit') return;
    if (crashes.isFirstOfMany()) {
      reload();
      return;
    }
    void askOnce(async () => {
      const choice = await askIn(window, {
        type: 'error',
        message: say(message('shell.crash.title')),
        detail: say(message('shell.crash.detail')),
        buttons: [say(message('shell.crash.reload')), say(message('shell.menu.quit'))],
      });
      if (choice === 0) reload();
      else quit();
    });
  });

  window.on('unresponsive', () => {
    log.warn('window.hangs');
    void askOnce(async () => {
      const choice = await askIn(window, {
        type: 'warning',
        message: say(message('shell.hang.title')),
        detail: say(message('shell.hang.detail')),
        buttons: [say(message('shell.hang.wait')), say(message('shell.hang.reload'))],
      });
      if (choice === 1) webContents.forcefullyCrashRenderer();
    });
  });

  const tellMissing = (reason: string): void => {
    log.error('window.pageMissing', new Error(reason));
    void askOnce(async () => {
      const buttons = [say(message('shell.menu.quit'))];
      const detail = say(message('shell.page.missingDetail'));
      await askIn(window, { type: 'error', message: say(message('shell.page.missing', { reason })), detail, buttons });
      quit();
    });
  };
  webContents.on('did-fail-load', (_, code, description, __, isMainFrame) => {
    // -3 is a load that another one has replaced.
    if (isMainFrame && code !== -3) tellMissing(description);
  });
  webContents.on('did-navigate', (_, address, httpCode) => {
    if (httpCode >= 400) tellMissing(String(httpCode));
    // Only `about:blank` gets this far: Chromium asks nobody about it.
    else if (!mayNavigate(address, true)) reload();
  });
  webContents.on('preload-error', (_, __, error) => log.error('window.preloadFailed', error));
}
