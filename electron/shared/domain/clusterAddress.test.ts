import { expect, it } from 'vitest';
import { readClusterAddress } from './clusterAddress.ts';

it.each([
  ['10.0.0.1', { address: '10.0.0.1', port: 7000 }],
  ['10.0.0.1:6379', { address: '10.0.0.1', port: 6379 }],
  ['fd00::1', { address: 'fd00::1', port: 7000 }],
  ['[fd00::1]:6379', { address: 'fd00::1', port: 6379 }],
  ['10.0.0.1:0', null],
  ['10.0.0.1:70000', null],
  ['redis.example:7000', null],
  ['', null],
])('%s', (text, read) => {
  expect(readClusterAddress(text)).toEqual(read);
});
