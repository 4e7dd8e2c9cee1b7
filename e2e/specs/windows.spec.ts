// The whole way on three Windows servers: from Home to the report, and once more from Home. They are practice servers: Wine behind the manner of
// Windows' own OpenSSH (scripts/practice/README.md says what that cannot show).
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { expectAccessible } from '../accessible.ts';
import { shoot, useScheme, useSize } from '../look.ts';
import {
  acceptServers,
  answerFileDialogs,
  beginInstallation,
  field,
  giveWindowsArchive,
  goOn,
  logInEach,
  loseServer,
  pasteAddresses,
  RUN_MS,
  wizardOf,
} from '../pages/wizard.ts';
import { expect, test } from '../practice.ts';
import { patternOf } from '../words.ts';

// A minute and a half on an idle machine: programs start slowly under Wine.
test.setTimeout(600_000);

/** Each program that Triad calls there starts slowly under Wine, and there are many in an installation. */
const LONG_MS = 3 * RUN_MS;

/** What has no place on a screen about Windows servers alone. */
const OF_LINUX = /\bsudo\b|systemd|systemctl|\bufw\b|nftables|\/etc\b|\/opt\b|\/var\b|\broot\b/u;

/** What Triad has put on the disk of a server, and which services it has there. */
function installedOn(set: PracticeSet, server: 1 | 2 | 3): readonly string[] {
  const { driveC } = set.windows(server);
  return existsSync(join(driveC, 'Triad', 'nodes')) ? readdirSync(join(driveC, 'Triad', 'nodes')) : [];
}

const servers3 = [1, 2, 3] as const;

test('three Windows servers, from Home to the report, and validated again from Home', async ({ launch, servers }) => {
  await ensureHelper(() => undefined);
  const set = await servers({ windows: true, login: 'password' });
  const { app, window, folders } = await launch();
  await useSize(app, 1440, 900);
  const wizard = wizardOf(window);
  const { words, action, button } = wizard;

  /** Looks at a screen in both themes, and reads it for what only Linux has. */
  async function look(name: string): Promise<void> {
    for (const scheme of ['dark', 'light'] as const) {
      await useScheme(app, scheme);
      await expectAccessible(window);
      await shoot(window, `windows-${name}-${scheme}`);
    }
    expect((await window.locator('main').innerText()).match(OF_LINUX)?.[0], name).toBeUndefined();
  }

  await beginInstallation(wizard);
  await pasteAddresses(wizard, set);
  await field(wizard, 'window.servers.user').fill('Administrator');
  const { auth } = set.loginOf(1);
  await field(wizard, 'window.servers.password', { user: 'Administrator' }).fill(auth.kind === 'password' ? auth.password : '');
  await acceptServers(wizard, set);
  // What they run on was found out: nothing is asked for sudo, and what nobody supports is said.
  await expect(window.getByText('Windows Server 2022 Standard')).toHaveCount(3);
  await expect(window.getByText(words('window.windows.all'))).toBeVisible();
  await expect(window.getByText(words('window.servers.sudo.windows'))).toBeVisible();
  await look('1-servers');

  await goOn(wizard, 'window.servers.primary', 'window.redis.title');
  await expect(window.getByText(words('window.windows.all'))).toBeVisible();
  await giveWindowsArchive(app, wizard, set.windowsArchive());
  await window.getByRole('button', { name: new RegExp(`^${words('window.redis.more')}`, 'u') }).click();
  await expect(field(wizard, 'window.redis.folder.windows')).toHaveAttribute('placeholder', String.raw`C:\Triad`);
  await expect(field(wizard, 'window.redis.folder.data')).toHaveCount(0);
  await look('2-redis');
  await goOn(wizard, 'window.redis.primary', 'window.placement.title');
  await look('3-placement');
  await goOn(wizard, 'window.placement.primary', 'window.reachability.title');

  await action('window.reachability.check').click();
  await expect(action('window.reachability.review')).toBeVisible({ timeout: LONG_MS });
  await look('4-reachability');
  await goOn(wizard, 'window.reachability.review', 'window.review.title');

  const confirm = window.getByRole('checkbox', { name: patternOf(words, 'window.review.confirm') });
  await expect(confirm).toBeVisible({ timeout: LONG_MS });
  await expect(window.getByText(words('window.windows.all'))).toBeVisible();
  await button('window.review.openAll').click();
  await look('5-review');
  // Paths, services, rules of the firewall, who may use what, and what takes it back.
  const cluster = 'sessions';
  const node = `C:\\Triad\\nodes\\${cluster}\\7000`;
  const first = window.getByRole('main');
  for (const shown of [
    words('report.change.folder', { path: node }),
    words('report.access.ofService', { account: String.raw`NT SERVICE\triad-sessions-7000` }),
    words('report.change.windows.service.enableAndStart', { unit: 'triad-sessions-7000' }),
    words('report.change.windows.firewall'),
  ])
    await expect(first.getByText(shown).first(), shown).toBeAttached();
  await first
    .getByRole('button', { name: new RegExp(words('report.change.windows.service.enableAndStart', { unit: 'triad-sessions-7000' }), 'u') })
    .first()
    .click();
  await expect(first.getByText('sc.exe stop triad-sessions-7000')).toBeVisible();
  await first
    .getByRole('button', {
      name: new RegExp(words('report.change.windows.firewall'), 'u'),
    })
    .first()
    .click();
  await expect(first.getByText(/netsh\.exe advfirewall firewall add rule/u).first()).toBeVisible();
  await look('5-review-open');
  const planFile = join(folders.home, 'plan.txt');
  await answerFileDialogs(app, [planFile]);
  await action('window.review.save').click();
  await expect(window.getByText(words('window.review.saved', { name: 'plan.txt' }))).toBeVisible();
  expect(await readFile(planFile, 'utf8')).toContain(`${node}\\redis.conf`);
  // Nothing was changed yet.
  expect(servers3.flatMap((server) => installedOn(set, server))).toEqual([]);
  await confirm.check();
  await goOn(wizard, 'window.review.install', 'window.install.title');
  await expect(action('window.install.toFailover')).toBeVisible({ timeout: LONG_MS });
  expect(servers3.map((server) => installedOn(set, server))).toEqual([[cluster], [cluster], [cluster]]);
  await look('6-install');
  await goOn(wizard, 'window.install.toFailover', 'window.failover.title');

  await loseServer(wizard, LONG_MS, async () => look('7-failover'));
  await look('7-failover-result');
  await action('window.failover.toReport').click();
  await expect(window.frameLocator('iframe').getByText(words('report.verdict.pass')).first()).toBeVisible({ timeout: 20_000 });
  await look('8-report');

  // Once more, as a person comes back to it.
  await window
    .getByRole('banner')
    .getByRole('button', { name: words('window.frame.home') })
    .click();
  await button('window.home.validate').click();
  await expect(window.frameLocator('iframe').getByText(words('report.title.validate')).first()).toBeVisible({ timeout: LONG_MS });
  await expect(window.locator('main header').getByText(words('report.verdict.pass'), { exact: true })).toBeVisible();
  await look('9-validated');
  // No tool of Windows was asked for something that the practice servers have no answer for. They have no PowerShell, which Triad can do without, and the
  // shell is asked for Triad's own program before that is there.
  const unanswered = servers3.flatMap((server) => set.windows(server).unanswered());
  expect(unanswered.filter(({ tool }) => tool !== 'powershell.exe' && tool !== 'default shell')).toEqual([]);
});

test('one Windows server beside two of Linux: what that means is said, and its loss is survived', async ({ launch, servers }) => {
  await ensureHelper(() => undefined);
  const set = await servers({ login: 'password', servers: { 1: { windows: {} } } });
  const { app, window } = await launch();
  await useSize(app, 1440, 900);
  const wizard = wizardOf(window);
  const { words, action } = wizard;

  await beginInstallation(wizard);
  await pasteAddresses(wizard, set);
  await logInEach(wizard, set);
  const onWindows = await field(wizard, 'window.servers.name').first().inputValue();
  const mixed = window.getByText(words('window.windows.mixed', { servers: onWindows }));
  await acceptServers(wizard, set);
  await expect(mixed).toBeVisible();
  await expectAccessible(window);
  await shoot(window, 'windows-mixed-1-servers');
  await goOn(wizard, 'window.servers.primary', 'window.redis.title');
  await giveWindowsArchive(app, wizard, set.windowsArchive());
  await goOn(wizard, 'window.redis.primary', 'window.placement.title');
  await goOn(wizard, 'window.placement.primary', 'window.reachability.title');
  await action('window.reachability.check').click();
  await expect(action('window.reachability.review')).toBeVisible({ timeout: LONG_MS });
  await goOn(wizard, 'window.reachability.review', 'window.review.title');
  const confirm = window.getByRole('checkbox', { name: patternOf(words, 'window.review.confirm') });
  await expect(confirm).toBeVisible({ timeout: LONG_MS });
  // Each server gets what its own system has.
  const plan = window.getByRole('main');
  await wizard.button('window.review.openAll').click();
  for (const path of [String.raw`C:\Triad\nodes\sessions\7000`, '/var/lib/triad/sessions/7000'])
    await expect(plan.getByText(words('report.change.folder', { path })).first(), path).toBeAttached();
  await expect(mixed).toBeVisible();
  await shoot(window, 'windows-mixed-5-review');
  await confirm.check();
  await goOn(wizard, 'window.review.install', 'window.install.title');
  await expect(action('window.install.toFailover')).toBeVisible({ timeout: LONG_MS });
  expect(installedOn(set, 1)).toEqual(['sessions']);
  expect((await set.run(2, 'systemctl is-active triad-sessions-7000 triad-sessions-7001')).stdout).toBe('active\nactive\n');
  await goOn(wizard, 'window.install.toFailover', 'window.failover.title');
  await loseServer(wizard, LONG_MS);
  await action('window.failover.toReport').click();
  const report = window.frameLocator('iframe');
  await expect(report.getByText(words('report.verdict.pass')).first()).toBeVisible({ timeout: 20_000 });
  for (const name of ['Windows Server 2022 Standard', 'Debian GNU/Linux'])
    await expect(report.getByText(new RegExp(name, 'u')).first(), name).toBeAttached();
  await shoot(window, 'windows-mixed-8-report');
});
