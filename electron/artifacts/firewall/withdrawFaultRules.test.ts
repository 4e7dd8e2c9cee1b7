import { expect, it } from 'vitest';
import { freshWindowsFacts, sampleWindowsFacts } from '../testing/sampleWindows.ts';
import { withdrawFaultRules } from './withdrawFaultRules.ts';

const found = (faultRules: string[]): ReturnType<typeof withdrawFaultRules> =>
  withdrawFaultRules('sessions', freshWindowsFacts({ windows: { ...sampleWindowsFacts, faultRules } }));

it("takes this cluster's own away, by one command for all of the name, and nobody else's", () => {
  expect(found(['triad-fault:sessions'])).toMatchObject([
    { kind: 'firewall', tool: 'windows', commands: ['netsh.exe advfirewall firewall delete rule name=triad-fault:sessions'], undo: [] },
  ]);
  expect(found([])).toEqual([]);
  expect(found(['triad-fault:sessions-2', 'triad:sessions:peer'])).toEqual([]);
});
