import { planAdopted } from './adoptedPlan.ts';
import { planCluster, type ClusterPlan } from './plan.ts';
import type { ClusterSpec } from './spec.ts';

/**
 * The plan of a specification for looking at the layout before any programs are there: roles, ports, slots and folders are those of the real
 * plan, the bundle in it is empty. Never for anything that reaches a server.
 */
export function previewPlan(spec: ClusterSpec): ClusterPlan {
  if (spec.adopted !== undefined) return planAdopted(spec, spec.adopted);
  const version = spec.redis.version ?? '';
  return planCluster(spec, {
    version,
    origin: spec.redis.archive === undefined ? 'built' : 'own',
    folderName: `${spec.redis.engine}-${version}`,
    licence: '',
    sourceArchive: '',
    sourceSha256: '',
    files: [],
  });
}
