import { installedElsewhere } from '../artifacts/installedElsewhere.ts';
import { payloadFor } from '../artifacts/planChanges.ts';
import { observeRemovalFor, planRemoval } from '../artifacts/removal.ts';
import type { Phase } from '../engine/phase.ts';
import { fail } from '../shared/domain/failure.ts';
import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import { includeCommand } from '../shared/domain/defender.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { withoutSecrets } from './gatherFacts.ts';
import { blueprintOf, hostOf, type RunContext } from './runContext.ts';

/** Looks at what Triad installed on each server, from the manifest it left there, and notes what is to be taken away. */
export function planRemovals(deleteData: boolean): Phase<RunContext> {
  return {
    id: 'planRemoval',
    title: message('phase.planRemoval'),
    scope: 'server',
    run: async (context, server) => {
      const blueprint = blueprintOf(context, server);
      const facts = await hostOf(context, server).observe(observeRemovalFor(blueprint, context.plan), { signal: context.signal });
      // Half of it could be found, and the record of how the server was before would be lost.
      const elsewhere = installedElsewhere(blueprint, facts);
      if (elsewhere.length > 0)
        throw fail('host.installedElsewhere', serverSubject(server), { values: { server, paths: elsewhere.join(', ') } });
      const changes = planRemoval(blueprint, facts, { deleteData });
      context.facts.set(server, facts);
      context.pending.set(server, changes);
      context.emit({ type: 'factsGathered', facts: withoutSecrets(facts, blueprint) });
      context.emit({ type: 'changesPlanned', server, changes: [...changes] });
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/** Exclusions that Defender did not take back: nothing on the server tells of them any more. */
function tellExclusionsLeft(context: RunContext, server: string, changes: readonly Change[], outcomes: readonly ChangeOutcome[]): void {
  const left = changes.filter(({ kind, id }) => kind === 'defender' && outcomes.some((one) => one.id === id && one.outcome === 'refused'));
  const paths = left.flatMap((change) => (change.kind === 'defender' ? [change.path] : []));
  if (paths.length === 0) return;
  const reason = outcomes.find(({ id }) => id === left[0]?.id)?.evidence ?? '';
  const note = message('phase.exclusionsLeft', { reason, command: includeCommand(paths) });
  context.emit({ type: 'note', level: 'warn', server, message: note });
}

/** Takes it away. */
export const removeInstallation: Phase<RunContext> = {
  id: 'removeInstallation',
  title: message('phase.removeInstallation'),
  scope: 'server',
  run: async (context, server) => {
    const changes = context.pending.get(server) ?? [];
    if (changes.length === 0) return 'alreadyDone';
    const outcomes = await hostOf(context, server).apply(changes, payloadFor(blueprintOf(context, server), changes), {
      signal: context.signal,
      deadlineMs: 120_000,
    });
    context.emit({ type: 'changesApplied', server, phase: 'removeInstallation', changes: [...changes], outcomes: [...outcomes] });
    tellExclusionsLeft(context, server, changes, outcomes);
    return 'changed';
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
