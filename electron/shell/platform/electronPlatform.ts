import { clipboard, dialog, Notification, safeStorage, shell, type BrowserWindow } from 'electron';
import type { Platform } from '../../handlers/window/platform.ts';
import type { Settings } from '../../shared/contract/procedures.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ShellLog } from '../log/logFile.ts';
import { createNotices } from './notices.ts';
import { printPdf } from './printPdf.ts';

/** What the platform needs of the shell. */
export interface PlatformOptions {
  readonly window: () => BrowserWindow | null;
  readonly focus: () => void;
  readonly applySettings: (settings: Settings) => void;
  readonly systemLanguage: () => Language;
  readonly hideSecret: (secret: string) => void;
  readonly log: ShellLog;
}

/** What only a desktop can do, done with Electron. */
export function createElectronPlatform({ window, focus, applySettings, systemLanguage, hideSecret, log }: PlatformOptions): Platform {
  const notify = createNotices({
    window,
    focus,
    isSupported: () => Notification.isSupported(),
    make: (content) => new Notification(content),
  });
  const chooseOne = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const owner = window();
    const { canceled, filePaths } = owner === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(owner, options);
    return canceled ? null : (filePaths[0] ?? null);
  };
  return {
    chooseFile: async ({ title, filters }) => {
      const properties: Electron.OpenDialogOptions['properties'] = ['openFile', 'showHiddenFiles', 'dontAddToRecent'];
      return chooseOne({ title, filters: copyFilters(filters), properties });
    },
    chooseFolder: async ({ title }) => chooseOne({ title, properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] }),
    saveFile: async ({ title, defaultName, filters }) => {
      const options: Electron.SaveDialogOptions = {
        title,
        defaultPath: defaultName,
        filters: copyFilters(filters),
        properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
      };
      const owner = window();
      const { canceled, filePath } = owner === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(owner, options);
      return canceled || filePath === '' ? null : filePath;
    },
    copy: (text) => {
      // Newer versions of Electron write it later.
      void clipboard.writeText(text);
    },
    protect: {
      get isAvailable() {
        return isKeychainAvailable();
      },
      encrypt: (text) => safeStorage.encryptString(text),
      decrypt: (bytes) => safeStorage.decryptString(bytes),
    },
    hideSecret,
    printPdf,
    showFolder: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') log.warn('folder.notOpened', { problem });
    },
    notify,
    systemLanguage,
    applySettings,
    isWindowFocused: () => window()?.isFocused() ?? false,
  };
}

/** Chromium's `basic_text` is a key that stands in its source: it protects from nobody and counts as no keychain. */
function isKeychainAvailable(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

function copyFilters(filters: Parameters<Platform['chooseFile']>[0]['filters']): Electron.FileFilter[] {
  return filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] }));
}
