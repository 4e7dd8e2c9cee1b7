import { planCluster, type ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { ClusterSpec } from '../../../electron/shared/domain/spec.ts';

/** A plan of three servers that do not exist, for the picture on an empty Home; its addresses are those kept for documentation (RFC 5737). */
export function examplePlan(): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: [1, 2, 3].map((number) => ({
      name: `server-${number}`,
      address: `192.0.2.1${number}`,
      ssh: { user: 'root', auth: { agent: true } },
    })),
  });
  const bundle = { version: '', origin: 'built', folderName: '', licence: '', sourceArchive: '', sourceSha256: '', files: [] } as const;
  return planCluster(spec, bundle);
}
