const PLAIN = /^[A-Za-z0-9_.+/=:,@%-]$/u;

/**
 * Quotes any text for a Redis configuration file. Redis splits a line with `sdssplitargs`: between double quotes `\xHH` is one byte, so
 * every byte that is not a letter, digit or harmless sign is written that way, and no quote, blank, `$`, `#`, backslash or encoding can matter.
 * A NUL cannot be carried (Redis ends the line there); secrets come from the environment or a line of text and hold none.
 */
export function quoteForRedisConf(text: string): string {
  let quoted = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    quoted += PLAIN.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `"${quoted}"`;
}

/**
 * The password in a file that `renderAuthConf` wrote, whatever version of Triad; null when there is none to be read. Reads what Redis reads between double
 * quotes: `\xHH` and a backslash before a sign.
 */
export function parseAuthConf(text: string): string | null {
  const quoted = /^requirepass "((?:[^"\\]|\\.)*)"\s*$/mu.exec(text)?.[1];
  if (quoted === undefined) return null;
  const bytes: number[] = [];
  for (const part of quoted.matchAll(/\\x([0-9a-f]{2})|\\?(.)/giu)) {
    if (part[1] === undefined) bytes.push(...new TextEncoder().encode(part[2]));
    else bytes.push(Number.parseInt(part[1], 16));
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** The one file per server that holds the password; both nodes include it. Masters ask for it, replicas offer it: any node may be either. */
export function renderAuthConf(password: string): string {
  const quoted = quoteForRedisConf(password);
  return [
    '# The password of the cluster, for its clients and between its nodes. Written by Triad; readable by root and the service only.',
    `requirepass ${quoted}`,
    `masterauth ${quoted}`,
    '',
  ].join('\n');
}
