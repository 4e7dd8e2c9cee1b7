// What a person does in the wizard, step by step, with the words of the catalogue.
import { expect } from '@playwright/test';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers, type ServerNumber } from '../../scripts/practice/setPlace.ts';
import { patternOf, wordsOf, type Words } from '../words.ts';

/** The longest that a run may take here; on a quiet machine each takes seconds. */
export const RUN_MS = 90_000;

/** One window of the wizard, in one language. */
export interface Wizard {
  readonly window: Page;
  readonly words: Words;
  readonly button: (code: Parameters<Words>[0]) => Locator;
  /** An action at the foot of the step; others on it may have the same name. */
  readonly action: (code: Parameters<Words>[0]) => Locator;
  readonly heading: (code: Parameters<Words>[0]) => Locator;
}

/** Speaks of a window in a language. */
export function wizardOf(window: Page, language: 'en' | 'pt' = 'en'): Wizard {
  const words = wordsOf(language);
  return {
    window,
    words,
    // Without the rail beside it, where a step can have the name of an action.
    button: (code) => window.getByRole('main').getByRole('button', { name: patternOf(words, code) }),
    action: (code) => window.locator('main footer').getByRole('button', { name: patternOf(words, code) }),
    heading: (code) => window.getByRole('heading', { level: 1, name: words(code) }),
  };
}

/** The fields with a label, in the window or in a part of it; a star and a help bubble stand beside it. */
export function field(
  { window, words }: { readonly window: Pick<Page, 'getByRole'>; readonly words: Words },
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

/** The card of one server in the step Servers. */
function cardOf({ window, words }: Wizard, number: ServerNumber): Locator {
  return window.getByRole('region', { name: words('window.servers.server', { number }) });
}

/** Gives each server a login by password of its own. */
export async function logInEach(wizard: Wizard, set: PracticeSet): Promise<void> {
  const { window, words } = wizard;
  await window.getByRole('switch', { name: words('window.servers.sameLogin') }).click({ force: true });
  for (const server of serverNumbers) {
    const card = { window: cardOf(wizard, server), words };
    const { user, auth, sudo } = set.loginOf(server);
    await field(card, 'window.servers.user').fill(user);
    await field(card, 'window.servers.password', { user }).fill(auth.kind === 'password' ? auth.password : '');
    if (sudo.kind !== 'notNeeded')
      await card.window.getByRole('combobox', { name: words('window.servers.sudo') }).selectOption(words('window.servers.sudo.none'));
  }
}

/** Tests all three servers and accepts their keys after comparing the fingerprints with the servers' own. */
export async function acceptServers(wizard: Wizard, set: PracticeSet): Promise<void> {
  const { words, button } = wizard;
  await button('window.servers.testAll').click();
  for (const server of serverNumbers) {
    const card = cardOf(wizard, server);
    await expect(card.getByText(set.fingerprintOf(server), { exact: true })).toBeVisible({ timeout: 20_000 });
    await card.getByRole('button', { name: patternOf(words, 'window.servers.key.accept') }).click();
    await expect(card.getByText(words('window.servers.state.reached'))).toBeVisible({ timeout: 20_000 });
  }
}

/** In the step Redis: chooses the archive for Windows servers, and gives the hash that was published for it. */
export async function giveWindowsArchive(
  app: ElectronApplication,
  wizard: Wizard,
  archive: { readonly file: string; readonly sha256: string },
): Promise<void> {
  const { window, words, button } = wizard;
  await answerFileDialogs(app, [archive.file]);
  await button('window.redis.windowsArchive.choose').click();
  await expect(window.getByText(words('windowsArchive.trust.nobody'))).toBeVisible({ timeout: 20_000 });
  await field(wizard, 'window.redis.windowsArchive.published').fill(archive.sha256);
  await expect(window.getByText(words('windowsArchive.trust.published'))).toBeVisible();
}

/** In the step Failover: loses the first server that can be chosen, and waits for the result. */
export async function loseServer(
  { window, words, action, button }: Wizard,
  waitMs: number,
  chosen: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await window
    .getByRole('radio', { name: patternOf(words, 'window.failover.choice.one') })
    .first()
    .check();
  await window.getByRole('checkbox', { name: patternOf(words, 'window.failover.consent') }).check();
  await chosen();
  await action('window.failover.startOne').click();
  await expect(button('window.failover.heal')).toBeVisible({ timeout: waitMs });
  await expect(action('window.failover.toReport')).toBeVisible({ timeout: waitMs });
}

/** Presses the primary action of a step and waits for the next one. */
export async function goOn({ action, heading }: Wizard, primary: Parameters<Words>[0], next: Parameters<Words>[0]): Promise<void> {
  await action(primary).click();
  await expect(heading(next)).toBeVisible({ timeout: 20_000 });
}

/** The steps in their order: heading of each, and the action that leaves it. */
const WAY = [
  ['window.servers.title', 'window.servers.primary'],
  ['window.redis.title', 'window.redis.primary'],
  ['window.placement.title', 'window.placement.primary'],
  ['window.reachability.title', 'window.reachability.review'],
] as const;

/** Goes from a filled step Servers, with known keys, to a later step before Review. */
export async function openedWith(wizard: Wizard, until: (typeof WAY)[number][0]): Promise<void> {
  await expect(wizard.heading(WAY[0][0])).toBeVisible();
  for (const [index, [heading, primary]] of WAY.entries()) {
    if (heading === until) return;
    await goOn(wizard, primary, WAY[index + 1]?.[0] ?? 'window.review.title');
  }
}

/** Goes from a filled step Servers to the changes in Review. */
export async function toReview(wizard: Wizard): Promise<void> {
  await openedWith(wizard, 'window.reachability.title');
  await wizard.action('window.reachability.check').click();
  await expect(wizard.action('window.reachability.review')).toBeVisible({ timeout: RUN_MS });
  await goOn(wizard, 'window.reachability.review', 'window.review.title');
  await expect(wizard.window.getByRole('checkbox', { name: patternOf(wizard.words, 'window.review.confirm') })).toBeVisible({
    timeout: RUN_MS,
  });
}
