import { join } from 'node:path';
import { app, Menu, nativeTheme, powerMonitor, powerSaveBlocker, session, shell, type BrowserWindow } from 'electron';
import type { WindowApi } from '../handlers/window/createWindowApi.ts';
import type { Platform } from '../handlers/window/platform.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import type { Language } from '../shared/domain/language.ts';
import { message, say, type Texts } from '../shared/messages/message.ts';
import { createAppCommands } from './appCommands.ts';
import { askIn } from './askIn.ts';
import { createClosing } from './closing.ts';
import { createCallServer } from './contract/callServer.ts';
import { createRefusalLog } from './contract/refusal.ts';
import { createStreamServer } from './contract/streamServer.ts';
import { createCore } from './core.ts';
import { watchFaults } from './faults.ts';
import { fileArgument } from './fileArgument.ts';
import { hardenApp, hardenPages, hardenSession } from './hardening.ts';
import { sendPush, serveIpc } from './ipc.ts';
import { followActivity } from './keepAwake.ts';
import { createSpeak, languageOf } from './language.ts';
import { openLogFile } from './log/logFile.ts';
import { createRedactor } from './log/redact.ts';
import { menuTemplate } from './menu.ts';
import { createElectronPlatform, systemLanguage } from './platform/electronPlatform.ts';
import { wordsOf } from './wordsOf.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { createMainWindow, type MainWindow } from './window/mainWindow.ts';
import { rescueWindow } from './window/rescueWindow.ts';
import { readWindowState } from './window/windowState.ts';

/** What the desktop app is started with. */
export interface ShellOptions {
  /** The folder that holds everything Triad keeps: its log goes there, too. */
  readonly home: string;
  /** The built preload script and the folder of the built window. */
  readonly preload: string;
  readonly renderer: string;
  readonly icon: string | null;
  /** The id under which the installer registers the app, by which Windows knows its notices. */
  readonly appId: string;
  /** Loads the core; called when the window has begun to load. */
  readonly loadCore: (platform: Platform, openFile: string | null) => Promise<WindowApi>;
  readonly loadTexts: (language: Exclude<Language, 'en'>) => Promise<Texts>;
}

const LOG_MAX_BYTES = 2_000_000;
const LOG_FILES = 3;

/** Starts the desktop app, or hands its file to the one that runs and ends. To be called before Electron is ready. */
export function startShell(options: ShellOptions): void {
  app.setName('Triad');
  registerScheme();
  hardenApp();
  app.setAppUserModelId(options.appId);
  // Beside what the core keeps, unless somebody has named a place; the lock of a single instance goes by it.
  if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', join(options.home, 'window'));
  const file = fileArgument(process.argv, process.cwd());
  if (app.requestSingleInstanceLock({ file })) runShell(options, file);
  else app.quit();
}

function runShell(options: ShellOptions, file: string | null): void {
  const isDevelopment = !app.isPackaged;
  const logFolder = join(options.home, 'logs');
  const redactor = createRedactor();
  const log = openLogFile({ file: join(logFolder, 'triad.log'), maxBytes: LOG_MAX_BYTES, keep: LOG_FILES, redactor });
  const stateFile = join(app.getPath('userData'), 'window.json');
  const state = readWindowState(stateFile);
  let { settings } = state;
  let main: MainWindow | null = null;
  /** A file that macOS hands over before there is a core. */
  let firstFile = file;

  const window = (): BrowserWindow | null => (main === null || main.window.isDestroyed() ? null : main.window);
  const openLogs = (): void => void shell.openPath(logFolder);
  const quit = (): void => app.quit();

  const commands = createAppCommands();
  const speak = createSpeak(options.loadTexts);
  const showMenu = (): void => {
    const actions = {
      command: (command: Parameters<typeof commands.send>[0]) => void commands.send(command),
      textSize: (step: Parameters<MainWindow['textSize']>[0]) => main?.textSize(step),
      openLogs,
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, { isMac: process.platform === 'darwin', isDevelopment })));
    app.setAboutPanelOptions({
      applicationName: 'Triad',
      applicationVersion: app.getVersion(),
      credits: say(message('shell.about.credits')),
    });
  };
  const look = async (): Promise<void> => {
    nativeTheme.themeSource = settings.theme;
    await speak(languageOf(settings, systemLanguage()));
    showMenu();
  };
  const applySettings = (next: Settings): void => {
    if (next.theme === settings.theme && next.language === settings.language) return;
    settings = next;
    main?.remember(next);
    look().catch((error: unknown) => log.error('settings.notApplied', error));
  };

  const platform = createElectronPlatform({ window, focus: () => main?.focus(), applySettings, log });
  const core = createCore({ load: () => options.loadCore(platform, firstFile), commands, onSettings: applySettings });
  const openLater = (path: string): void => {
    main?.focus();
    core.openFile(path).catch((error: unknown) => {
      log.error('file.notOpened', error);
      void tellFault(error);
    });
  };

  const refuse = createRefusalLog(log, () => performance.now());
  const call = createCallServer({ api: core.contract, log, refuse, redactor });
  const streams = createStreamServer({ api: core.contract, log, refuse, send: (push) => sendPush(window()?.webContents ?? null, push) });

  const tellFault = async (error: unknown): Promise<void> => {
    const choice = await askIn(window(), {
      type: 'error',
      ...wordsOf(error, redactor),
      buttons: [say(message('shell.fault.goOn')), say(message('shell.fault.logs'))],
    });
    if (choice === 1) openLogs();
  };
  watchFaults(process, {
    write: (what, error) => log.error(what, error),
    tell: async (error) => {
      await app.whenReady();
      await tellFault(error);
    },
  });

  const closing = createClosing({
    activeRuns: core.activeRuns,
    ask: async () => {
      const choice = await askIn(window(), {
        type: 'question',
        message: say(message('shell.close.question')),
        detail: say(message('shell.close.detail')),
        buttons: [say(message('shell.close.keep')), say(message('shell.close.stop'))],
      });
      return choice === 1 ? 'stop' : 'keep';
    },
    onStopping: () => {
      log.info('app.stoppingRuns');
      window()?.setTitle(say(message('shell.close.stopping')));
    },
    shutdown: core.shutdown,
    quit: () => {
      log.info('app.ended');
      log.flushNow();
      app.quit();
    },
    onError: (error) => log.error('app.stopFailed', error),
  });
  app.on('before-quit', (event) => {
    if (!closing.mayClose()) event.preventDefault();
  });
  app.on('window-all-closed', quit);

  app.on('second-instance', (_, __, ___, data) => {
    const other = typeof data === 'object' && data !== null && 'file' in data ? data.file : null;
    if (typeof other === 'string') openLater(other);
    else main?.focus();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (main === null) firstFile = path;
    else openLater(path);
  });

  const show = async (): Promise<void> => {
    // Not earlier: Electron puts handlers of its own in place while it starts, which would ask a question that nobody may be there to answer.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void closing.stopNow());
    hardenPages(log);
    hardenSession(session.defaultSession, isDevelopment, log);
    serveScheme(session.defaultSession.protocol, {
      renderer: options.renderer,
      reportHtml: async (runId) => (await core.api()).reportHtml(runId),
      log,
    });
    serveIpc({ page: () => window()?.webContents ?? null, call, streams, refuse });
    await look();
    main = createMainWindow({ ...options, state, stateFile, isDevelopment, log });
    const own = main.window;
    rescueWindow({ window: own, log, quit });
    own.on('close', (event) => {
      if (!closing.mayClose()) event.preventDefault();
    });
    own.on('query-session-end', (event) => {
      if (core.activeRuns() === 0) return;
      event.preventDefault();
      void closing.stopNow();
    });
    own.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) streams.endAll();
    });
    own.webContents.on('render-process-gone', () => streams.endAll());
    // Loading the core keeps this process busy, and it is the one that serves the page: the page comes first.
    own.webContents.once('dom-ready', () => void core.api().catch((error: unknown) => log.error('core.notLoaded', error)));
    powerMonitor.on('shutdown', () => void closing.stopNow());
    stayAwakeDuringRuns();
  };

  const stayAwakeDuringRuns = (): void => {
    let blocker: number | null = null;
    followActivity(core.activeRuns, (isActive) => {
      if (blocker !== null) powerSaveBlocker.stop(blocker);
      blocker = isActive ? powerSaveBlocker.start('prevent-app-suspension') : null;
      // Above 1: a bar of no known length.
      window()?.setProgressBar(isActive ? 2 : -1);
    });
  };

  app
    .whenReady()
    .then(show)
    .catch((error: unknown) => {
      log.error('app.notStarted', error);
      log.flushNow();
      app.exit(1);
    });
  log.info('app.started', {
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
    isPackaged: app.isPackaged,
  });
}
