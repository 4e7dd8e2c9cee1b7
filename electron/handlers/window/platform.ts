import type { Settings } from '../../shared/contract/procedures.ts';

/** A kind of file that a dialog offers, by its extensions without dot. */
export interface FileFilter {
  readonly name: string;
  readonly extensions: readonly string[];
}

/** What only a desktop can do. The shell implements it with Electron; tests with a fake. */
export interface Platform {
  /** The path that the admin chose, or null when the dialog was cancelled. */
  chooseFile(options: { readonly title: string; readonly filters: readonly FileFilter[] }): Promise<string | null>;
  /** The folder that the admin chose or made, or null when the dialog was cancelled. */
  chooseFolder(options: { readonly title: string }): Promise<string | null>;
  saveFile(options: {
    readonly title: string;
    readonly defaultName: string;
    readonly filters: readonly FileFilter[];
  }): Promise<string | null>;
  copy(text: string): void;
  /** The operating system's keychain. Where it has none that protects, `isAvailable` is false and nothing is ever given to it. */
  readonly protect: { readonly isAvailable: boolean; encrypt(text: string): Buffer; decrypt(bytes: Buffer): string };
  /** Takes a secret out of everything that is written to a log from now on. */
  hideSecret(secret: string): void;
  /** Prints a page of our own scheme. */
  printPdf(url: string): Promise<Buffer>;
  showFolder(path: string): Promise<void>;
  notify(notice: { readonly title: string; readonly body: string }): void;
  systemLanguage(): 'en' | 'pt';
  applySettings(settings: Settings): void;
  isWindowFocused(): boolean;
}
