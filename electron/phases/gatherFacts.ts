import { observeRequestFor } from '../artifacts/observeRequest.ts';
import { planChanges } from '../artifacts/planChanges.ts';
import type { ServerBlueprint } from '../artifacts/blueprint.ts';
import type { Phase } from '../engine/phase.ts';
import { failureOf } from '../shared/domain/failure.ts';
import { nodesOnServer, platformOf } from '../shared/domain/plan.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { faultLeft } from './faultLeft.ts';
import { blueprintOf, factsOf, hostOf, type RunContext } from './runContext.ts';

/** Looks at one server and notes what stands between it and its blueprint. One round trip. */
export async function lookAt(context: RunContext, server: string): Promise<void> {
  const blueprint = blueprintOf(context, server);
  const facts = await hostOf(context, server).observe(observeRequestFor(blueprint, context.plan, context.logsSeenAt.get(server)), {
    signal: context.signal,
  });
  // Of a cluster that Triad did not install nothing is to be changed, whatever is found.
  const changes = context.plan.adopted === true ? [] : planChanges(blueprint, facts);
  context.facts.set(server, facts);
  context.pending.set(server, changes);
  context.touched.delete(server);
  context.emit({ type: 'factsGathered', facts: withoutSecrets(facts, blueprint) });
  context.emit({ type: 'changesPlanned', server, changes: [...changes] });
}

/** Facts for the journal and the report: from the hash or the length of the password file a weak password could be guessed. */
export function withoutSecrets(facts: ServerFacts, blueprint: ServerBlueprint): ServerFacts {
  const secret = new Set(blueprint.files.filter((file) => file.holdsSecret).map((file) => file.path));
  const paths = facts.paths.map((found) => (secret.has(found.path) ? { ...found, sha256: null, sizeBytes: 0, content: null } : found));
  return { ...facts, paths };
}

/** How long sshd may take for a try; the node behind it need not answer. */
const FORWARD_DEADLINE_MS = 5000;

/** Has sshd open a connection to each node of its server. Whether something listens there does not matter: a refused try is told apart. */
async function tryForwarding(context: RunContext, server: string): Promise<void> {
  const bounds = { signal: context.signal, deadlineMs: FORWARD_DEADLINE_MS };
  for (const node of nodesOnServer(context.plan, server)) {
    try {
      (await hostOf(context, server).forward(node.address, node.dataPort, bounds)).destroy();
    } catch (error) {
      const { code, values } = failureOf(error, serverSubject(server));
      if (code === 'ssh.forwardingRefused') {
        context.forwarding.set(server, { outcome: 'refused', endpoint: String(values['endpoint']), reason: String(values['reason']) });
        return;
      }
      if (code !== 'redis.unreachable') throw error;
    }
  }
  context.forwarding.set(server, { outcome: 'allowed' });
}

/** A failover test whose Triad died leaves a server lost until its timer comes: else nobody would know why its nodes are down. */
function tellFaultLeft(context: RunContext, server: string): void {
  const left = faultLeft(context.plan.cluster, platformOf(context.plan, server), factsOf(context, server));
  if (left !== null) context.emit({ type: 'note', level: 'warn', server, message: left });
}

/** Reads everything that is to be known about the servers. */
export const gatherFacts: Phase<RunContext> = {
  id: 'gatherFacts',
  title: message('phase.gatherFacts'),
  scope: 'server',
  run: async (context, server) => {
    await Promise.all([lookAt(context, server), tryForwarding(context, server)]);
    tellFaultLeft(context, server);
    return 'observed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};
