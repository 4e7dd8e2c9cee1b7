// The whole way of a new administrator: from Home to the report, on three practice servers.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { Report } from '../../electron/shared/domain/report.ts';
import { expectAccessible } from '../accessible.ts';
import { shoot, useScheme, useSize } from '../look.ts';
import {
  acceptServers,
  answerFileDialogs,
  beginInstallation,
  field,
  goOn,
  pasteAddresses,
  RUN_MS,
  wizardOf,
  type Wizard,
} from '../pages/wizard.ts';
import { exportBundle, goOnElsewhere, lookIntoBundle, lookIntoHistory } from '../pages/runningCluster.ts';
import { expect, test } from '../practice.ts';
import { patternOf } from '../words.ts';

// Under a minute and a half on an idle machine, four where two cores have other work.
test.setTimeout(480_000);

/** Looks at a screen in both themes: axe finds nothing, and a picture is left to look at. */
async function look({ window }: Wizard, triad: Parameters<typeof useScheme>[0], name: string): Promise<void> {
  for (const scheme of ['dark', 'light'] as const) {
    await useScheme(triad, scheme);
    await expectAccessible(window);
    await shoot(window, `${name}-${scheme}`);
  }
}

const clipboardOf = (app: ElectronApplication): Promise<string> => app.evaluate(async ({ clipboard }) => clipboard.readText());

/** Pages of a PDF as Chromium writes it, whose page objects are not compressed. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0;

test('with a password, from Home to the report', async ({ launch, servers }) => {
  const set = await servers({ login: 'password', firewall: 'nftables' });
  const { app, window, folders } = await launch();
  await useSize(app, 1440, 900);
  const wizard = wizardOf(window);
  const { words, action, button } = wizard;

  await expect(button('window.home.newAction')).toBeVisible();
  await look(wizard, app, '0-home');
  await beginInstallation(wizard);
  await pasteAddresses(wizard, set);
  await field(wizard, 'window.servers.user').fill('admin');
  const { auth } = set.loginOf(1);
  await field(wizard, 'window.servers.password', { user: 'admin' }).fill(auth.kind === 'password' ? auth.password : '');
  await window.getByRole('combobox', { name: words('window.servers.sudo') }).selectOption(words('window.servers.sudo.none'));
  await acceptServers(wizard, set);
  await look(wizard, app, '1-servers');

  await goOn(wizard, 'window.servers.primary', 'window.redis.title');
  await look(wizard, app, '2-redis');
  await goOn(wizard, 'window.redis.primary', 'window.placement.title');
  await look(wizard, app, '3-placement');
  await goOn(wizard, 'window.placement.primary', 'window.reachability.title');

  await action('window.reachability.check').click();
  await expect(action('window.reachability.review')).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '4-reachability');
  await goOn(wizard, 'window.reachability.review', 'window.review.title');

  const confirm = window.getByRole('checkbox', { name: patternOf(words, 'window.review.confirm') });
  await expect(confirm).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '5-review');
  await expect(action('window.review.install')).toBeDisabled();
  const planFile = join(folders.home, 'plan.txt');
  await answerFileDialogs(app, [planFile]);
  await action('window.review.save').click();
  await expect(window.getByText(words('window.review.saved', { name: 'plan.txt' }))).toBeVisible();
  expect(await readFile(planFile, 'utf8')).toContain('triad-sessions-7000.service');
  // Nothing was changed yet.
  expect((await set.run(1, 'ls /opt/triad /etc/systemd/system/triad-*')).code).not.toBe(0);
  await confirm.check();
  await goOn(wizard, 'window.review.install', 'window.install.title');

  await expect(action('window.install.toFailover')).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '6-install');
  await goOn(wizard, 'window.install.toFailover', 'window.failover.title');

  await window
    .getByRole('radio', { name: patternOf(words, 'window.failover.choice.one') })
    .first()
    .check();
  await window.getByRole('checkbox', { name: patternOf(words, 'window.failover.consent') }).check();
  await look(wizard, app, '7-failover');
  await action('window.failover.startOne').click();
  await expect(button('window.failover.heal')).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '7-failover-live');
  await expect(action('window.failover.toReport')).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '7-failover-result');
  await action('window.failover.toReport').click();
  await expect(window.getByRole('tab', { name: words('window.report.tab.report') })).toBeVisible({ timeout: 20_000 });
  await look(wizard, app, '8-report');

  const files = { html: join(folders.home, 'saved.html'), pdf: join(folders.home, 'saved.pdf'), json: join(folders.home, 'saved.json') };
  await answerFileDialogs(app, Object.values(files));
  for (const format of ['html', 'pdf', 'json'] as const) {
    await button(`window.report.save.${format}`).click();
    await expect(window.getByText(words('window.report.saved', { name: `saved.${format}` }))).toBeVisible({ timeout: 30_000 });
  }
  const report = Report.parse(JSON.parse(await readFile(files.json, 'utf8')));
  expect(report).toMatchObject({ workflow: 'failoverTest', verdict: 'pass', language: 'en' });
  const html = await readFile(files.html, 'utf8');
  expect(html).toContain(words('report.verdict.pass'));
  expect(html).toContain(report.story);
  const pdf = await readFile(files.pdf);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pagesOf(pdf)).toBeGreaterThan(1);

  // What clients are given leaves the password out until it is asked for.
  await window.getByRole('tab', { name: words('window.report.tab.connect') }).click();
  const nodes = set.servers.flatMap(({ address }) => [`${address}:7000`, `${address}:7001`]);
  const copy = window.getByRole('main').getByRole('button', { name: words('window.report.connect.copy'), exact: true });
  await copy.click();
  await expect(window.getByText(words('window.report.connect.copiedPlain'))).toBeVisible();
  expect((await clipboardOf(app)).split(',').toSorted()).toEqual(nodes.toSorted());
  await look(wizard, app, '8-connect');
  await window.getByRole('tab', { name: words('window.report.connect.stackExchange') }).click();
  await copy.click();
  await expect(window.getByText(words('window.report.connect.copied'))).toBeVisible();
  const without = await clipboardOf(app);
  await button('window.report.connect.copyWith').click();
  await expect(window.getByText(words('window.report.connect.copiedWith'))).toBeVisible();
  const password = /password=(?<value>[^,]+)/u.exec(await clipboardOf(app))?.groups?.['value'] ?? '';
  expect(password.length).toBeGreaterThan(15);
  expect((await set.run(1, 'cat $(find /opt/triad /etc -name auth.conf)')).stdout).toContain(password);
  for (const node of nodes) expect(without).toContain(node);
  expect(without).toContain('[PASSWORD]');
  expect(without).not.toContain(password);

  // And the cluster is looked at once more.
  await window.getByRole('tab', { name: words('window.report.tab.next') }).click();
  await button('window.report.next.validate.start').click();
  const card = window.getByRole('region', { name: words('window.report.next.validate') });
  await expect(card.getByRole('status').getByText(words('report.verdict.pass'), { exact: true })).toBeVisible({ timeout: RUN_MS });
  await look(wizard, app, '8-next');
  await card.getByRole('button', { name: words('window.report.next.show') }).click();
  await expect(window.frameLocator('iframe').getByText(words('report.verdict.pass')).first()).toBeVisible({ timeout: 20_000 });

  // What a cluster that runs is come back for: its bundle and its history, here and on a computer that knew nothing of it.
  const desk = { app, folders, wizard, look: async (name: string) => look(wizard, app, name) };
  const bundle = await exportBundle(desk);
  await lookIntoBundle(desk, bundle);
  await lookIntoHistory(desk);
  const other = await launch();
  const otherWizard = wizardOf(other.window);
  const otherDesk = { ...other, wizard: otherWizard, look: async (name: string) => look(otherWizard, other.app, name) };
  await goOnElsewhere(otherDesk, bundle, auth.kind === 'password' ? auth.password : '');
});
