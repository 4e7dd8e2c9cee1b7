import type { Platform } from '../platform.ts';

/** A desktop for tests: dialogs answer what they are told to, the keychain turns letters around, and everything that was done is kept. */
export interface FakePlatform extends Platform {
  /** What the next dialogs answer, in order; an empty list is a mistake of the test. */
  readonly answers: (string | null)[];
  /** The kinds of files that dialogs have offered, by extension. */
  readonly offered: string[];
  readonly copied: string[];
  /** Secrets that the log was told of. */
  readonly hidden: string[];
  readonly notices: { readonly title: string; readonly body: string }[];
  readonly shown: string[];
  readonly printed: string[];
  isFocused: boolean;
}

/** Makes one; without a keychain it is like a desktop that has none. */
export function fakePlatform(options: { readonly hasKeychain?: boolean } = {}): FakePlatform {
  const answers: (string | null)[] = [];
  const offered: string[] = [];
  const answer = async ({ filters }: Parameters<Platform['chooseFile']>[0]): Promise<string | null> => {
    offered.push(...filters.flatMap(({ extensions }) => extensions));
    const next = answers.shift();
    if (next === undefined) throw new Error('a dialog was opened that the test did not expect');
    return Promise.resolve(next);
  };
  const copied: string[] = [];
  const hidden: string[] = [];
  const notices: { readonly title: string; readonly body: string }[] = [];
  const shown: string[] = [];
  const printed: string[] = [];
  const turned = (text: string): string => Array.from(text).toReversed().join('');
  const platform: FakePlatform = {
    answers,
    offered,
    copied,
    hidden,
    notices,
    shown,
    printed,
    isFocused: true,
    chooseFile: answer,
    chooseFolder: async ({ title }) => answer({ title, filters: [] }),
    saveFile: answer,
    copy: (text) => copied.push(text),
    protect: {
      isAvailable: options.hasKeychain ?? true,
      encrypt: (text) => {
        if (options.hasKeychain === false) throw new Error('there is no keychain');
        return Buffer.from(turned(text));
      },
      decrypt: (bytes) => turned(bytes.toString('utf8')),
    },
    hideSecret: (secret) => hidden.push(secret),
    printPdf: async (url) => {
      printed.push(url);
      return Promise.resolve(Buffer.from('%PDF-'));
    },
    showFolder: async (path) => {
      shown.push(path);
      return Promise.resolve();
    },
    notify: (notice) => notices.push(notice),
    systemLanguage: () => 'en',
    applySettings: () => undefined,
    isWindowFocused: () => platform.isFocused,
  };
  return platform;
}
