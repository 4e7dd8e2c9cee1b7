import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { nodesOnServer } from '../shared/domain/plan.ts';
import { message, say } from '../shared/messages/message.ts';
import { ROTATE_ABOVE_BYTES } from './logRotation.ts';
import { serverPathsOf } from './serverPaths.ts';

/** One node in a line of such a text. */
export function describeNode({ dataPort, busPort, slots, replicaOf }: NodeSpec): string {
  return slots === null
    ? say(message('change.readme.replica', { port: dataPort, bus: busPort, master: replicaOf ?? '' }))
    : say(message('change.readme.master', { port: dataPort, bus: busPort, first: slots.first, last: slots.last }));
}

/** A text for the administrator who finds these files without knowing Triad: what it is, how to start and stop it, who manages it. */
export function renderReadme(plan: ClusterPlan, server: string, triadVersion: string): string {
  const nodes = nodesOnServer(plan, server);
  const paths = serverPathsOf(plan);
  const peers = plan.servers.filter(({ name }) => name !== server).map(({ name, address }) => `${name} (${address})`);
  return say(
    message('change.readme.text', {
      cluster: plan.cluster,
      server,
      version: triadVersion,
      nodes: nodes.map(describeNode).join('\n'),
      peers: peers.join(', '),
      client: `${plan.folders.bin}/${plan.engine}-cli`,
      address: nodes[0]?.address ?? '',
      port: nodes[0]?.dataPort ?? 0,
      units: nodes.map(({ unit }) => unit).join(' '),
      bin: plan.folders.bin,
      install: plan.folders.install,
      data: plan.folders.data,
      logs: plan.folders.logs,
      megabytes: ROTATE_ABOVE_BYTES / 1024 ** 2,
      sysctl: paths.sysctl,
      tmpfiles: paths.tmpfiles,
      manifest: paths.manifest,
    }),
  );
}
