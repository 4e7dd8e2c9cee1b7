import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Fails when axe finds anything on what the window shows now. */
export async function expectAccessible(window: Page): Promise<void> {
  // Without legacy mode it opens a page of its own, which Electron does not do.
  const { violations, passes } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  expect(passes.length).toBeGreaterThan(0);
  expect(violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }))).toEqual([]);
}
