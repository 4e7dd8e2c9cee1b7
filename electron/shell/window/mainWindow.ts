import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { palette } from '../../shared/figures/palette.ts';
import type { ShellLog } from '../log/logFile.ts';
import { APP_PAGE } from '../ownAddress.ts';
import { noGpuAtOf } from './graphics.ts';
import { nextTextSize, type TextSizeStep } from './textSize.ts';
import { placeWindow, SMALLEST, writeWindowState, type WindowState } from './windowState.ts';

/** What the window is made with. */
export interface MainWindowOptions {
  /** The built preload script. */
  readonly preload: string;
  readonly icon: string | null;
  /** How it was left, and the file that keeps it. */
  readonly state: WindowState;
  readonly stateFile: string;
  readonly isDevelopment: boolean;
  readonly log: ShellLog;
}

/** Our one window. */
export interface MainWindow {
  readonly window: BrowserWindow;
  textSize(step: TextSizeStep): void;
  /** Brings it to the front, wherever it was. */
  focus(): void;
  /** Keeps for the next start's first paint what has changed. */
  remember(known: Partial<Pick<WindowState, 'settings' | 'hasCards'>>): void;
}

const SAVE_AFTER_MS = 400;
/** A page that never paints must not leave Triad running invisibly. */
const SHOW_AFTER_MS = 4000;

/** Makes the window and begins to load its page; it shows itself with the first paint. */
export function createMainWindow({ preload, icon, state, stateFile, isDevelopment, log }: MainWindowOptions): MainWindow {
  let { zoomFactor, settings, hasCards, noGpuAtMs } = state;
  const window = new BrowserWindow({
    ...placeWindow(state.bounds, workAreas()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Triad',
    backgroundColor: background(),
    ...(icon === null ? {} : { icon }),
    webPreferences: {
      preload,
      // Else nothing is kept for somebody who opens Triad every other week.
      v8CacheOptions: 'bypassHeatCheck',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      devTools: isDevelopment,
      zoomFactor,
    },
  });
  const { webContents } = window;

  let timer: NodeJS.Timeout | null = null;
  const save = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { x, y, width, height } = window.getNormalBounds();
    const isKept = writeWindowState(stateFile, {
      schemaVersion: 1,
      bounds: { x, y, width, height },
      isMaximised: window.isMaximized(),
      zoomFactor,
      settings,
      hasCards,
      noGpuAtMs,
    });
    if (!isKept) log.warn('window.stateNotKept');
  };
  const saveSoon = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('maximize', saveSoon);
  window.on('unmaximize', saveSoon);
  window.on('close', save);
  window.on('closed', () => {
    if (timer !== null) clearTimeout(timer);
  });

  const show = (): void => {
    clearTimeout(late);
    if (window.isDestroyed() || window.isVisible()) return;
    if (state.isMaximised) window.maximize();
    window.show();
    // Not earlier: what draws is known by the first frame.
    const found = noGpuAtOf(noGpuAtMs, app.getGPUFeatureStatus().gpu_compositing, Date.now());
    if (found !== noGpuAtMs) saveSoon();
    noGpuAtMs = found;
    log.info('window.shown', { sinceStartMs: Math.round(Date.now() - (process.getCreationTime() ?? Date.now())) });
  };
  const late = setTimeout(show, SHOW_AFTER_MS);
  window.once('ready-to-show', show);

  const paintBackground = (): void => {
    if (!window.isDestroyed()) window.setBackgroundColor(background());
  };
  nativeTheme.on('updated', paintBackground);
  window.on('closed', () => nativeTheme.off('updated', paintBackground));

  const textSize = (step: TextSizeStep): void => {
    zoomFactor = nextTextSize(zoomFactor, step);
    webContents.setZoomFactor(zoomFactor);
    saveSoon();
  };
  // Chromium keeps a factor for each host as it thinks fit; ours is the one that counts.
  webContents.on('dom-ready', () => webContents.setZoomFactor(zoomFactor));
  webContents.on('zoom-changed', (_, direction) => textSize(direction === 'in' ? 'larger' : 'smaller'));
  // The page's own title is the step; the window has a name.
  window.on('page-title-updated', (event) => event.preventDefault());

  // What fails is told by `did-fail-load` and `did-navigate`.
  window.loadURL(APP_PAGE).catch(() => undefined);
  return {
    window,
    textSize,
    focus: () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    remember: (known) => {
      settings = known.settings ?? settings;
      hasCards = known.hasCards ?? hasCards;
      saveSoon();
    },
  };
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? palette.dark.page : palette.light.page;
}

function workAreas(): readonly Electron.Rectangle[] {
  const main = screen.getPrimaryDisplay();
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)].map(({ workArea }) => workArea);
}
