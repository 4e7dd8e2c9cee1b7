import type { NodeSpec } from '../../shared/domain/plan.ts';
import { childOf } from '../../shared/domain/serverPath.ts';

/** Files of a node that only a node on a Windows server has, all in its own folder. */
export interface WindowsNodeFiles {
  /** The password for Redis, included by the configuration. */
  readonly auth: string;
  /** The same for the service, in plain words: it logs in to ask how Redis is and to stop it. */
  readonly servicePassword: string;
  readonly serviceIni: string;
}

/** Where these files of a node lie. */
export function windowsNodeFiles(node: Pick<NodeSpec, 'dataFolder'>): WindowsNodeFiles {
  return {
    auth: childOf(node.dataFolder, 'auth.conf'),
    servicePassword: childOf(node.dataFolder, 'auth.txt'),
    serviceIni: childOf(node.dataFolder, 'service.ini'),
  };
}
