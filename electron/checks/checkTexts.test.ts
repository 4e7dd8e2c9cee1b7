import { expect, test } from 'vitest';
import { checkTexts as commonTexts } from '../shared/messages/en/check.ts';
import { checkWindowsTexts } from '../shared/messages/en/checkWindows.ts';
import { BUNDLE_CHECKS } from './bundleChecks.ts';
import { CLUSTER_CHECKS } from './clusterChecks.ts';
import { NODE_CHECKS } from './nodeChecks.ts';
import { PAIR_CHECKS } from './pairChecks.ts';
import { listenersGone } from './server/listenersGone.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { WINDOWS_CHECKS } from './windowsChecks.ts';

const checks = [...SERVER_CHECKS, ...WINDOWS_CHECKS, listenersGone, ...PAIR_CHECKS, ...NODE_CHECKS, ...CLUSTER_CHECKS, ...BUNDLE_CHECKS];
const checkTexts = { ...commonTexts, ...checkWindowsTexts };
/** Texts that several checks share. */
const SHARED =
  /^check\.(?:unobserved|unread|redisOnly|adopted|windows\.|disk|kernel|node\.unobserved|cluster\.silent|cluster\.reasons|cluster\.manyReasons|pair\.)/u;

test('every check has a title and says what it expects', () => {
  const codes: readonly string[] = Object.keys(checkTexts);
  expect(checks.map((check) => `check.${check.id}.title`).filter((code) => !codes.includes(code))).toEqual([]);
  expect(checks.filter((check) => !codes.some((code) => code.startsWith(`check.${check.id}.expected`))).map((check) => check.id)).toEqual(
    [],
  );
});

test('no check is there twice', () => {
  const ids = checks.map((check) => check.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every text belongs to a check', () => {
  const starts = checks.map((check) => `check.${check.id}.`);
  const astray = Object.keys(checkTexts).filter((code) => !SHARED.test(code) && !starts.some((start) => code.startsWith(start)));
  expect(astray).toEqual([]);
});
