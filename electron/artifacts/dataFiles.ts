import type { NodeSpec } from '../shared/domain/plan.ts';
import { childOf } from '../shared/domain/serverPath.ts';

/**
 * Where Redis keeps a node's data, by its own default names (`dbfilename`, `appenddirname`); Triad changes neither. A type and not an interface,
 * so that `Object.values` knows what they are.
 */
export type DataFiles = {
  readonly snapshot: string;
  /** A folder from Redis 7.0 on. */
  readonly appendOnly: string;
};

/** The data files of a node, whichever of them its persistence writes. */
export function dataFilesOf(node: Pick<NodeSpec, 'dataFolder'>): DataFiles {
  return { snapshot: childOf(node.dataFolder, 'dump.rdb'), appendOnly: childOf(node.dataFolder, 'appendonlydir') };
}

/** Where a node keeps what it knows of the cluster, by Redis' own default name. It holds ids, addresses and slots, and no secret. */
export function nodesConfOf(node: Pick<NodeSpec, 'dataFolder'>): string {
  return childOf(node.dataFolder, 'nodes.conf');
}

/** Whether a node with this configuration keeps append-only files; null where the text does not say. Triad itself writes the line. */
export function appendOnlyOf(nodeConf: string): boolean | null {
  const found = /^appendonly (yes|no)$/mu.exec(nodeConf);
  return found === null ? null : found[1] === 'yes';
}
