// What a person does with a cluster that runs, in the wizard: its bundle, its history, and going on from both on another computer.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { answerFileDialogs, RUN_MS, type Wizard } from './wizard.ts';
import type { TriadApp } from '../electronApp.ts';
import { patternOf } from '../words.ts';

/** The window of a started app, and how it is looked at. */
export interface Desk extends Pick<TriadApp, 'app' | 'folders'> {
  readonly wizard: Wizard;
  readonly look: (name: string) => Promise<void>;
}

const PASSPHRASE = 'four hens lay five eggs';

/** Opens a place below the steps of the rail. */
async function open({ window, words, heading }: Wizard, place: 'bundle' | 'history'): Promise<void> {
  await window
    .getByRole('navigation')
    .getByRole('button', { name: words(`window.step.${place}`) })
    .click();
  await expect(heading(`window.${place}.title`)).toBeVisible();
}

/** Exports the cluster with its password sealed, and gives the file. */
export async function exportBundle({ app, folders, wizard, look }: Desk): Promise<string> {
  const { window, words, action } = wizard;
  await open(wizard, 'bundle');
  await look('9-bundle');
  await window.getByRole('switch', { name: words('window.bundle.seal') }).click({ force: true });
  for (const field of ['window.bundle.passphrase', 'window.bundle.passphrase.again'] as const)
    await window.getByLabel(words(field), { exact: true }).fill(PASSPHRASE);
  const file = join(folders.home, 'exported.triad');
  await answerFileDialogs(app, [file]);
  await action('window.bundle.export').click();
  await expect(window.getByRole('heading', { name: words('window.bundle.written', { name: 'exported.triad' }) })).toBeVisible({
    timeout: RUN_MS,
  });
  await look('9-bundle-written');
  expect((await readFile(file)).includes(PASSPHRASE)).toBe(false);
  return file;
}

/** Looks into a bundle, compares it with the cluster and with itself, and is told of a damaged copy. */
export async function lookIntoBundle({ app, folders, wizard, look }: Desk, file: string): Promise<void> {
  const { window, words, action } = wizard;
  await window.getByRole('tab', { name: words('window.bundle.tab.inspect') }).click();
  await answerFileDialogs(app, [file]);
  await action('window.bundle.choose').click();
  await expect(window.getByText(words('window.bundle.whole'))).toBeVisible();
  await expect(window.getByText(words('window.bundle.password.sealed'))).toBeVisible();
  await action('window.bundle.compareCluster').click();
  await expect(window.getByText(words('window.bundle.same'))).toBeVisible({ timeout: 20_000 });
  await look('9-bundle-compared');
  const damaged = join(folders.home, 'damaged.triad');
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
  await writeFile(damaged, bytes);
  await answerFileDialogs(app, [damaged]);
  await action('window.bundle.chooseOther').click();
  await expect(window.getByRole('alert').getByText('configBundle.damaged', { exact: true })).toBeVisible();
  await expect(window.getByText(words('window.bundle.whole'))).toHaveCount(0);
}

/** Finds all runs in the history, compares the two newest validations, and opens a report. */
export async function lookIntoHistory({ wizard, look }: Desk): Promise<void> {
  const { window, words, action } = wizard;
  await open(wizard, 'history');
  const rows = window.getByRole('table').getByRole('row');
  const validations = rows.filter({ hasText: words('window.report.workflow.validate') });
  await expect(validations).toHaveCount(2);
  for (const workflow of ['check', 'plan', 'install', 'failoverTest'] as const)
    await expect(rows.filter({ hasText: words(`window.report.workflow.${workflow}`) })).not.toHaveCount(0);
  await look('9-history');
  for (const row of [0, 1]) await validations.nth(row).getByRole('checkbox').check();
  await action('window.history.compare').click();
  await expect(wizard.heading('window.history.compared')).toBeVisible();
  await expect(window.getByText(words('window.history.compared.same'))).toBeVisible({ timeout: 20_000 });
  await look('9-history-compared');
  await action('window.history.back').click();
  await rows
    .filter({ hasText: words('window.report.workflow.install') })
    .getByRole('button', { name: words('window.history.open') })
    .click();
  await expect(window.frameLocator('iframe').getByText(words('report.verdict.pass')).first()).toBeVisible({ timeout: 20_000 });
}

/** Opens a bundle on a computer that knows nothing of the cluster, gives what it does not bring, and validates from there. */
export async function goOnElsewhere({ app, wizard, look }: Desk, file: string, login: string): Promise<void> {
  const { window, words, action, button, heading } = wizard;
  await expect(button('window.home.openAction')).toBeVisible();
  await answerFileDialogs(app, [file]);
  await button('window.home.openAction').click();
  await expect(heading('window.bundle.title')).toBeVisible();
  await expect(window.getByText(words('window.bundle.give.logins.note'))).toBeVisible();
  await expect(window.getByRole('button', { name: patternOf(words, 'window.bundle.copyKey') })).toHaveCount(3);
  await look('9-bundle-taken');
  await window.getByLabel(words('window.bundle.passphrase'), { exact: true }).fill(PASSPHRASE);
  await button('window.bundle.give.password.open').click();
  await expect(window.getByText(words('window.bundle.give.password.known'))).toBeVisible({ timeout: 20_000 });
  await action('window.bundle.taken.validate').click();
  // The login alone is asked for, and no host key.
  const dialog = window.getByRole('dialog', { name: words('window.secrets.title') });
  await dialog.getByRole('textbox').fill(login);
  await dialog.getByRole('button', { name: words('window.secrets.goOn') }).click();
  await expect(window.frameLocator('iframe').getByText(words('report.verdict.pass')).first()).toBeVisible({ timeout: RUN_MS });
  await expect(window.locator('main header').getByText(words('report.verdict.pass'), { exact: true })).toBeVisible();
}
