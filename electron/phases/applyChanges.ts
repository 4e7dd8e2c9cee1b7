import { changesOfPhase, type ChangePhase } from '../artifacts/changePhases.ts';
import { payloadFor } from '../artifacts/planChanges.ts';
import type { Phase } from '../engine/phase.ts';
import { message } from '../shared/messages/message.ts';
import { blueprintOf, hostOf, type RunContext } from './runContext.ts';

/** Applies those of the pending changes that belong to one phase, in one round trip per server. */
export function applyChanges(phase: ChangePhase): Phase<RunContext> {
  return {
    id: phase,
    title: message(`phase.${phase}`),
    scope: 'server',
    run: async (context, server) => {
      const changes = changesOfPhase(context.pending.get(server) ?? [], phase);
      if (changes.length === 0) return 'alreadyDone';
      const payload = payloadFor(blueprintOf(context, server), changes);
      context.touched.add(server);
      const outcomes = await hostOf(context, server).apply(changes, payload, { signal: context.signal });
      context.emit({ type: 'changesApplied', server, phase, changes: [...changes], outcomes: [...outcomes] });
      for (const outcome of outcomes) {
        const change = changes.find((one) => one.id === outcome.id);
        if (change !== undefined) context.applied.push({ server, change, outcome });
      }
      if (phase === 'startNodes') context.moments.set('nodesStarted', context.now());
      return outcomes.some((one) => one.outcome === 'done') ? 'changed' : 'alreadyDone';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
  };
}
