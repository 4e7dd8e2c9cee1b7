import { planCluster, type ClusterPlan } from '../../../shared/domain/plan.ts';
import type { PlainFile } from '../../../shared/domain/plainExport.ts';
import { ClusterSpec } from '../../../shared/domain/spec.ts';
import { sampleBundle } from '../../testing/samplePlan.ts';
import type { PlainExportInput } from '../plainExport.ts';

/** A user's name that a specification allows and that shells, YAML and Ansible's templates would each take for something else. */
export const HOSTILE_USER = `-o{{ü}}'"$(touch)\`w\`;&|#%`.replaceAll(/\s/gu, '');

/** The plan of a specification in which names are as odd as they may be. */
export function hostilePlan(): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'a-1',
    servers: [
      { name: 'localhost', address: '10.77.0.11', ssh: { user: HOSTILE_USER, auth: { agent: true } } },
      { name: '1.e3_-', address: '10.77.0.12', ssh: { port: 2222, host: 'null', user: '!x', auth: { agent: true } } },
      { name: 'No', address: 'fd00::3', ssh: { user: 'admin', auth: { agent: true } } },
    ],
    firewall: { manage: true, clients: ['10.77.9.0/24', 'fd00::/64'] },
  });
  return planCluster(spec, sampleBundle);
}

/** In the place of access lists, which hosts writes. */
const sddlLike: PlainExportInput['accessListOf'] = ({ owner, group, mode }, kind) => `${owner}/${group}/${mode.toString(8)}/${kind}`;

/** Programs whose hashes fit the sample bundle. */
export function sampleExport(changes: Pick<PlainExportInput, 'kind' | 'plan'>): PlainExportInput {
  const encoder = new TextEncoder();
  const programs = new Map([
    ['redis-server', encoder.encode('server program')],
    ['redis-cli', encoder.encode('client program')],
  ]);
  return {
    triadVersion: '0.1.0',
    programs,
    licences: new Map([['LICENSE', encoder.encode('licence')]]),
    accessListOf: sddlLike,
    ...changes,
  };
}

/** The text of a file of an export; empty where there is none. */
export function textAt(files: readonly PlainFile[], path: string): string {
  return new TextDecoder().decode(files.find((file) => file.path === path)?.bytes);
}
