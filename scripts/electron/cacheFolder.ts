import { homedir } from 'node:os';
import { join } from 'node:path';

/** The cache folder by the XDG rules, for all checkouts of this user: `$XDG_CACHE_HOME/triad/electron`. */
export function electronCacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  // The rules say that a relative path there is to be ignored.
  return join(base?.startsWith('/') === true ? base : join(homedir(), '.cache'), 'triad', 'electron');
}
