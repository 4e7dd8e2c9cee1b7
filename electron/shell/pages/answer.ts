/** What our scheme answers. Not a `Response`: Node takes 30 ms for its first one, while the page waits. */
export interface Answer {
  readonly status: 200 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer that says no more than this. */
export function refusal(status: 404 | 405): Answer {
  // Chromium takes an answer without any body for a broken one.
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from('\n') };
}
