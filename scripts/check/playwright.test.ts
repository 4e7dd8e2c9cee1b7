import { expect, it } from 'vitest';
import { countWindowTests } from './playwright.ts';

const report = (stats: Readonly<Record<string, number>>, errors: readonly unknown[] = []): string =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

it('counts passed, failed and skipped tests', () => {
  expect(countWindowTests(report({ expected: 5, unexpected: 1, skipped: 2 }))).toEqual({ passed: 5, failed: 1, skipped: 2, ran: 6 });
});

it('counts a test that passed at the second try only, and a file that could not be loaded, as failures', () => {
  expect(countWindowTests(report({ expected: 1, flaky: 1 }, [{ message: 'SyntaxError' }]))).toMatchObject({ passed: 1, failed: 2 });
});

it('counts a run that could not begin as a failure', () => {
  expect(countWindowTests(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0, ran: 0 });
});
