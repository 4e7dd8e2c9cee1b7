import type { ClosedWay } from '../../shared/domain/firewallRuleText.ts';
import { BUNDLE_PATHS, BUNDLED_JOIN_SCRIPT, bundledInstallScript, type BundlePart } from '../../shared/domain/configBundle.ts';
import { clusterPorts, nodesOnServer, platformOf, type ClusterPlan } from '../../shared/domain/plan.ts';
import { inLanguage, message, say } from '../../shared/messages/message.ts';
import { rulesForGap } from '../firewall/rulesForNetworkTeam.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { windowsNodeFiles } from '../windows/nodeFiles.ts';
import { bundledFilePath } from './bundledFilePath.ts';
import { installScript, joinScript, type AccessListOf } from './windowsScripts.ts';

const encoder = new TextEncoder();

/** Everything that a server must let in, in the words of each tool; also where Triad does not manage the firewall. */
function firewallText(plan: ClusterPlan, server: string): string {
  const peers = plan.servers.filter(({ name }) => name !== server);
  const fromPeers = peers.flatMap(({ name }) => clusterPorts(plan).map((port): ClosedWay => ({ from: name, to: server, port })));
  const fromClients = plan.firewall.clients.flatMap((network) =>
    nodesOnServer(plan, server).map(({ dataPort }): ClosedWay => ({ from: network, to: server, port: dataPort })),
  );
  return inLanguage('en', () => `${rulesForGap([...fromPeers, ...fromClients], plan)}\n`);
}

/** What lies in the place of a file with the password: for Redis two lines, for a service of Windows the password alone. */
function secretText(path: string, server: string, plan: ClusterPlan): string {
  const isPlain = nodesOnServer(plan, server).some((node) => windowsNodeFiles(node).servicePassword === path);
  return say(message(isPlain ? 'change.readme.bundle.plainSecret' : 'change.readme.bundle.secret', { path, server }));
}

/** The parts that follow from the plan alone: what another specification would change. No secret is at hand here. */
export function planParts(plan: ClusterPlan, triadVersion: string, accessListOf: AccessListOf): readonly BundlePart[] {
  const part = (path: string, text: string): BundlePart => ({ path, bytes: encoder.encode(text) });
  const { engine, version, bundle, windows } = plan;
  const isWindows = (name: string): boolean => platformOf(plan, name) === 'windows';
  const servers = plan.servers.flatMap(({ name }) => {
    const blueprint = blueprintFor(plan, name, { password: '', bundleFiles: new Map(), triadVersion });
    return [
      part(`servers/${name}/firewall.txt`, firewallText(plan, name)),
      ...blueprint.files.map((file) =>
        part(bundledFilePath(name, file), file.holdsSecret ? secretText(file.path, name, plan) : file.content),
      ),
      ...(isWindows(name) && plan.windowsService === undefined
        ? [part(bundledInstallScript(name), installScript(blueprint, nodesOnServer(plan, name), accessListOf))]
        : []),
    ];
  });
  return [
    part(BUNDLE_PATHS.plan, `${JSON.stringify(plan, null, 2)}\n`),
    part(
      BUNDLE_PATHS.programs,
      `${JSON.stringify({ engine, version, ...bundle, ...(windows === undefined ? {} : { windows: windows.bundle }) }, null, 2)}\n`,
    ),
    ...(plan.servers.every(({ name }) => isWindows(name)) ? [part(BUNDLED_JOIN_SCRIPT, joinScript(plan))] : []),
    ...servers,
  ];
}
