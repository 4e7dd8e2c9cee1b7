import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import { readTableAddress, tableSpellings, turnWords } from './tableAddress.ts';

test.each([
  ['0100007F', '127.0.0.1'],
  ['00000000', '0.0.0.0'],
  ['0B00A8C0', '192.168.0.11'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000B00A8C0', '192.168.0.11'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
  ['B80D0120000001000000000001000000', '2001:db8:1::1'],
])('%s is %s', (hex, address) => {
  expect(readTableAddress(hex)).toBe(ipaddr.process(address).toString());
});

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => ipaddr.process(text).toString());

test('an address is found again under its first spelling', () => {
  fc.assert(
    fc.property(anyAddress, (address) => {
      expect(readTableAddress(tableSpellings(address)[0] ?? '')).toBe(address);
    }),
  );
});

test('a port is taken by the address itself, mapped, and by both wildcards', () => {
  expect(tableSpellings('10.0.0.1').map(readTableAddress)).toEqual(['10.0.0.1', '10.0.0.1', '0.0.0.0', '::']);
  expect(tableSpellings('2001:db8::1').map(readTableAddress)).toEqual(['2001:db8::1', '0.0.0.0', '::']);
});

test('turning words twice changes nothing', () => {
  expect(turnWords(turnWords('0123456789ABCDEF'))).toBe('0123456789ABCDEF');
});
