import { distributionOn, nodesOnServer, placesOn, type ClusterPlan } from '../../shared/domain/plan.ts';
import { childOf } from '../../shared/domain/serverPath.ts';
import { message, say } from '../../shared/messages/message.ts';
import { ROTATE_ABOVE_BYTES } from '../logRotation.ts';
import { describeNode } from '../readme.ts';

/** The same text as `renderReadme` for whoever finds the files on a Windows server, with its own commands. */
export function renderWindowsReadme(plan: ClusterPlan, server: string, manifest: string, triadVersion: string): string {
  const nodes = nodesOnServer(plan, server);
  const { folders } = placesOn(plan, server);
  const peers = plan.servers.filter(({ name }) => name !== server).map(({ name, address }) => `${name} (${address})`);
  const commands = (verb: string): string => nodes.map(({ unit }) => `    sc.exe ${verb} ${unit}`).join('\n');
  const text = message('change.readme.windows', {
    cluster: plan.cluster,
    server,
    version: triadVersion,
    nodes: nodes.map(describeNode).join('\n'),
    peers: peers.join(', '),
    client: childOf(folders.bin, distributionOn(plan, server).programs.client),
    address: nodes[0]?.address ?? '',
    port: nodes[0]?.dataPort ?? 0,
    query: commands('query'),
    stop: commands('stop'),
    start: commands('start'),
    bin: folders.bin,
    install: folders.install,
    folders: nodes.map(({ dataFolder }) => dataFolder).join('\n                  '),
    megabytes: ROTATE_ABOVE_BYTES / 1024 ** 2,
    firewall: `triad:${plan.cluster}:`,
    manifest,
  });
  // Editors of Windows Server 2019 show a text in one line where lines end as on Linux.
  const own = plan.windowsService === 'own' ? say(message('change.readme.windowsOwn')) : '';
  return `${say(text)}${own}`.replaceAll('\n', '\r\n');
}
