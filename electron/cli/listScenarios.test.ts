import { expect, it } from 'vitest';
import { SCENARIOS } from '../shared/domain/scenario.ts';
import { styleFor } from '../report/style.ts';
import { scenarioCatalogue, scenarioText } from './listScenarios.ts';

it('says four things of each scenario, and each in words of its own', () => {
  const entries = scenarioCatalogue({ nodeTimeoutMs: 5000, persistence: 'aof' });
  expect(entries.map(({ scenario }) => scenario)).toEqual(SCENARIOS);
  for (const { title, does, clients, undo, longest } of entries) {
    for (const words of [title, does, clients, undo, longest]) expect(words).not.toMatch(/^$|\{\{|scenario\./u);
  }
  const text = scenarioText(entries, styleFor(false));
  expect(text.match(/What is done: /gu)).toHaveLength(SCENARIOS.length);
  expect(text.match(/How long at most: /gu)).toHaveLength(SCENARIOS.length);
  expect(text).toContain('networkCutIn  Network cut, one way in (Linux servers)');
});

it('a longer node timeout lets a fault last longer, and a switchover not', () => {
  const [short, long] = [1000, 15_000].map((nodeTimeoutMs) =>
    Object.fromEntries(scenarioCatalogue({ nodeTimeoutMs, persistence: 'aof' }).map(({ scenario, longest }) => [scenario, longest])),
  );
  expect(short?.['serverLost']).toContain(' 79 s');
  expect(long?.['serverLost']).not.toBe(short?.['serverLost']);
  expect(long?.['switchover']).toBe(short?.['switchover']);
});
