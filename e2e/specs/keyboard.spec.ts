// The whole way with a key, to the report of a failover test, in Portuguese, without touching the mouse.
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../accessible.ts';
import { shoot, useSize } from '../look.ts';
import { answerFileDialogs, field, RUN_MS, wizardOf } from '../pages/wizard.ts';
import { expect, test } from '../practice.ts';
import { patternOf } from '../words.ts';

test.setTimeout(300_000);

/** More than the focusable parts of any screen. */
const MOST_TABS = 150;

/** Goes on with the Tab key until the focus is where it should be: what it never reaches cannot be used without a mouse. */
async function tabTo(window: Page, target: Locator): Promise<void> {
  // The input of a drawn choice is not itself drawn.
  await expect(target).toBeAttached({ timeout: RUN_MS });
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} cannot be reached with the Tab key`);
}

test('a key, Portuguese, a small window, and the keyboard alone', async ({ launch, servers }) => {
  const set = await servers();
  const { auth } = set.loginOf(1);
  const { app, window } = await launch();
  await useSize(app, 1024, 700);
  await answerFileDialogs(app, [auth.kind === 'key' ? auth.privateKeyFile : '']);
  const press = async (target: Locator, key = 'Enter'): Promise<void> => {
    await tabTo(window, target);
    await window.keyboard.press(key);
  };
  const fill = async (target: Locator, text: string): Promise<void> => {
    await tabTo(window, target);
    await window.keyboard.type(text);
  };

  const english = wizardOf(window);
  await press(window.getByRole('button', { name: english.words('window.settings.title') }));
  await tabTo(window, window.getByRole('combobox', { name: english.words('window.settings.language') }));
  await window.keyboard.press('End');
  const wizard = wizardOf(window, 'pt');
  const { words, action, button } = wizard;
  await expect(window.getByRole('heading', { name: words('window.settings.title') })).toBeVisible();
  await window.keyboard.press('Escape');
  expect(await window.evaluate(() => document.documentElement.lang)).toMatch(/^pt/u);

  await press(button('window.home.newAction'));
  for (const [index, { address }] of set.servers.entries()) await fill(field(wizard, 'window.servers.address').nth(index), address);
  await fill(field(wizard, 'window.servers.user'), 'admin');
  await tabTo(window, window.getByRole('radio', { name: words('window.servers.login.password') }));
  await window.keyboard.press('ArrowRight');
  await press(button('window.servers.key.choose'));
  await expect(button('window.servers.key.other')).toBeVisible();
  await tabTo(window, window.getByRole('combobox', { name: words('window.servers.sudo') }));
  await window.keyboard.press('Home');
  await press(action('window.servers.primary'));
  for (const server of [1, 2, 3] as const) {
    const card = window.getByRole('region', { name: words('window.servers.server', { number: server }) });
    await press(card.getByRole('button', { name: words('window.servers.key.accept') }));
    await expect(card.getByText(words('window.servers.state.reached'))).toBeVisible({ timeout: 20_000 });
  }
  await expectAccessible(window);
  await shoot(window, 'pt-1-servers');
  await press(action('window.servers.primary'));
  await expect(wizard.heading('window.redis.title')).toBeFocused();
  await shoot(window, 'pt-2-redis');
  await press(action('window.redis.primary'));
  await expect(wizard.heading('window.placement.title')).toBeFocused();
  await shoot(window, 'pt-3-placement');
  await press(action('window.placement.primary'));
  await expect(wizard.heading('window.reachability.title')).toBeFocused();
  await press(action('window.reachability.check'));
  await tabTo(window, action('window.reachability.review'));
  await expectAccessible(window);
  await shoot(window, 'pt-4-reachability');
  await window.keyboard.press('Enter');
  await press(window.getByRole('checkbox', { name: patternOf(words, 'window.review.confirm') }), 'Space');
  await expectAccessible(window);
  await shoot(window, 'pt-5-review');
  await press(action('window.review.install'));
  await expect(action('window.install.toFailover')).toBeVisible({ timeout: RUN_MS });
  await expectAccessible(window);
  await shoot(window, 'pt-6-install');
  await press(action('window.install.toFailover'));
  await expect(wizard.heading('window.failover.title')).toBeFocused();
  // Losing one server, which is the choice after all three.
  await tabTo(window, window.getByRole('radio', { name: words('window.failover.choice.all') }));
  await window.keyboard.press('ArrowDown');
  await expect(window.getByRole('radio', { name: patternOf(words, 'window.failover.choice.one') }).first()).toBeChecked();
  await press(window.getByRole('checkbox', { name: patternOf(words, 'window.failover.consent') }), 'Space');
  await expectAccessible(window);
  await shoot(window, 'pt-7-failover');
  await press(action('window.failover.startOne'));
  // While the server is down, the way out of it can be reached.
  await tabTo(window, button('window.failover.heal'));
  await expect(window.getByText(patternOf(words, 'window.failover.fault'))).toBeVisible();
  await expectAccessible(window);
  await shoot(window, 'pt-7-failover-live');
  await expect(action('window.failover.toReport')).toBeVisible({ timeout: RUN_MS });
  await expect(window.getByText(words('window.failover.state.asPlanned'))).toBeVisible();
  await expectAccessible(window);
  await shoot(window, 'pt-7-failover-result');
  // Another step by its number, as the rail says, and on from there.
  await window.keyboard.press('Control+6');
  await expect(wizard.heading('window.install.title')).toBeVisible();
  await window.keyboard.press('Control+7');
  await press(action('window.failover.toReport'));

  const tab = (name: 'report' | 'connect' | 'next'): Locator => window.getByRole('tab', { name: words(`window.report.tab.${name}`) });
  await expect(tab('report')).toBeVisible({ timeout: 20_000 });
  await expect(window.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible();
  await shoot(window, 'pt-8-report');
  await tabTo(window, tab('report'));
  await window.keyboard.press('ArrowRight');
  await expect(tab('connect')).toBeFocused();
  await expect(button('window.report.connect.copy')).toBeVisible();
  await press(button('window.report.connect.copy'));
  await expect(window.getByRole('status').getByText(words('window.report.connect.copiedPlain'))).toBeVisible();
  await expectAccessible(window);
  await shoot(window, 'pt-8-connect');
  await tabTo(window, tab('connect'));
  await window.keyboard.press('ArrowRight');
  await expect(tab('next')).toBeFocused();
  await tabTo(window, button('window.report.next.validate.start'));
  await expectAccessible(window);
  await shoot(window, 'pt-8-next');
});
