import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { windowsSpecLines } from './windowsSpec.ts';

test('a specification tells of Windows only where it knows the words', () => {
  const archive = { file: '/a b/Redis.zip', sha256: 'ab' };
  const known = windowsSpecLines({ areKnown: true });
  const yaml = `servers:\n  - name: x\n${known.platform(true)}  - name: y\n${known.platform(false)}redis:\n  engine: redis\n${known.archive(archive)}`;
  expect(parse(yaml)).toEqual({
    servers: [{ name: 'x', platform: 'windows' }, { name: 'y' }],
    redis: { engine: 'redis', windowsArchive: archive },
  });
  expect(known.archive(undefined)).toBe('');
  const unknown = windowsSpecLines({ areKnown: false });
  expect([unknown.platform(true), unknown.archive(archive)]).toEqual(['', '']);
});
