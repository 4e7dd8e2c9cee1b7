import { expect, test } from 'vitest';
import { neededText, sizeText } from './sizeText.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 bytes'],
  [1023, '1023 bytes'],
  [1024, '1 kB'],
  [1536, '1.5 kB'],
  [10 * 1024 + 1023, '10 kB'],
  [256 * 1024 ** 2, '256 MB'],
  [1024 ** 3 - 1, '1023 MB'],
  [1024 ** 3, '1 GB'],
  [9.99 * 1024 ** 3, '9.9 GB'],
  [10.5 * 1024 ** 3, '10 GB'],
  [5000 * 1024 ** 4, '5000 TB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(sizeText(sizeBytes)).toBe(text);
});

test.each([
  [1, '1 MB'],
  [1024 ** 2, '1 MB'],
  [1024 ** 2 + 1, '2 MB'],
  [1024 ** 3, '1 GB'],
  [1024 ** 3 + 1, '2 GB'],
  [17.6 * 1024 ** 3, '18 GB'],
])('what lacks of %i bytes is rounded up: %s', (sizeBytes, text) => {
  expect(neededText(sizeBytes)).toBe(text);
});
