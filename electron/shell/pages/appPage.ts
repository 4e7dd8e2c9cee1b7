import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { FirstLook } from '../../shared/contract/firstLook.ts';
import { refusal, type Answer } from './answer.ts';

/** What the built window has in place of the nonce; Vite writes it wherever a nonce belongs. */
const NONCE_PLACE = '__CSP_NONCE__';
/** What `renderer/index.html` has in place of what the shell knows. */
const LOOK_PLACE = '__FIRST_LOOK__';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * The policy of the window: its own scripts, its own styles and those with the document's nonce, the report in a frame, and nothing else.
 * No `unsafe-*`: the UI kit is given the nonce for the style elements that it makes.
 */
export function appPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    'frame-src triad://report',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Headers of everything that our scheme serves. No Cross-Origin-Opener-Policy: nothing can open a window or be opened by one, and with it
 * Chromium throws the first page process away and starts a second one.
 */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * Answers a request for `triad://app/...` from the folder of the built window. What lies outside, or is not there, is a 404.
 * @param takeLook called for a document: what its page may draw at once, or null
 */
export async function answerAppRequest(address: URL, folder: string, takeLook: () => FirstLook | null): Promise<Answer> {
  const file = fileFor(address, folder);
  const body = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || body === null) return refusal(404);
  const type = CONTENT_TYPES[extname(file)];
  if (type === undefined) return refusal(404);
  const headers = { ...COMMON_HEADERS, 'content-type': type };
  if (extname(file) !== '.html') return { status: 200, headers, body };
  const nonce = randomBytes(16).toString('base64');
  const look = JSON.stringify(takeLook()).replaceAll('"', '&quot;');
  const page = body.toString('utf8').replaceAll(NONCE_PLACE, nonce).replace(LOOK_PLACE, look);
  return {
    status: 200,
    headers: { ...headers, 'content-security-policy': appPolicy(nonce), 'cache-control': 'no-store' },
    body: Buffer.from(page),
  };
}

function fileFor(address: URL, folder: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(address.pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const root = normalize(folder + sep);
  const file = join(root, path);
  return file.startsWith(root) ? file : null;
}
