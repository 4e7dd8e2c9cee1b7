import { cpus } from 'node:os';
import { expect, it } from 'vitest';
import { busyShare } from './busyShare.ts';

const processor = (busyMs: number, idle: number) => ({ times: { user: busyMs - 3, nice: 1, sys: 1, irq: 1, idle } });

it('tells the share of all processors between two looks, and nothing of the time before', () => {
  const before = [processor(5000, 100), processor(70, 9000)];
  expect(busyShare(before, [processor(6000, 100), processor(570, 9500)])).toBe('75 % of 2 processors busy');
  expect(busyShare([processor(10, 10)], [processor(10, 30)])).toBe('0 % of 1 processor busy');
  expect(busyShare(before, before)).toBe('0 % of 2 processors busy');
});

it('understands what Node tells of this machine', () => {
  const looked = cpus();
  const none = looked.map(() => ({ times: { user: 0, nice: 0, sys: 0, irq: 0, idle: 0 } }));
  expect(busyShare(none, looked)).toMatch(/^(?:\d|[1-9]\d|100) % of \d+ processors? busy$/u);
});
