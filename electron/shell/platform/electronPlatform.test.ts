import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Platform } from '../../handlers/window/platform.ts';
import { createFakeLog } from '../testing/fakeLog.ts';
import { createElectronPlatform } from './electronPlatform.ts';

/** A desktop in place of Electron's. */
const desktop = vi.hoisted(() => ({
  backend: 'gnome_libsecret',
  canEncrypt: true,
  open: { canceled: false, filePaths: ['/home/ana/key'] },
  save: { canceled: false, filePath: '/home/ana/report.html' },
  problem: '',
  asked: [] as readonly string[],
}));
vi.mock('electron', () => ({
  clipboard: {},
  dialog: {
    showOpenDialog: (options: Electron.OpenDialogOptions) => {
      desktop.asked = options.properties ?? [];
      return Promise.resolve(desktop.open);
    },
    showSaveDialog: () => Promise.resolve(desktop.save),
  },
  Notification: { isSupported: () => false },
  safeStorage: { isEncryptionAvailable: () => desktop.canEncrypt, getSelectedStorageBackend: () => desktop.backend },
  shell: { openPath: () => Promise.resolve(desktop.problem) },
}));
vi.mock('./printPdf.ts', () => ({ printPdf: () => Promise.reject(new Error('not printed here')) }));

const log = createFakeLog();
const hidden: string[] = [];
let platform: Platform;
const real = process.platform;
const runOn = (system: NodeJS.Platform): void => {
  Object.defineProperty(process, 'platform', { value: system });
};

beforeEach(() => {
  platform = createElectronPlatform({
    window: () => null,
    focus: () => undefined,
    applySettings: () => undefined,
    systemLanguage: () => 'pt',
    hideSecret: (secret) => hidden.push(secret),
    log,
  });
});
afterEach(() => {
  runOn(real);
});

describe('the keychain', () => {
  it.each([
    ['linux', 'gnome_libsecret', true, true],
    ['linux', 'kwallet6', true, true],
    // A key that stands in Chromium's source protects from nobody.
    ['linux', 'basic_text', true, false],
    ['linux', 'unknown', true, false],
    ['linux', 'gnome_libsecret', false, false],
    ['win32', 'unknown', true, true],
    ['darwin', 'unknown', false, false],
  ] as const)('on %s with %s, which encrypts (%s), protects: %s', (system, backend, canEncrypt, isAvailable) => {
    runOn(system);
    Object.assign(desktop, { backend, canEncrypt });
    expect(platform.protect.isAvailable).toBe(isAvailable);
  });
});

describe('dialogs', () => {
  it('give the place that was chosen, and nothing when they were cancelled', async () => {
    const open = { title: '', filters: [] };
    const save = { title: '', defaultName: 'x', filters: [] };
    expect([await platform.chooseFile(open), await platform.saveFile(save)]).toEqual(['/home/ana/key', '/home/ana/report.html']);
    expect(desktop.asked).toContain('openFile');
    expect(await platform.chooseFolder({ title: '' })).toBe('/home/ana/key');
    expect(desktop.asked).toContain('openDirectory');
    expect(desktop.asked).not.toContain('openFile');
    desktop.open = { canceled: true, filePaths: ['/home/ana/key'] };
    desktop.save = { canceled: true, filePath: '/home/ana/report.html' };
    expect([await platform.chooseFile(open), await platform.saveFile(save)]).toEqual([null, null]);
    expect(await platform.chooseFolder({ title: '' })).toBeNull();
  });
});

it('the log is told of secrets, and of a folder that could not be opened', async () => {
  platform.hideSecret('hunter2');
  expect(hidden).toEqual(['hunter2']);
  desktop.problem = 'no file manager';
  await platform.showFolder('/nowhere');
  expect(log.lines).toEqual(['warn folder.notOpened {"problem":"no file manager"}']);
});
