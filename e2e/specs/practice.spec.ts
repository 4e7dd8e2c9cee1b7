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
