import type { ClosedWay } from '../../shared/domain/firewallRuleText.ts';
import { BUNDLE_PATHS, type BundlePart } from '../../shared/domain/configBundle.ts';
import { clusterPorts, nodesOnServer, type ClusterPlan } from '../../shared/domain/plan.ts';
import { inLanguage, message, say } from '../../shared/messages/message.ts';
import type { BlueprintFile } from '../blueprint.ts';
import { rulesForGap } from '../firewall/rulesForNetworkTeam.ts';
import { blueprintFor } from '../serverBlueprint.ts';

const encoder = new TextEncoder();

/** Where a file of a server lies in a bundle. The one that holds the password is another name's, so that nobody copies a stand-in to its place. */
export function bundledFilePath(server: string, file: Pick<BlueprintFile, 'path' | 'holdsSecret'>): string {
  return `servers/${server}/files${file.path}${file.holdsSecret ? '.not-included.txt' : ''}`;
}

/** Everything that a server must let in, in the words of each tool; also where Triad does not manage the firewall. */
function firewallText(plan: ClusterPlan, server: string): string {
  const peers = plan.servers.filter(({ name }) => name !== server);
  const fromPeers = peers.flatMap(({ name }) => clusterPorts(plan).map((port): ClosedWay => ({ from: name, to: server, port })));
  const fromClients = plan.firewall.clients.flatMap((network) =>
    nodesOnServer(plan, server).map(({ dataPort }): ClosedWay => ({ from: network, to: server, port: dataPort })),
  );
  return inLanguage('en', () => `${rulesForGap([...fromPeers, ...fromClients], plan)}\n`);
}

/** The parts that follow from the plan alone: what another specification would change. No secret is at hand here. */
export function planParts(plan: ClusterPlan, triadVersion: string): readonly BundlePart[] {
  const part = (path: string, text: string): BundlePart => ({ path, bytes: encoder.encode(text) });
  const { engine, version, bundle } = plan;
  const servers = plan.servers.flatMap(({ name }) => {
    const { files } = blueprintFor(plan, name, { password: '', bundleFiles: new Map(), triadVersion });
    return [
      part(`servers/${name}/firewall.txt`, firewallText(plan, name)),
      ...files.map((file) =>
        part(
          bundledFilePath(name, file),
          file.holdsSecret ? say(message('change.readme.bundle.secret', { path: file.path, server: name })) : file.content,
        ),
      ),
    ];
  });
  return [
    part(BUNDLE_PATHS.plan, `${JSON.stringify(plan, null, 2)}\n`),
    part(BUNDLE_PATHS.programs, `${JSON.stringify({ engine, version, ...bundle }, null, 2)}\n`),
    ...servers,
  ];
}
