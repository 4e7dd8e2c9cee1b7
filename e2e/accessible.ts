import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Something that axe finds wrong, with the elements in which it does. */
export interface AccessibilityFault {
  readonly id: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** What axe finds wrong with what the window shows now. */
export async function faultsOf(window: Page): Promise<readonly AccessibilityFault[]> {
  // Without legacy mode it opens a page of its own, which Electron does not do.
  const { violations, passes } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  expect(passes.length).toBeGreaterThan(0);
  return violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }));
}

/** Fails when axe finds anything on what the window shows now. */
export async function expectAccessible(window: Page): Promise<void> {
  expect(await faultsOf(window)).toEqual([]);
}
