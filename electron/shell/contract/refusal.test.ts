import { expect, it } from 'vitest';
import { createFakeLog } from '../testing/fakeLog.ts';
import { createRefusalLog } from './refusal.ts';

it('logs twenty refusals a minute, and afterwards how many more there were', () => {
  const log = createFakeLog();
  let now = 0;
  const refuse = createRefusalLog(log, () => now);
  for (let count = 0; count < 10_000; count += 1) refuse('malformed', { name: 'runs.list' });
  expect(log.lines).toHaveLength(21);
  expect(log.lines.at(-1)).toBe('warn contract.refusalsNotLogged {"forMs":60000}');
  now = 60_000;
  refuse('unknown', { name: '' });
  expect(log.lines.slice(21)).toEqual([
    'warn contract.refusedMore {"count":9980}',
    'warn contract.refused {"refusal":"unknown","name":""}',
  ]);
});
