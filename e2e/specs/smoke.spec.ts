import { expectAccessible } from '../accessible.ts';
import { expect, test } from '../electronApp.ts';
import { schemes, shoot, useScheme } from '../look.ts';
import { call } from '../shell.ts';

test('opens a window that is called Triad, on its own origin', async ({ triad: { app, window } }) => {
  await expect(window).toHaveTitle(/Triad/u);
  expect(new URL(window.url()).protocol).toBe('triad:');
  expect(app.windows()).toHaveLength(1);
  expect(await app.evaluate(({ app: electron }) => electron.getName())).toBe('Triad');
});

for (const scheme of schemes) {
  test(`is free of accessibility faults when ${scheme}`, async ({ triad: { app, window } }) => {
    await useScheme(app, scheme);
    // Loaded again under the watch: what the very first load reported may have come before anybody listened.
    await window.reload();
    await expect(window.getByRole('main')).toBeVisible();
    expect(await window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(scheme === 'dark');
    await expectAccessible(window);
    await shoot(window, `start-${scheme}`);
  });
}

test('has the licences of what is built into it', async ({ triad: { window } }) => {
  const licences = await call(window, 'app.licences', undefined);
  for (const name of ['react', 'ssh2', '@mantine/core']) expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'mu'));
  expect(licences).toContain('Permission is hereby granted, free of charge');
});

test('keeps its window away from Node and from the rest of the network', async ({ triad: { window } }) => {
  expect(await window.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis))).toEqual([]);
  const policy = await window.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-|https?:|\*/u);
});

test.describe('a violation of the policy', () => {
  test.use({ expectedProblems: [/Content Security Policy/u] });

  test('is seen by these tests', async ({ triad }) => {
    await triad.window.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "hostile"';
      document.head.append(script);
    });
    await expect.poll(() => triad.problems.join('\n')).toMatch(/Content Security Policy/u);
    await expect(triad.window).toHaveTitle(/Triad/u);
  });
});
