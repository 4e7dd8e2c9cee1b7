import type { Change } from '../../../shared/domain/change.ts';
import type { ObserveRequest } from '../../host.ts';

/** A request that asks for nothing in particular; tests add what they look at. */
export const observeNothing: ObserveRequest = {
  paths: [],
  contentOf: [],
  units: [],
  ports: [],
  disks: [],
  serviceUser: 'triad-redis',
  serviceFolders: [],
  logs: [],
  firewallTag: 'triad:sessions',
};

/** The change that writes a text file of root's, readable by all. */
export function textFile(path: string, content: string, more: Partial<Extract<Change, { kind: 'file' }>> = {}): Change {
  return {
    kind: 'file',
    id: `file:${path}`,
    path,
    owner: 'root',
    group: 'root',
    mode: 0o644,
    content,
    holdsSecret: false,
    action: 'create',
    diff: null,
    purpose: { code: 'x', values: {} },
    ...more,
  };
}
