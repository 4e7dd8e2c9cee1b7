import { nodeSettings } from '../artifacts/nodeSettings.ts';
import type { Phase } from '../engine/phase.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { message } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** Brings one running node to its planned settings; true when something was changed. */
async function settle(context: RunContext, node: NodeSpec, connection: RedisNode): Promise<boolean> {
  const settings = nodeSettings(node, context.plan).flatMap((group) => group.settings);
  const found = await connection.configGet(
    settings.map(({ name }) => name),
    { signal: context.signal },
  );
  const differing = settings.filter(
    ({ name, value, takesEffect }) => takesEffect !== 'internal' && found.has(name) && found.get(name) !== value,
  );
  const waiting = differing.filter(({ takesEffect }) => takesEffect === 'restart').map(({ name }) => name);
  if (waiting.length > 0)
    context.emit({
      type: 'note',
      level: 'warn',
      server: node.server,
      message: message('redis.restartNeeded', { node: node.id, settings: waiting.join(', ') }),
    });
  const settable = differing.filter(({ takesEffect }) => takesEffect === 'runtime');
  for (const { name, value } of settable) {
    await connection.call(['CONFIG', 'SET', name, value], { signal: context.signal });
    context.emit({ type: 'clusterCommand', node: node.id, command: `CONFIG SET ${name} ${value === '' ? '""' : value}` });
  }
  return settable.length > 0;
}

/**
 * Brings running nodes to settings that were changed in their files since they started, where Redis allows it without a restart. What needs
 * one is told and left to the admin: Triad does not restart a node that may hold the only copy of something.
 */
export const applySettings: Phase<RunContext> = {
  id: 'applySettings',
  title: message('phase.applySettings'),
  scope: 'cluster',
  run: async (context) => {
    const changed = await Promise.all(
      context.plan.nodes.map(async (node) => {
        const connection = context.nodes.get(node.id);
        return connection !== undefined && settle(context, node, connection);
      }),
    );
    return changed.includes(true) ? 'changed' : 'alreadyDone';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
