// Patch day in the window: a server is taken away, really rebooted and brought back; a reload, a crash and a failover in between.
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { expectAccessible } from '../accessible.ts';
import { shoot, useScheme, useSize } from '../look.ts';
import { goOn, RUN_MS, toReview, wizardOf, type Wizard } from '../pages/wizard.ts';
import { expect, test } from '../practice.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { askNode, roleOf } from '../nodeRole.ts';
import { patternOf } from '../words.ts';

test.setTimeout(420_000);

/** A reboot, and what the end of a maintenance waits for after it. */
const BACK_MS = 120_000;

type Server = 1 | 2 | 3;

/** The servers on which the mark of a maintenance stands. */
async function marksOn(set: PracticeSet): Promise<readonly Server[]> {
  const found = await Promise.all(
    ([1, 2, 3] as const).map(async (server) => ((await set.run(server, 'ls /opt/triad/*/maintenance.json')).code === 0 ? [server] : [])),
  );
  return found.flat();
}

/** Opens the screen by the rail. */
async function openMaintenance({ window, words }: Wizard): Promise<void> {
  await window
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(words('window.step.maintenance'), 'u') })
    .click();
}

/** The three figures of a result, as they are shown: the longest wait, lost writes, how long it took. */
async function expectMeasured(window: Page, { words }: Wizard, title: string): Promise<void> {
  const result = window.getByRole('region', { name: title });
  await expect(result.getByText(words('window.maintenance.result.lost'))).toBeVisible({ timeout: RUN_MS });
  const shown = (await result.innerText()).split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const under = (label: Parameters<typeof words>[0]): string => shown[shown.indexOf(words(label)) + 1] ?? '';
  expect(under('window.maintenance.result.gap')).toMatch(/^\d[\d.,]* ms$/u);
  expect(under('window.maintenance.result.lost')).toBe('0');
}

test('a server is taken away, rebooted and brought back, through a reload and a crash; then exchanged roles are restored', async ({
  launch,
  servers,
}) => {
  const set = await servers();
  // Names as an administrator would give them: README shows pictures of this.
  const spec = parse(await readFile(set.place.specFile, 'utf8')) as { name: string; readonly servers: { name: string }[] };
  spec.name = 'sessions';
  for (const [index, server] of spec.servers.entries()) server.name = `server-${index + 1}`;
  const specFile = test.info().outputPath('sessions.yaml');
  await writeFile(specFile, stringify(spec));
  const name = 'server-2';
  const first = await launch({ args: [specFile] });
  await useSize(first.app, 1440, 900);
  const wizard = wizardOf(first.window);
  const { words } = wizard;
  await toReview(wizard);
  await first.window.getByRole('checkbox', { name: patternOf(words, 'window.review.confirm') }).check();
  await goOn(wizard, 'window.review.install', 'window.install.title');
  await expect(wizard.action('window.install.toFailover')).toBeVisible({ timeout: RUN_MS });

  // Where it stands is read from the servers by itself, and says what will happen before it happens.
  await openMaintenance(wizard);
  const only = first.window.getByRole('radio', { name: words('window.maintenance.choice.one', { server: name }) });
  await only.check({ timeout: RUN_MS });
  await expect(first.window.getByText(words('window.maintenance.may', { server: name }))).toBeVisible();
  await expect(first.window.getByText(words('window.maintenance.happens', { server: name }))).toBeVisible();
  expect(await marksOn(set)).toEqual([]);
  for (const scheme of ['dark', 'light'] as const) {
    await useScheme(first.app, scheme);
    await expectAccessible(first.window);
    await shoot(first.window, ['9-maintenance', scheme].join('-'));
  }
  await wizard.action('window.maintenance.begin').click();

  // What was shown is not asked again.
  const now = first.window.getByRole('heading', { level: 1, name: words('window.maintenance.now.title', { server: name }) });
  await expect(now).toBeVisible({ timeout: RUN_MS });
  await expectMeasured(first.window, wizard, words('window.maintenance.result.begin'));
  expect([await roleOf(set, 2, 7000), await roleOf(set, 2, 7001), await marksOn(set)]).toEqual(['slave', 'slave', [1, 2, 3]]);
  await shoot(first.window, '9-maintenance-now');

  // A reload reads it from the servers again.
  await first.window.reload();
  await expect(now).toBeVisible({ timeout: RUN_MS });
  await expect(first.window.getByText(words('window.maintenance.now.answers'))).toBeVisible();

  // The server really goes down; Triad waits, is reloaded while it waits, and then dies.
  await set.powerCut(2);
  await wizard.action('window.maintenance.end').click();
  const waiting = first.window.getByRole('heading', { level: 1, name: words('window.maintenance.end.title', { server: name }) });
  const told = first.window.getByText(/at most \d+ s more/u);
  await expect(told.first()).toBeVisible({ timeout: RUN_MS });
  await first.window.reload();
  await expect(waiting).toBeVisible({ timeout: RUN_MS });
  await expect(told.first()).toBeVisible({ timeout: RUN_MS });
  await first.kill();

  // The next start offers it on Home, and tells where it stands: the server is away, and still in maintenance.
  const second = await launch({ folders: first.folders });
  await useSize(second.app, 1440, 900);
  const reopened = wizardOf(second.window);
  await second.window.getByRole('button', { name: patternOf(words, 'window.home.open.interrupted') }).click();
  await expect(second.window.getByRole('heading', { level: 1, name: words('window.maintenance.now.title', { server: name }) })).toBeVisible(
    {
      timeout: RUN_MS,
    },
  );
  await expect(second.window.getByText(words('window.maintenance.now.away'))).toBeVisible();
  await expect(second.window.getByText(patternOf(words, 'window.maintenance.interrupted'))).toBeVisible();
  await reopened.action('window.maintenance.end').click();
  await expect(second.window.getByText(/at most \d+ s more/u).first()).toBeVisible({ timeout: RUN_MS });
  await set.powerOn(2);
  await expect(
    second.window.getByRole('heading', { level: 1, name: words('window.maintenance.result.end', { server: name }) }),
  ).toBeVisible({
    timeout: BACK_MS,
  });
  await expectMeasured(second.window, reopened, words('window.maintenance.result.clients'));
  expect([await roleOf(set, 2, 7000), await roleOf(set, 2, 7001), await marksOn(set)]).toEqual(['master', 'slave', []]);
  await shoot(second.window, '9-maintenance-ended');

  // Somebody moves a master by hand: the next look finds it, and the way back asks, moves and measures.
  expect(await askNode(set, 2, 7001, 'cluster failover')).toBe('OK');
  await expect.poll(() => roleOf(set, 2, 7001)).toBe('master');
  await reopened.action('window.maintenance.result.another').click();
  await reopened.action('window.maintenance.lookAgain').click();
  const card = second.window.getByRole('region', { name: words('window.maintenance.restore') });
  await expect(card.getByText(new RegExp(`${name}:7001`, 'u'))).toBeVisible({ timeout: RUN_MS });
  await card.getByRole('button', { name: words('window.maintenance.restore') }).click();
  const question = second.window.getByRole('dialog', { name: words('window.ask.title') });
  await expect(question.getByText(new RegExp(`${name}:7001`, 'u'))).toBeVisible({ timeout: RUN_MS });
  expect(await roleOf(set, 2, 7001)).toBe('master');
  await question.getByRole('button', { name: words('window.ask.yes') }).click();
  await expect(reopened.heading('window.maintenance.result.restore')).toBeVisible({ timeout: RUN_MS });
  await expectMeasured(second.window, reopened, words('window.maintenance.result.clients'));
  expect(await roleOf(set, 2, 7001)).toBe('slave');
  await shoot(second.window, '9-restored');
});
