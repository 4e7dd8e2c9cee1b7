import { expect, it } from 'vitest';
import { tableOfErrors } from './logErrors.ts';

type Compared = Parameters<typeof tableOfErrors>[0][number];

const trial = (promotedMs: number | null, apartMs = 0): Compared => ({
  scenario: 'switchover',
  clocks: [{ server: 'a', before: null, after: null, during: { offsetMs: 1, uncertaintyMs: 0.3 }, state: 'once' }],
  logMarks: [{ name: 'promoted', atMs: 2000, uncertaintyMs: 1, node: 'b', line: '', seenAfterMs: promotedMs, apartMs }],
});

it('shows the errors beside what is to be reached, and how many marks contradict', () => {
  const table = tableOfErrors([trial(4), trial(12), trial(99, 3)]);
  expect(table).toMatch(/seen after log, all +3 +12\.0 ms +4\.0 ms +99\.0 ms +12\.0 ms +<= 20 \/ 100 ms +yes/u);
  expect(table).not.toContain('FAIL agreed');
  expect(table).toContain('1 of 3 marks in the logs contradict');
});

it.each([
  ['the median', [25, 25, 25]],
  ['the median of errors in both directions', [-60, -50, 0, 50, 60]],
  ['the largest', [1, 1, 101]],
  ['the largest in the other direction', [1, 1, -101]],
])('is not reached where %s is too large', (_name, errors) => {
  expect(tableOfErrors(errors.map((ms) => trial(ms)))).toContain('NO');
});

it('counts trials without the moment, which is not reached then', () => {
  const lost: Compared = { ...trial(4), scenario: 'serverLost' };
  const table = tableOfErrors([lost, { scenario: 'serverLost' }, trial(null)]);
  expect(table).toMatch(/FAIL agreed: seen after log, serverLost +0 of 2 .*NO/u);
  expect(table).toMatch(/FAIL agreed: seen after log, all +0 of 2 .*NO/u);
  expect(table).not.toContain('FAIL agreed: seen after log, switchover');
  expect(table).toMatch(/promotion: seen after log, serverLost +1 of 2 .*NO/u);
  expect(table).toMatch(/promotion: seen after log, switchover +0 of 1 .*NO/u);
});

it('has no figure of trials without logs', () => {
  expect(tableOfErrors([{ scenario: 'serverLost' }])).toContain('No clock was measured');
});
