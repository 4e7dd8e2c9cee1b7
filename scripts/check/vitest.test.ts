import { expect, it } from 'vitest';
import { countTests } from './vitest.ts';

const report = (files: readonly { readonly status: string; readonly tests: readonly string[] }[]): string => {
  const statuses = files.flatMap((file) => file.tests);
  return JSON.stringify({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numPendingTests: statuses.filter((status) => status === 'pending').length,
    numTodoTests: statuses.filter((status) => status === 'todo').length,
    testResults: files.map((file) => ({ status: file.status, assertionResults: file.tests.map((status) => ({ status })) })),
  });
};

it('counts passed, failed and skipped tests', () => {
  const counts = countTests(report([{ status: 'failed', tests: ['passed', 'passed', 'failed', 'pending', 'todo'] }]));
  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2, ran: 3 });
});

it('counts a file that could not be loaded as a failure', () => {
  const counts = countTests(
    report([
      { status: 'failed', tests: [] },
      { status: 'passed', tests: ['passed'] },
    ]),
  );
  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 0, ran: 2 });
});

it('says that nothing ran when there is no report', () => {
  expect(countTests(undefined).ran).toBe(0);
});
