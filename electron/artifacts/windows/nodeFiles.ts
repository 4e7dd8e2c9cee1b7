import type { NodeSpec } from '../../shared/domain/plan.ts';
import { childOf, nameOf, parentOf } from '../../shared/domain/serverPath.ts';

/** Files of a node that only a node on a Windows server has, in a folder of their own: its service may read there, and only administrators write. */
export interface WindowsNodeFiles {
  readonly folder: string;
  /** The password for Redis, included by the configuration. */
  readonly auth: string;
  /** The same for the service, in plain words: it logs in to ask how Redis is and to stop it. */
  readonly servicePassword: string;
  readonly serviceIni: string;
}

/** The folder of a cluster in which all nodes of a server have theirs. */
export function windowsSettingsFolder(install: string): string {
  return childOf(install, 'settings');
}

/** Where these files of a node lie: `settings\7000` beside its own folder `7000`. */
export function windowsNodeFiles(node: Pick<NodeSpec, 'dataFolder'>): WindowsNodeFiles {
  const folder = childOf(windowsSettingsFolder(parentOf(node.dataFolder)), nameOf(node.dataFolder));
  return {
    folder,
    auth: childOf(folder, 'auth.conf'),
    servicePassword: childOf(folder, 'auth.txt'),
    serviceIni: childOf(folder, 'service.ini'),
  };
}

/** How a node names its password file from its own folder, in which Redis is started: without a drive, which the runtime below Redis reads in its own way. */
export function includedAuth(node: Pick<NodeSpec, 'dataFolder'>): string {
  const { folder, auth } = windowsNodeFiles(node);
  return ['..', nameOf(parentOf(folder)), nameOf(folder), nameOf(auth)].join('/');
}
