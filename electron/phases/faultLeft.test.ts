import { expect, it } from 'vitest';
import { freshWindowsFacts, sampleWindowsFacts } from '../artifacts/testing/sampleWindows.ts';
import { faultLeft } from './faultLeft.ts';

const left = (faultRules: string[], activeFaultRules: string[]): unknown =>
  faultLeft('sessions', 'windows', freshWindowsFacts({ windows: { ...sampleWindowsFacts, faultRules, activeFaultRules } }));

it('tells of rules of this cluster that are switched on, in whatever letters', () => {
  expect(left(['Triad-Fault:Sessions'], ['Triad-Fault:Sessions'])).toMatchObject({
    code: 'failover.rulesLeft',
    values: { rules: 'Triad-Fault:Sessions' },
  });
});

it('tells of none of another cluster, and of none that is switched off', () => {
  expect(left(['triad-fault:sessions-2', 'triad-fault:other'], ['triad-fault:sessions-2', 'triad-fault:other'])).toBeNull();
  expect(left(['triad-fault:sessions'], [])).toBeNull();
});

it('tells of an undo that waits before it tells of its rules', () => {
  const facts = freshWindowsFacts({ windows: { ...sampleWindowsFacts, activeFaultRules: ['triad-fault:sessions'] } });
  const unit = {
    unit: 'triad-heal-sessions',
    load: 'loaded',
    active: 'active',
    sub: 'running',
    enabled: 'enabled',
    mainPid: 1,
    needsReload: false,
    restarts: null,
  } as const;
  expect(faultLeft('sessions', 'windows', { ...facts, units: [unit] })).toMatchObject({ code: 'failover.faultLeft' });
});
