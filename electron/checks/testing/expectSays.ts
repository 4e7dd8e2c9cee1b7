import { expect } from 'vitest';
import type { CheckResult } from '../../shared/domain/check.ts';
import { checkTexts } from '../../shared/messages/en/check.ts';
import { isMessageCode, say } from '../../shared/messages/message.ts';

/** The first of several results; fails the test when there is none. */
export function firstOf<T>(results: readonly T[]): T {
  const [first] = results;
  if (first === undefined) throw new Error('there is no result');
  return first;
}

/** Shared texts that many rows name, in short. */
const SHORT_ENDS: ReadonlyMap<string, string> = new Map([
  ['disk.observed', 'disk'],
  ['disk.free.remedy', 'disk.free'],
  ['kernel.observed', 'kernel'],
  ['unread.remedy', 'unread'],
]);

/** Every code that these results say. */
export function codesOf(results: readonly CheckResult[]): readonly string[] {
  return results.flatMap((one) => [one.expected, one.observed, ...(one.remedy === null ? [] : [one.remedy])]).map((text) => text.code);
}

/**
 * Expects that together the results say every text of the catalogue whose code begins with one of `starts`, so that no branch of a judge is without a test
 * and no text without a use. Titles are asked for by the checks' ids.
 */
export function expectEveryText(results: readonly CheckResult[], starts: readonly string[], ids: readonly string[]): void {
  const said = new Set([...codesOf(results), ...ids.map((id) => `check.${id}.title`)]);
  const wanted = Object.keys(checkTexts).filter((code) => starts.some((start) => code.startsWith(start)));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((code) => !said.has(code))).toEqual([]);
}

/**
 * Expects the codes of observation and remedy, parted by a blank. A code is written by its end: `noexec` for `check.server.installFolder.noexec`;
 * shared texts with their group: `disk`, `kernel.refused`, `unread`. Also that every text is in the catalogue with all its values filled in, and that
 * only a pass or a check that does not apply has no remedy.
 */
export function expectSays(result: CheckResult, says: string): void {
  const [observed, remedy] = says.split(' ');
  expect(endOf(result.observed.code, result.id)).toBe(observed);
  expect(result.remedy === null ? undefined : endOf(result.remedy.code, result.id)).toBe(remedy);
  expect(result.remedy === null).toBe(result.verdict === 'pass' || result.verdict === 'skipped');
  for (const text of [result.expected, result.observed, ...(result.remedy === null ? [] : [result.remedy])]) {
    expect(isMessageCode(text.code) ? 'in the catalogue' : text.code).toBe('in the catalogue');
    expect(say(text)).not.toMatch(/\{\{|undefined|NaN|\[object/u);
  }
}

function endOf(code: string, id: string): string {
  const own = `check.${id}.`;
  if (code.startsWith(own)) return code.slice(own.length);
  const shared = code.replace(/^check\.(?:(?:server|pair|node|cluster)\.)?/u, '');
  return SHORT_ENDS.get(shared) ?? shared;
}
