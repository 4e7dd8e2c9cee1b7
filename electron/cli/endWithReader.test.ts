import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { endWithReader } from './endWithReader.ts';

test.each([
  ['a reader that has ended', ['output']],
  ['a terminal that was closed', ['signals']],
  ['both, and more than once', ['signals', 'output', 'output', 'signals']],
])('%s ends the run, once, and throws nothing', (_, told) => {
  const output = new EventEmitter();
  const signals = new EventEmitter();
  const end = vi.fn<() => void>();
  endWithReader([output], signals, end);
  expect(end).not.toHaveBeenCalled();
  for (const who of told) {
    if (who === 'output') output.emit('error', new Error('write EPIPE'));
    else signals.emit('SIGHUP');
  }
  expect(end).toHaveBeenCalledTimes(1);
});
