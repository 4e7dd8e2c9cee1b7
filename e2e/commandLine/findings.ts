import { expect } from 'vitest';
import type { FinishedCommand } from './triadCommand.ts';

/** Printed text on one line: where the terminal's width breaks it is nobody's concern. */
export function flat(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

/** The codes of all failures that a command told in words, in their order; a code that stands for several servers stands once. */
export function toldCodes({ stdout, stderr }: FinishedCommand): readonly string[] {
  return [...`${stdout}\n${stderr}`.matchAll(/^ {2}\[([a-z]+\.[A-Za-z]+)\]$/gmu)].map((match) => match[1] ?? '');
}

/** Expects a command's exit code and that its words, however they are wrapped, hold all of these. */
export function expectTold(finished: FinishedCommand, code: number, words: readonly string[]): void {
  const { stdout, stderr } = finished;
  expect(finished.code, `${stdout}\n${stderr}`).toBe(code);
  const text = flat(`${stdout} ${stderr}`);
  for (const part of words) expect(text).toContain(part);
}

/** What stands in the way of a run with `--json`, a line for each check: `server.ports server-1: observed`. Sorted. */
export function stoppingChecks({ result }: FinishedCommand): readonly string[] {
  return result.checks
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown')
    .map(({ id, subject, observed }) => `${id} ${subject}: ${observed}`)
    .toSorted();
}

/**
 * Expects that a run with `--json` failed because it lost this server while it talked to Redis: told by SSH, or of one of its nodes, whose silence may be noticed
 * before that of SSH.
 */
export function expectLostWithNodes({ code, result }: FinishedCommand, server: string): void {
  const told = `${code}: ${result.failure?.code} ${result.failure?.subject}`;
  expect([`1: ssh.connectionLost ${server}`, `1: redis.unreachable ${server}:7000`, `1: redis.unreachable ${server}:7001`]).toContain(told);
}
