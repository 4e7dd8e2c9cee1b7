import { wizardOf } from '../pages/wizard.ts';
import { expect, test } from '../practice.ts';

test('practice on this machine: from a checkout the servers are started and filled in, a package says why it has none', async ({
  launch,
  claimed,
}, testInfo) => {
  test.setTimeout(180_000);
  const { place } = claimed.other;
  const subnet = place.cidr.split('.').slice(0, 3).join('.');
  const { window } = await launch({ env: { TRIAD_PRACTICE_PREFIX: place.prefix, TRIAD_PRACTICE_SUBNET: subnet } });
  const wizard = wizardOf(window);
  const { words, action, button, heading } = wizard;
  if (testInfo.project.name === 'packaged') {
    const reason = words('window.core.practice.packaged');
    await expect(window.getByText(words('window.home.practiceImpossible', { reason }))).toBeVisible();
    await expect(button('window.home.practiceAction')).toBeDisabled();
    return;
  }
  await button('window.home.practiceAction').click();
  await expect(heading('window.servers.title')).toBeVisible({ timeout: 120_000 });
  // The keys of the servers are pinned by the specification that was filled in: nothing is left to do but to go on.
  await action('window.servers.primary').click();
  await expect(heading('window.redis.title')).toBeVisible({ timeout: 30_000 });
  await claimed.other.down();
});

test('practice with Windows servers: they are started and filled in, with the archive, and Linux ones are not started beside them', async ({
  launch,
  claimed,
}, testInfo) => {
  test.setTimeout(600_000);
  const { place } = claimed.other;
  const subnet = place.cidr.split('.').slice(0, 3).join('.');
  const env = { TRIAD_PRACTICE_PREFIX: place.prefix, TRIAD_PRACTICE_SUBNET: subnet };
  const first = await launch({ env });
  const { window } = first;
  const wizard = wizardOf(window);
  const { words, action, button, heading } = wizard;
  if (testInfo.project.name === 'packaged') {
    const reason = words('window.core.practice.packaged');
    await expect(window.getByText(words('window.home.practiceImpossible', { reason }))).toBeVisible();
    await expect(button('window.home.practiceWindows')).toBeDisabled();
    return;
  }
  await button('window.home.practiceWindows').click();
  // Home's heading begins with the words of that of the step.
  await expect(window.getByText(words('window.windows.all'))).toBeVisible({ timeout: 400_000 });
  await action('window.servers.primary').click();
  await expect(heading('window.redis.title')).toBeVisible({ timeout: 60_000 });
  // The archive is there, and its hash is the one that the specification gives.
  await expect(window.getByText(words('windowsArchive.trust.published'))).toBeVisible({ timeout: 20_000 });
  await action('window.redis.primary').click();
  await expect(heading('window.placement.title')).toBeVisible();
  const again = wizardOf((await launch({ env })).window);
  await expect(again.window.getByText(words('window.home.practiceRunningWindows'))).toBeVisible({ timeout: 30_000 });
  await expect(again.button('window.home.practiceAction')).toBeDisabled();
  await expect(again.button('window.home.practiceWindows')).toBeEnabled();
  await claimed.other.down();
});
