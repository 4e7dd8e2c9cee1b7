// What a person does in the wizard, step by step, with the words of the catalogue.
import { expect } from '@playwright/test';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { patternOf, wordsOf, type Words } from '../words.ts';

/** The longest that a run may take here; on a quiet machine each takes seconds. */
export const RUN_MS = 90_000;

/** One window of the wizard, in one language. */
export interface Wizard {
  readonly window: Page;
  readonly words: Words;
  readonly button: (code: Parameters<Words>[0]) => Locator;
  readonly heading: (code: Parameters<Words>[0]) => Locator;
}

/** Speaks of a window in a language. */
export function wizardOf(window: Page, language: 'en' | 'pt' = 'en'): Wizard {
  const words = wordsOf(language);
  return {
    window,
    words,
    button: (code) => window.getByRole('button', { name: patternOf(words, code) }),
    heading: (code) => window.getByRole('heading', { level: 1, name: words(code) }),
  };
}

/** The fields with a label; a star and a help bubble stand beside it. */
export function field(
  { window, words }: Pick<Wizard, 'window' | 'words'>,
  code: Parameters<Words>[0],
  values: Parameters<Words>[1] = {},
): Locator {
  return window.getByRole('textbox', { name: new RegExp(`^${words(code, values)}( \\*)?$`, 'u') });
}

/** From Home to the empty step Servers. */
export async function beginInstallation({ button, heading }: Wizard): Promise<void> {
  await button('window.home.newAction').click();
  await expect(heading('window.servers.title')).toBeVisible();
}

/** Answers the next dialogs that choose a file, in their order. */
export async function answerFileDialogs(app: ElectronApplication, files: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, answers) => {
    const left = [...answers];
    const next = (): string | undefined => left.shift();
    dialog.showOpenDialog = async () => {
      const file = next();
      return Promise.resolve({ canceled: file === undefined, filePaths: file === undefined ? [] : [file] });
    };
    dialog.showSaveDialog = async () => {
      const file = next();
      return Promise.resolve({ canceled: file === undefined, filePath: file ?? '' });
    };
  }, files);
}

/** Pastes the three addresses at once, as from a mail. */
export async function pasteAddresses({ window, words, button }: Wizard, set: PracticeSet): Promise<void> {
  await button('window.servers.paste').click();
  await window.getByLabel(words('window.servers.paste.label')).fill(set.servers.map(({ address }) => address).join('\n'));
  await button('window.servers.paste.apply').click();
  for (const [index, { address }] of set.servers.entries())
    await expect(field({ window, words }, 'window.servers.address').nth(index)).toHaveValue(address);
}

/** Tests all three servers and accepts their keys after comparing the fingerprints with the servers' own. */
export async function acceptServers({ window, words, button }: Wizard, set: PracticeSet): Promise<void> {
  await button('window.servers.testAll').click();
  for (const server of [1, 2, 3] as const) {
    const card = window.getByRole('region', { name: words('window.servers.server', { number: server }) });
    await expect(card.getByText(set.fingerprintOf(server), { exact: true })).toBeVisible({ timeout: 20_000 });
    await card.getByRole('button', { name: patternOf(words, 'window.servers.key.accept') }).click();
    await expect(card.getByText(words('window.servers.state.reached'))).toBeVisible({ timeout: 20_000 });
  }
}

/** Presses the primary action of a step and waits for the next one. */
export async function goOn({ button, heading }: Wizard, primary: Parameters<Words>[0], next: Parameters<Words>[0]): Promise<void> {
  await button(primary).click();
  await expect(heading(next)).toBeVisible({ timeout: 20_000 });
}
