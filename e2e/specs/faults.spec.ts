// What an administrator fears, in the window: a closed port, a changed key, a stop, a crash, a reload.
import type { Page } from '@playwright/test';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { brake, PREPARE_BRAKES } from '../commandLine/brakes.ts';
import type { TriadApp } from '../electronApp.ts';
import { field, goOn, openedWith, RUN_MS, toReview, wizardOf } from '../pages/wizard.ts';
import { shoot } from '../look.ts';
import { roleOf } from '../nodeRole.ts';
import { expect, test } from '../practice.ts';
import { call, journalOf } from '../shell.ts';
import { patternOf, type Words } from '../words.ts';

test.setTimeout(300_000);

/** What was promised to whoever presses Stop. */
const STOP_WITHIN_MS = 2000;

/** A command line's end never comes: these runs are the window's. */
const noCommand = { finished: new Promise<never>(() => undefined) };

async function withFile(launch: (options?: { readonly args: readonly string[] }) => Promise<TriadApp>, file: string): Promise<TriadApp> {
  return launch({ args: [file] });
}

/** From the next press of the mouse on; read by {@link pressedAt}. */
async function notePress(window: Page): Promise<void> {
  await window.evaluate(() => {
    addEventListener('pointerdown', () => Reflect.set(globalThis, 'pressedAtMs', Date.now()), { capture: true, once: true });
  });
}

const pressedAt = (window: Page): Promise<number> => window.evaluate(() => Number(Reflect.get(globalThis, 'pressedAtMs')));

/** What a failover test shows of itself: its moments with their times, and the longest silence of the lost shard in seconds. */
interface ShownTrial {
  readonly marks: readonly string[];
  readonly outageSeconds: number;
}

/** Both at one moment. An outage that is not there yet counts as none. */
async function shownTrial(window: Page, words: Words): Promise<ShownTrial> {
  const lost = words('window.failover.live.lost', { shard: '' }).trim();
  return window.evaluate((ofVictim) => {
    const row = [...document.querySelectorAll('tbody tr')].find((one) => one.textContent.includes(ofVictim));
    const [amount = '', unit = ''] = (row?.querySelector('td:last-child')?.textContent ?? '').split(/\s/u);
    const seconds = Number(amount) / (unit === 'ms' ? 1000 : 1);
    return {
      marks: [...document.querySelectorAll('.triad-marks g')].map((mark) =>
        [...mark.querySelectorAll('text')].map((text) => text.textContent).join(' '),
      ),
      outageSeconds: Number.isFinite(seconds) ? seconds : 0,
    };
  }, lost);
}

test('a bus port that is closed in one direction is shown in its cell, told with its rule, and gone after it was opened', async ({
  launch,
  servers,
}) => {
  const set = await servers();
  await set.block(2, 3, 17_000);
  const { window } = await withFile(launch, set.place.specFile);
  const wizard = wizardOf(window);
  const { action, words } = wizard;
  await openedWith(wizard, 'window.reachability.title');
  await action('window.reachability.check').click();
  await expect(action('window.reachability.failedAgain')).toBeEnabled({ timeout: RUN_MS });
  const [from = '', to = ''] = [set.servers[1]?.name, set.servers[2]?.name];
  const cell = window.getByRole('gridcell', { name: new RegExp(`${from}.*${to}.*17000.*filtered`, 'u') });
  // What forbids to go on has opened itself.
  await expect(cell).toHaveAttribute('aria-selected', 'true');
  const rule = window.getByText(new RegExp(`${set.servers[1]?.address ?? ''}.*17000|17000.*${set.servers[1]?.address ?? ''}`, 'u'));
  await expect(rule.first()).toBeVisible();
  // The way on is closed until the port is open.
  await expect(action('window.reachability.review')).toHaveCount(0);
  const kept = window.getByText(patternOf(words, 'window.seen.oldest'));
  await expect(kept).toHaveCount(0);
  // Tried again by itself while nothing was mended, it is as closed as before; the others stay as they were seen.
  const detail = window.getByRole('region', { name: `${from} → ${to}:17000` });
  await detail.getByRole('button', { name: words('window.reachability.runAgain'), exact: true }).click();
  await expect(kept).toBeVisible({ timeout: RUN_MS });
  await expect(cell).toBeVisible();
  await expect(action('window.reachability.review')).toHaveCount(0);
  await set.unblock();
  await action('window.reachability.failedAgain').click();
  await expect(action('window.reachability.review')).toBeVisible({ timeout: RUN_MS });
  await expect(kept).toBeVisible();
  await expect(window.getByRole('gridcell', { name: new RegExp(`${from}.*${to}.*17000.*open`, 'u') })).toBeVisible();
  await goOn(wizard, 'window.reachability.review', 'window.review.title');
});

test('a host key that has changed stops everything, with both fingerprints, until the admin says that it is on purpose', async ({
  launch,
  servers,
}) => {
  const set = await servers();
  const { window } = await withFile(launch, set.place.specFile);
  const wizard = wizardOf(window);
  const { words, button } = wizard;
  // The keys that the specification pins are known from here on, and the pins are taken out.
  await button('window.servers.testAll').click();
  // Word for word: what is said to screen readers names the server, too.
  await expect(window.getByText(words('window.servers.state.reached'), { exact: true })).toHaveCount(3, { timeout: 20_000 });
  const more = window.getByRole('button', { name: patternOf(words, 'window.servers.moreOf') });
  for (const index of [0, 1, 2]) await more.nth(index).click();
  // Emptied, a field is gone.
  for (const left of [2, 1, 0]) {
    await field(wizard, 'window.servers.hostKey').first().fill('');
    await expect(field(wizard, 'window.servers.hostKey')).toHaveCount(left);
  }
  const before = set.fingerprintOf(3);
  await set.reset({ only: [3], hostKeys: 'change' });
  await button('window.servers.testAll').click();
  const card = window.getByRole('region', { name: words('window.servers.server', { number: 3 }) });
  await expect(card.getByText(words('window.servers.state.keyChanged'))).toBeVisible({ timeout: 20_000 });
  await expect(card.getByText(before, { exact: true })).toBeVisible();
  await expect(card.getByText(set.fingerprintOf(3), { exact: true })).toBeVisible();
  await wizard.action('window.servers.primary').click();
  await expect(wizard.heading('window.servers.title')).toBeVisible();
  await card.getByRole('button', { name: words('window.servers.key.forget') }).click();
  await window
    .getByRole('dialog')
    .getByRole('button', { name: patternOf(words, 'window.servers.key.forget.confirm') })
    .click();
  await card.getByRole('button', { name: words('window.servers.key.accept') }).click({ timeout: 20_000 });
  await expect(card.getByText(words('window.servers.state.reached'))).toBeVisible({ timeout: 20_000 });
  await goOn(wizard, 'window.servers.primary', 'window.redis.title');
});

test('a stop says what is done and what is not; a crash of Triad is told at the next start; both go on to a cluster', async ({
  launch,
  servers,
}) => {
  const set = await servers({ prepare: PREPARE_BRAKES });
  const first = await withFile(launch, set.place.specFile);
  const wizard = wizardOf(first.window);
  await toReview(wizard);
  const held = brake(set, 2, 'sync', 'auth.conf');
  await first.window.getByRole('checkbox', { name: patternOf(wizard.words, 'window.review.confirm') }).check();
  await goOn(wizard, 'window.review.install', 'window.install.title');
  await held.reached(noCommand);
  const [run] = await call(first.window, 'runs.active', undefined);
  await notePress(first.window);
  await wizard.action('window.install.stop').click();
  await expect(wizard.action('window.install.goOn')).toBeVisible({ timeout: 10_000 });
  await expect(first.window.getByText(wizard.words('window.install.open.title'))).toBeVisible();
  // The server still stands at the brake: the run did not end because its work did.
  const journal = await journalOf(first.folders.home, run?.runId ?? '');
  const end = journal.split('\n').flatMap((line) => (line.includes('"runFinished"') ? [JSON.parse(line) as RunEvent] : []));
  expect(end).toMatchObject([{ wasAborted: true }]);
  expect(Date.parse(end[0]?.at ?? '') - (await pressedAt(first.window))).toBeLessThanOrEqual(STOP_WITHIN_MS);
  held.release();

  // On again, and dead in the middle of it.
  const again = brake(set, 2, 'systemctl', 'start --');
  await wizard.action('window.install.goOn').click();
  await again.reached(noCommand);
  await first.kill();
  again.release();
  const second = await launch({ folders: first.folders });
  const reopened = wizardOf(second.window);
  await second.window.getByRole('button', { name: patternOf(reopened.words, 'window.home.open.interrupted') }).click();
  await expect(second.window.getByText(patternOf(reopened.words, 'window.install.interrupted.title'))).toBeVisible();
  await reopened.action('window.install.goOn').click();
  // Only what was reviewed is left to do, so nothing is asked again.
  await expect(reopened.action('window.install.toFailover')).toBeVisible({ timeout: RUN_MS });

  // A reload in the middle of a failover test loses nothing.
  await goOn(reopened, 'window.install.toFailover', 'window.failover.title');
  await second.window
    .getByRole('radio', { name: patternOf(reopened.words, 'window.failover.choice.one') })
    .nth(1)
    .check();
  await second.window.getByRole('checkbox', { name: patternOf(reopened.words, 'window.failover.consent') }).check();
  await reopened.action('window.failover.startOne').click();
  await expect(reopened.button('window.failover.heal')).toBeVisible({ timeout: RUN_MS });
  await expect.poll(async () => (await shownTrial(second.window, reopened.words)).outageSeconds).toBeGreaterThan(1);
  const shown = await shownTrial(second.window, reopened.words);
  expect(shown.marks.join()).toContain(reopened.words('report.mark.firstFailedWrite'));
  await second.window.reload();
  await expect(reopened.button('window.failover.heal')).toBeVisible({ timeout: 10_000 });
  await expect.poll(async () => (await shownTrial(second.window, reopened.words)).marks).toEqual(expect.arrayContaining([...shown.marks]));
  expect((await shownTrial(second.window, reopened.words)).outageSeconds).toBeGreaterThanOrEqual(shown.outageSeconds);

  // The emergency stop, while the server is down: it is healed at once, and the window says how the cluster was left.
  const [going] = await call(second.window, 'runs.active', undefined);
  const nodes = `systemctl is-active triad-${going?.cluster ?? ''}-7000 triad-${going?.cluster ?? ''}-7001`;
  await expect(second.window.getByText(patternOf(reopened.words, 'window.failover.fault'))).toBeVisible();
  expect((await set.run(2, nodes)).stdout).not.toBe('active\nactive\n');
  await reopened.button('window.failover.heal').click();
  const standing = second.window.getByRole('region', { name: reopened.words('window.failover.state') });
  await expect(standing).toContainText(reopened.words('window.failover.state.returned'), { timeout: RUN_MS });
  await expect(reopened.action('window.failover.toReport')).toBeVisible();
  await expect(reopened.button('window.failover.heal')).toHaveCount(0);
  await shoot(second.window, '7-failover-stopped');
  const events = (await journalOf(second.folders.home, going?.runId ?? '')).trim().split('\n');
  const told = events.map((line) => JSON.parse(line) as RunEvent);
  expect(told.at(-1)).toMatchObject({ type: 'runFinished', wasAborted: true });
  const progress = told.flatMap((event) => (event.type === 'phaseProgress' ? [event.message.code] : []));
  expect(progress).toContain('failover.progress.healed');
  // No promotion was waited for, nor a trial finished: the way out is short.
  expect(told.map(({ type }) => type)).not.toContain('trialFinished');
  expect((await set.run(2, nodes)).stdout).toBe('active\nactive\n');
  // The planned layout, as the nodes themselves say it.
  expect(await Promise.all(([1, 2, 3] as const).flatMap((server) => [roleOf(set, server, 7000), roleOf(set, server, 7001)]))).toEqual(
    [1, 2, 3].flatMap(() => ['master', 'slave']),
  );
});
