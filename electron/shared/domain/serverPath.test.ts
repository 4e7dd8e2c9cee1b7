import { expect, test } from 'vitest';
import { childOf, depthOf, isBelow, samePath, isWindowsPath, nameOf, parentOf } from './serverPath.ts';

test.each([
  ['/opt/triad', 'bin', '/opt/triad/bin'],
  ['/', 'opt', '/opt'],
  ['C:\\Triad', 'bin', 'C:\\Triad\\bin'],
  ['D:\\', 'Triad', 'D:\\Triad'],
])('in %s lies %s as %s, and knows where it lies', (folder, name, path) => {
  expect(childOf(folder, name)).toBe(path);
  expect([parentOf(path), nameOf(path)]).toEqual([folder, name]);
  expect([isBelow(path, folder), isBelow(folder, folder)]).toEqual([true, false]);
});

test('several names lead deeper', () => {
  expect(childOf('C:\\Triad', 'nodes', 'sessions')).toBe('C:\\Triad\\nodes\\sessions');
  expect([depthOf('C:\\Triad\\nodes'), depthOf('/opt/triad/bin')]).toEqual([3, 4]);
});

test('a folder is not taken for one whose name begins alike', () => {
  expect([isBelow('/opt/triads/a', '/opt/triad'), isBelow('C:\\Triads\\a', 'C:\\Triad')]).toEqual([false, false]);
  expect([isBelow('/opt/triad/a/b', '/opt/triad'), isBelow('C:\\Triad\\a\\b', 'C:\\Triad')]).toEqual([true, true]);
});

test('the drive tells a path of Windows', () => {
  expect(['/opt', 'C:\\Triad', '/C:/Triad'].map(isWindowsPath)).toEqual([false, true, false]);
});

test('Windows does not tell names apart by their case, Linux does', () => {
  expect([samePath('C:\\Triad', 'c:\\TRIAD'), samePath('/opt/triad', '/opt/Triad')]).toEqual([true, false]);
  expect([isBelow('c:\\triad\\bin', 'C:\\Triad'), isBelow('C:\\TRIAD', 'C:\\Triad'), isBelow('/opt/Triad/bin', '/opt/triad')]).toEqual([
    true,
    false,
    false,
  ]);
});
