import type { Draft } from '../../../electron/shared/domain/draft.ts';

/** Whether a draft has servers of each kind. One of which nobody knows what it runs on counts as Linux until it is found out. */
export function kindsOfServers(draft: Pick<Draft, 'servers'>): { readonly hasWindows: boolean; readonly hasLinux: boolean } {
  const isWindows = draft.servers.map(({ platform }) => platform === 'windows');
  return { hasWindows: isWindows.includes(true), hasLinux: isWindows.includes(false) };
}
