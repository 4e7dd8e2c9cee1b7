import { join } from 'node:path';
import { app, Menu, nativeTheme, powerMonitor, powerSaveBlocker, session, shell, type BrowserWindow } from 'electron';
import type { WindowApi } from '../handlers/window/createWindowApi.ts';
import type { Platform } from '../handlers/window/platform.ts';
import type { FirstLook } from '../shared/contract/firstLook.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import type { LoadTexts } from '../shared/messages/speak.ts';
import { createAppCommands } from './appCommands.ts';
import { createClosing } from './closing.ts';
import { createCore } from './core.ts';
import { watchFaults } from './faults.ts';
import { fileArgument } from './fileArgument.ts';
import { hardenApp, hardenPages, hardenSession } from './hardening.ts';
import { serveIpc } from './ipc.ts';
import { followActivity } from './keepAwake.ts';
import { openLogFile } from './log/logFile.ts';
import { createRedactor } from './log/redact.ts';
import { systemLanguage } from './platform/systemLanguage.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import type { Services } from './services.ts';
import { isGpuKnownMissing } from './window/graphics.ts';
import { createMainWindow, type MainWindow } from './window/mainWindow.ts';
import { rescueWindow } from './window/rescueWindow.ts';
import { readWindowState } from './window/windowState.ts';

// What is imported here stands before the first paint: neither schemas nor words, which come with `services.ts` and take 45 ms to be evaluated.
// That is done when the page asks for the first time. Earlier it would hold back the page, whose every file comes from this process; from then
// on the page evaluates its own scripts at the same time. A module that is shared with the core puts all of it here: the bundler then has both in
// one chunk, which made the page begin 80 ms later. Hence types only, and `systemLanguage` handed on.

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
  /** Loads the core; called when the page asks for something, which it does before it evaluates what it consists of. */
  readonly loadCore: (platform: Platform, openFile: string | null) => Promise<WindowApi>;
  readonly loadTexts: LoadTexts;
}

const LOG_MAX_BYTES = 2_000_000;
const LOG_FILES = 3;

/** Starts the desktop app, or hands its file to the one that runs and ends. To be called before Electron is ready. */
export function startShell(options: ShellOptions): void {
  app.setName('Triad');
  registerScheme();
  // Ours comes with the words; Electron would make one of its own until then.
  Menu.setApplicationMenu(null);
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
  const isGpuMissing = isGpuKnownMissing(state.noGpuAtMs, Date.now());
  if (isGpuMissing) app.disableHardwareAcceleration();
  let { settings, hasCards } = state;
  let main: MainWindow | null = null;
  /** A file that macOS hands over before there is a core. */
  let firstFile = file;

  const window = (): BrowserWindow | null => (main === null || main.window.isDestroyed() ? null : main.window);
  const quit = (): void => app.quit();
  const commands = createAppCommands();
  const speak = async (made: Pick<Services, 'speak'>): Promise<void> => {
    try {
      await made.speak(settings);
    } catch (error) {
      log.error('settings.notApplied', error);
    }
  };
  const applySettings = (next: Settings): void => {
    if (next.theme === settings.theme && next.language === settings.language) return;
    settings = next;
    nativeTheme.themeSource = next.theme;
    main?.remember({ settings: next });
    void services().then(speak);
  };

  const loadServices = async (): Promise<Services> => {
    const { createServices } = await import('./services.ts');
    const made = createServices({
      core,
      log,
      redactor,
      window,
      focus: () => main?.focus(),
      menuActions: {
        command: (command) => void commands.send(command),
        textSize: (step) => main?.textSize(step),
        openLogs: () => void shell.openPath(logFolder),
      },
      isDevelopment,
      applySettings,
      systemLanguage,
      loadTexts: options.loadTexts,
    });
    await speak(made);
    return made;
  };
  let loading: Promise<Services> | null = null;
  const services = (): Promise<Services> => {
    loading ??= loadServices();
    return loading;
  };
  const core = createCore({
    load: async () => {
      const { platform } = await services();
      return options.loadCore(platform, firstFile);
    },
    commands,
    onSettings: applySettings,
    onHome: (next) => {
      if (next === hasCards) return;
      hasCards = next;
      main?.remember({ hasCards });
    },
  });

  const tellFault = async (error: unknown): Promise<void> => {
    await app.whenReady();
    await (await services()).questions.tellFault(error);
  };
  watchFaults(process, { write: (what, error) => log.error(what, error), tell: tellFault });

  const closing = createClosing({
    activeRuns: core.activeRuns,
    ask: async () => (await services()).questions.askToClose(),
    onStopping: () => {
      log.info('app.stoppingRuns');
      void services().then(({ tellStopping }) => tellStopping());
    },
    shutdown: core.shutdown,
    quit: () => {
      log.info('app.ended');
      log.flushNow();
      quit();
    },
    onError: (error) => log.error('app.stopFailed', error),
  });
  app.on('before-quit', (event) => {
    if (!closing.mayClose()) event.preventDefault();
  });
  app.on('window-all-closed', quit);

  const openLater = (path: string): void => {
    core.openFile(path).catch((error: unknown) => {
      log.error('file.notOpened', error);
      void tellFault(error);
    });
  };
  app.on('second-instance', (_, __, ___, data) => {
    main?.focus();
    const other = typeof data === 'object' && data !== null && 'file' in data ? data.file : null;
    if (typeof other === 'string') openLater(other);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (main === null) firstFile = path;
    else openLater(path);
  });

  let isFirstDocument = true;
  /** Later documents are reloads, which return to where they were, and a file opens a draft: both would show a Home that goes again. */
  const takeLook = (): FirstLook | null => {
    const isHome = isFirstDocument && firstFile === null;
    isFirstDocument = false;
    const language = settings.language === 'system' ? systemLanguage() : settings.language;
    return isHome ? { settings, language, hasCards } : null;
  };

  const show = (): void => {
    // Not earlier: Electron puts handlers of its own in place while it starts, which would ask a question that nobody may be there to answer.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void closing.stopNow());
    nativeTheme.themeSource = settings.theme;
    hardenPages(log);
    hardenSession(session.defaultSession, isDevelopment, log);
    serveScheme(session.defaultSession.protocol, {
      renderer: options.renderer,
      answerReport: async (address) => (await services()).answerReport(address),
      takeLook,
    });
    const { lastWords } = serveIpc({ page: () => window()?.webContents ?? null, services });
    app.once('will-quit', (event) => {
      event.preventDefault();
      void lastWords().finally(quit);
    });
    main = createMainWindow({ ...options, state, stateFile, isDevelopment, log });
    watchWindow(main.window);
    powerMonitor.on('shutdown', (event?: Electron.Event) => {
      // The system waits for a program that asks for it, within its patience.
      event?.preventDefault();
      void closing.stopNow();
    });
    stayAwakeDuringRuns();
  };

  const watchWindow = (own: BrowserWindow): void => {
    rescueWindow({ window: own, log, questions: async () => (await services()).questions, quit });
    own.on('close', (event) => {
      if (!closing.mayClose()) event.preventDefault();
    });
    own.on('query-session-end', (event) => {
      if (core.activeRuns() === 0) return;
      event.preventDefault();
      void closing.stopNow();
    });
    const endStreams = (): void => void services().then(({ streams }) => streams.endAll());
    own.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) endStreams();
    });
    own.webContents.on('render-process-gone', endStreams);
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
    isGpuMissing,
  });
}
