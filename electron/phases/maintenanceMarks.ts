import { markChanges, unmarkChanges } from '../artifacts/maintenanceChanges.ts';
import { payloadFor } from '../artifacts/planChanges.ts';
import { maintenance } from '../checks/server/maintenance.ts';
import type { Phase, PhaseResult } from '../engine/phase.ts';
import type { Change } from '../shared/domain/change.ts';
import { fail } from '../shared/domain/failure.ts';
import { maintenanceOf, type MaintenanceMark, type MaintenanceState } from '../shared/domain/maintenanceMark.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { report } from './checkServers.ts';
import { reportLost } from './goOnWithout.ts';
import { judgingContext } from './judging.ts';
import { blueprintOf, factsOf, hostOf, type RunContext } from './runContext.ts';

/** What the marks on the servers said when they were looked at. */
export function maintenanceSeen(context: Pick<RunContext, 'facts' | 'plan'>): MaintenanceState {
  return maintenanceOf([...context.facts.values()], context.plan);
}

/** Ends a run that must not begin while a server is in maintenance; `server` is the one that may be. */
export function requireNoMaintenance(server: string | null): Phase<RunContext> {
  return {
    id: 'requireNoMaintenance',
    title: message('phase.requireNoMaintenance'),
    scope: 'cluster',
    run: (context) => {
      const { marks } = maintenanceSeen(context);
      const other = marks.some((mark) => mark.server === server) ? undefined : marks[0];
      if (other !== undefined)
        throw fail('maintenance.other', serverSubject(other.server), {
          values: { server: other.server, at: other.at, by: other.by },
          retryable: true,
        });
      return Promise.resolve('observed');
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
  };
}

/**
 * Tells which server is in maintenance, as a check. That it is away is what a maintenance is for, and no fault of the cluster; any other server that could
 * not be reached is.
 */
export const reportMaintenance: Phase<RunContext> = {
  id: 'reportMaintenance',
  title: message('phase.reportMaintenance'),
  scope: 'cluster',
  run: (context) => {
    const marked = new Set(maintenanceSeen(context).marks.map((mark) => mark.server));
    reportLost(context, 'reportMaintenance', (server) => !marked.has(server));
    report(context, 'reportMaintenance', maintenance.judge([...context.facts.values()], judgingContext(context, 'installed')));
    return Promise.resolve('observed');
  },
  leaves: { kind: 'keeps', reason: message('phase.keeps.nothingChanged') },
};

async function applyMark(context: RunContext, phase: string, server: string, changes: readonly Change[]): Promise<PhaseResult> {
  if (changes.length === 0) return 'alreadyDone';
  context.touched.add(server);
  const payload = payloadFor(blueprintOf(context, server), changes);
  const outcomes = await hostOf(context, server).apply(changes, payload, { signal: context.signal });
  context.emit({ type: 'changesApplied', server, phase, changes: [...changes], outcomes: [...outcomes] });
  return 'changed';
}

/** Puts the mark on all three servers: while the one is away, its peers know. A mark that an interrupted run left on some is taken over. */
export function markServers(marked: string): Phase<RunContext> {
  return {
    id: 'markServers',
    title: message('phase.markServers'),
    scope: 'server',
    run: async (context, server) => {
      const found = maintenanceSeen(context).marks.find((mark) => mark.server === marked);
      const mark: MaintenanceMark = found ?? {
        schemaVersion: 1,
        cluster: context.plan.cluster,
        server: marked,
        runId: context.runId,
        by: context.operator,
        // When it was looked at, and not now: all three servers get the same text.
        at: factsOf(context, marked).at,
      };
      return applyMark(context, 'markServers', server, markChanges(blueprintOf(context, server), factsOf(context, server), mark));
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
  };
}

/** Takes the mark off all three servers. */
export const unmarkServers: Phase<RunContext> = {
  id: 'unmarkServers',
  title: message('phase.unmarkServers'),
  scope: 'server',
  run: async (context, server) =>
    applyMark(context, 'unmarkServers', server, unmarkChanges(blueprintOf(context, server), factsOf(context, server))),
  leaves: { kind: 'keeps', reason: message('phase.keeps.nextRunGoesOn') },
};
