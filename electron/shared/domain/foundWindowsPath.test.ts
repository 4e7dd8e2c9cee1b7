import { expect, test } from 'vitest';
import { foundWindowsPath, isSurelyOfWindows } from './foundWindowsPath.ts';

test.each([
  ['/c/Redis/6379', 'C:\\Redis\\6379', false],
  ['/cygdrive/d/Redis/6379', 'D:\\Redis\\6379', true],
  ['C:/Redis/6379', 'C:\\Redis\\6379', true],
  ['c:\\Program Files\\Memurai', 'C:\\Program Files\\Memurai', true],
  ['/c', 'C:\\', false],
  ['redis.log', 'redis.log', false],
  ['/srv/redis', '/srv/redis', false],
  ['\\\\server\\share', '\\\\server\\share', false],
])('%s is %s', (told, path, isSure) => {
  expect([foundWindowsPath(told), isSurelyOfWindows(told)]).toEqual([path, isSure]);
});
