import { platformOf, type ClusterPlan, type NodeSpec } from '../shared/domain/plan.ts';
import { nodeSettings } from './nodeSettings.ts';
import { serverPathsOf } from './serverPaths.ts';
import { includedAuth } from './windows/nodeFiles.ts';

/** The file with the password: one for all nodes of a Linux server; on a Windows server one for each, told from the folder in which Redis is started. */
function includedOn(node: NodeSpec, plan: ClusterPlan): string {
  return platformOf(plan, node.server) === 'windows' ? includedAuth(node) : serverPathsOf(plan).auth;
}

/** The configuration file of one node. Without secrets: the password stands in the included file (see `renderAuthConf`). */
export function renderNodeConf(node: NodeSpec, plan: ClusterPlan): string {
  const blocks = nodeSettings(node, plan).map(({ reasons, settings }) =>
    [...reasons.map((reason) => `# ${reason}`), ...settings.map(({ name, value }) => `${name} ${value === '' ? '""' : value}`)].join('\n'),
  );
  return [
    `# Node ${node.id} of the cluster ${plan.cluster}. Written by Triad: edits are replaced at its next install.`,
    ...blocks,
    ['# requirepass and masterauth, readable by the service only.', `include ${includedOn(node, plan)}`].join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/u, '\n');
}
