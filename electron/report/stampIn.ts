import { parseStampLine, type ReportStamp } from './reportStamp.ts';

/**
 * The stamp that a page or a summary bears, and which of both it is; null for none. A page has it in its head, before anything that a server said; a summary
 * in its last line that is one, after all of it.
 */
export function stampIn(text: string): { readonly format: 'html' | 'md'; readonly stamp: ReportStamp } | null {
  const start = text.replace(/^\uFEFF/u, '').trimStart();
  if (/^<!doctype html>/iu.test(start)) {
    const head = start.slice(0, start.indexOf('</head>'));
    const line = /<meta name="triad-report" content="([^"<>]*)"/u.exec(head)?.[1] ?? '';
    const stamp = parseStampLine(line);
    return stamp === null ? null : { format: 'html', stamp };
  }
  const lines = start.split(/\r?\n/u).map((one) => /^`(.*)`\s*$/u.exec(one)?.[1] ?? '');
  const stamp = lines.map((one) => parseStampLine(one)).findLast((one) => one !== null) ?? null;
  return stamp === null ? null : { format: 'md', stamp };
}
