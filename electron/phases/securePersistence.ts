import { foundAt } from '../artifacts/compareFile.ts';
import { nodeSettings } from '../artifacts/nodeSettings.ts';
import type { Phase } from '../engine/phase.ts';
import { preparePersistence } from '../redis/preparePersistence.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { message } from '../shared/messages/message.ts';
import { reachNode } from './connectNodes.ts';
import { blueprintOf, factsOf, type RunContext } from './runContext.ts';

/** A node may hold many gigabytes, and its disk may be slow. */
const WRITE_DEADLINE_MS = 900_000;

function persistenceLines(configuration: string): string {
  return configuration
    .split('\n')
    .filter((line) => /^(?:appendonly|save) /u.test(line))
    .join('\n');
}

/** Whether this node runs, and its configuration is about to be given another persistence than it names now. */
function changesPersistence(context: RunContext, node: NodeSpec): boolean {
  const facts = factsOf(context, node.server);
  if (!facts.units.some(({ unit, active }) => unit === node.unit && active === 'active')) return false;
  const planned = blueprintOf(context, node.server).files.find(({ path }) => path === node.configFile)?.content ?? '';
  return persistenceLines(foundAt(facts, node.configFile)?.content ?? '') !== persistenceLines(planned);
}

/**
 * Has running nodes write their data for a persistence that was changed in the specification, before any file says so: whenever a node is
 * restarted after an interruption here or later, it finds its data by the configuration that it reads. Nodes that are stopped are the check
 * `server.keptData`'s.
 */
export const securePersistence: Phase<RunContext> = {
  id: 'securePersistence',
  title: message('phase.securePersistence'),
  scope: 'cluster',
  run: async (context) => {
    const { persistence } = context.plan.settings;
    const changed = await Promise.all(
      context.plan.nodes
        .filter((node) => changesPersistence(context, node))
        .map(async (node) => {
          const settings = nodeSettings(node, context.plan).flatMap((group) => group.settings);
          return preparePersistence(context.nodes.get(node.id) ?? (await reachNode(context, node, 0)), {
            persistence,
            save: settings.find(({ name }) => name === 'save')?.value ?? '',
            deadlineMs: WRITE_DEADLINE_MS,
            signal: context.signal,
            emit: (command) => context.emit({ type: 'clusterCommand', node: node.id, command }),
          });
        }),
    );
    return changed.includes(true) ? 'changed' : 'alreadyDone';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
