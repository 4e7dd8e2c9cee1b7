import { expect, test } from 'vitest';
import { kindOfPractice } from './practiceHandlers.ts';

const spec = (...platforms: readonly (string | null)[]): string =>
  `schemaVersion: 1\nname: triad\nservers:\n${platforms
    .map(
      (platform, index) =>
        `  - name: triad-${index}\n    address: 10.77.0.1${index}\n${platform === null ? '' : `    platform: ${platform}\n`}`,
    )
    .join('')}redis:\n  engine: redis\n`;

test.each([
  ['linux', [null, null, null]],
  ['windows', ['windows', 'windows', 'windows']],
  ['mixed', [null, 'windows', null]],
] as const)('a practice specification is known for one of %s servers', (kind, platforms) => {
  expect(kindOfPractice(spec(...platforms))).toBe(kind);
});
