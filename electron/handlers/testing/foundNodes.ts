import { examplePlan } from '../../checks/testing/exampleFacts.ts';
import { exampleView } from '../../checks/testing/exampleView.ts';
import type { NodeView, PeerView } from '../../shared/domain/view.ts';
import type { FoundNode } from '../adoption.ts';

/** Six nodes that somebody has installed, as they tell of themselves; `change` alters a line about a node wherever it stands. */
export function foundNodes(
  change: (line: PeerView) => Partial<PeerView> = () => ({}),
  alter: (node: FoundNode) => Partial<FoundNode> = () => ({}),
): readonly FoundNode[] {
  const plan = examplePlan();
  const view = exampleView((one): NodeView => ({ ...one, peers: one.peers.map((line) => ({ ...line, ...change(line) })) }));
  return view.views.map((one): FoundNode => {
    const spec = plan.nodes.find(({ id }) => id === one.node);
    const settings = new Map([
      ['dir', `/srv/${spec?.dataPort ?? 0}`],
      ['logfile', 'redis.log'],
      ['cluster-node-timeout', '4000'],
      ['maxmemory', '0'],
      ['appendonly', 'no'],
      ['save', '3600 1'],
    ]);
    const node: FoundNode = {
      address: spec?.address ?? '',
      port: spec?.dataPort ?? 0,
      view: one,
      settings,
      configFile: '/etc/redis/redis.conf',
      system: 'Linux 6.1.0 x86_64',
      engine: 'redis',
      memoryBytes: 8 * 1024 ** 3,
    };
    return { ...node, ...alter(node) };
  });
}
