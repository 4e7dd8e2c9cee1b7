// The whole way on three Windows servers: from Home to the report, and once more from Home. They are practice servers: Wine behind the manner of
// Windows' own OpenSSH (scripts/practice/README.md says what that cannot show).
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { expectAccessible } from '../accessible.ts';
import { shoot, useScheme, useSize } from '../look.ts';
import { acceptServers, answerFileDialogs, beginInstallation, field, goOn, pasteAddresses, RUN_MS, wizardOf } from '../pages/wizard.ts';
import { expect, test } from '../practice.ts';
import { patternOf } from '../words.ts';

// A minute and a half on an idle machine: programs start slowly under Wine.
test.setTimeout(600_000);
// A busy machine now and then ends a program of Wine before it has run (exit code 255 of the practice host), which no Windows does: the journey is then made again.
test.describe.configure({ retries: 1 });

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
  const archive = set.windowsArchive();
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
  await answerFileDialogs(app, [archive.file]);
  await button('window.redis.windowsArchive.choose').click();
  await expect(window.getByText(words('windowsArchive.trust.nobody'))).toBeVisible({ timeout: 20_000 });
  await field(wizard, 'window.redis.windowsArchive.published').fill(archive.sha256);
  await expect(window.getByText(words('windowsArchive.trust.published'))).toBeVisible();
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

  await window
    .getByRole('radio', { name: patternOf(words, 'window.failover.choice.one') })
    .first()
    .check();
  await window.getByRole('checkbox', { name: patternOf(words, 'window.failover.consent') }).check();
  await look('7-failover');
  await action('window.failover.startOne').click();
  await expect(button('window.failover.heal')).toBeVisible({ timeout: LONG_MS });
  await expect(action('window.failover.toReport')).toBeVisible({ timeout: LONG_MS });
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
