import { createHash } from 'node:crypto';
import type { FakeReply } from './fakeWindows.ts';

/** SHA-256 in lower-case hex. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A line of JSON as the helper prints it. */
export const ok = (value: unknown, code = 0): FakeReply => ({ code, stdout: `${JSON.stringify(value)}\r\n` });

/** What the helper says of a verb that failed as a whole. */
export const failed = (code: number, at: string, detail = ''): FakeReply => ok({ error: code, at, detail }, code);

/** Where a path is that may be relative to the login's profile. */
export function pathOf(program: string): string {
  return program.includes(':') ? program : `C:\\Users\\admin\\${program}`;
}
