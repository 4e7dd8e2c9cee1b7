import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { watchFaults } from './faults.ts';

it('logs every fault, and tells one at a time', async () => {
  const source = new EventEmitter();
  const written: string[] = [];
  const told: unknown[] = [];
  const read = { now: (): void => undefined };
  watchFaults(source, {
    write: (what) => written.push(what),
    tell: (error) => {
      told.push(error);
      return new Promise((resolve) => {
        read.now = resolve;
      });
    },
  });
  source.emit('uncaughtException', 'first');
  source.emit('unhandledRejection', 'second');
  expect(written).toEqual(['fault.exception', 'fault.rejection']);
  expect(told).toEqual(['first']);
  read.now();
  await vi.waitFor(() => {
    source.emit('unhandledRejection', 'third');
    expect(told).toEqual(['first', 'third']);
  });
});

it('goes on telling when one could not be told', async () => {
  const source = new EventEmitter();
  const written: string[] = [];
  watchFaults(source, { write: (what) => written.push(what), tell: () => Promise.reject(new Error('no screen')) });
  source.emit('uncaughtException', 'first');
  await vi.waitFor(() => expect(written).toEqual(['fault.exception', 'fault.notTold']));
});
