import { expect, it, test } from 'vitest';
import { compareVersions, isTrusted, licenceOfRedis, windowsArchiveTrust, type WindowsArchiveTrust } from './windowsArchive.ts';

const sha256 = '0123456789abcdef'.repeat(4);
const other = 'fedcba9876543210'.repeat(4);

test.each<readonly [isListed: boolean, published: string | undefined, typed: string | undefined, trust: WindowsArchiveTrust]>([
  [false, undefined, undefined, 'nobody'],
  [false, '', ' ', 'nobody'],
  [false, sha256, undefined, 'published'],
  [false, ` ${sha256.toUpperCase()}\n`, undefined, 'published'],
  [false, other, undefined, 'different'],
  [false, sha256.slice(0, 63), undefined, 'different'],
  [false, undefined, '01234567', 'typed'],
  [false, undefined, ' 01234567 ', 'typed'],
  [false, undefined, '0123456', 'mistyped'],
  [false, undefined, '012345678', 'mistyped'],
  [false, undefined, 'fedcba98', 'mistyped'],
  [true, undefined, undefined, 'listed'],
  [true, sha256, undefined, 'listed'],
  // Nothing outweighs a hash that was named and is another one.
  [true, other, undefined, 'different'],
  [false, other, '01234567', 'different'],
])('listed %s, published %j, typed %j: %s', (isListed, published, typed, trust) => {
  expect(windowsArchiveTrust({ sha256, isListed }, { published, typed })).toBe(trust);
  expect(isTrusted(trust)).toBe(['listed', 'published', 'typed'].includes(trust));
});

it('compares versions by their numbers', () => {
  expect(['8.10.0', '7.0.15', '8.2.1', '7.0.9', '8.2.10'].toSorted(compareVersions)).toEqual([
    '7.0.9',
    '7.0.15',
    '8.2.1',
    '8.2.10',
    '8.10.0',
  ]);
  expect(compareVersions('8.2.1', '8.2.1')).toBe(0);
});

it('knows under which licence a version is', () => {
  expect(['7.0.15', '7.2.12', '7.4.0', '7.8.5', '8.0.0', '8.2.1'].map(licenceOfRedis)).toEqual([
    'BSD-3-Clause',
    'BSD-3-Clause',
    'LicenseRef-RSALv2 OR SSPL-1.0',
    'LicenseRef-RSALv2 OR SSPL-1.0',
    'LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only',
    'LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only',
  ]);
});
