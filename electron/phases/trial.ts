import type { WatchMark } from '../redis/failoverMarks.ts';
import type { FailoverWatch } from '../redis/failoverWatch.ts';
import type { ProbeWriter } from '../redis/probeWriter.ts';
import { serverLost, type Fault } from '../shared/domain/fault.ts';
import { fail, failureOf } from '../shared/domain/failure.ts';
import type { Mark, MarkName } from '../shared/domain/failover.ts';
import type { Message } from '../shared/domain/message.ts';
import { nodesOnServer, type NodeSpec } from '../shared/domain/plan.ts';
import { clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { hostOf, type RunContext } from './runContext.ts';
import type { TrialProgress } from './trialProgress.ts';
import { HEAL_DEADLINE_MS, probeExpiryMs, promotionDeadlineMs, RETURN_DEADLINE_MS } from './trialDeadlines.ts';

/** Everything of one trial while it goes on. */
export interface Trial {
  readonly server: string;
  readonly startedAt: string;
  readonly fault: Fault;
  readonly marks: Map<MarkName, Mark>;
  readonly actions: { atMs: number; server: string; done: Message; undoneAtMs: number | null }[];
  faultAtMs: number;
  isInjected: boolean;
  probes: ProbeWriter | null;
  watch: FailoverWatch | null;
  /** Tells how it goes on, from the first probe write until the last is read back. */
  progress: TrialProgress | null;
  /** What the watch marks before the moment of the fault is known; null from then on. */
  early: WatchMark[] | null;
}

/** A trial that has not begun. */
export function newTrial(context: RunContext, server: string): Trial {
  const healAfterSeconds = Math.ceil((promotionDeadlineMs(context.plan.settings.nodeTimeoutMs) + RETURN_DEADLINE_MS) / 1000);
  return {
    server,
    startedAt: new Date().toISOString(),
    fault: serverLost(context.plan, server, healAfterSeconds),
    marks: new Map(),
    actions: [],
    faultAtMs: 0,
    isInjected: false,
    probes: null,
    watch: null,
    progress: null,
    early: [],
  };
}

/** The node on the victim that serves slots when everything is as planned. */
export function victimMaster(context: RunContext, server: string): NodeSpec {
  const master = nodesOnServer(context.plan, server).find((node) => node.role === 'master');
  if (master === undefined) throw new Error(`${server} is not part of the plan`);
  return master;
}

/** Notes a moment on the run's clock and tells it; the first one of a name counts. */
export function note(
  context: RunContext,
  trial: Trial,
  name: MarkName,
  at: { readonly atMs: number; readonly uncertaintyMs: number; readonly evidence?: string },
): void {
  if (trial.marks.has(name)) return;
  const mark: Mark = {
    name,
    atMs: Math.round(at.atMs - trial.faultAtMs),
    uncertaintyMs: Math.ceil(at.uncertaintyMs),
    evidence: at.evidence ?? '',
  };
  trial.marks.set(name, mark);
  context.emit({ type: 'trialMark', server: trial.server, mark });
  trial.progress?.tellRoles();
}

/** Tells what the trial is doing. */
export function tell(context: RunContext, trial: Trial, text: Message): void {
  context.emit({ type: 'phaseProgress', phase: `loseServer:${trial.server}`, server: null, message: text });
}

/** Deletes the probe keys and closes the writers. Keys that cannot be deleted go away by themselves: a warning, and no reason to fail. */
export async function endProbes(context: RunContext, trial: Trial): Promise<void> {
  trial.progress?.stop();
  trial.progress = null;
  const { probes } = trial;
  trial.probes = null;
  if (probes === null) return;
  try {
    await probes.cleanUp();
  } catch (error) {
    const { code, values } = failureOf(error, clusterSubject);
    const minutes = Math.ceil(probeExpiryMs(context.plan.settings.nodeTimeoutMs) / 60_000);
    context.emit({
      type: 'note',
      level: 'warn',
      server: null,
      message: message('failover.keysLeft', { reason: say({ code, values }), minutes }),
    });
  } finally {
    probes.close();
  }
}

/** Starts the nodes again and takes the timer away; not bound to the run's signal, since it must also work after an interruption. */
export async function heal(context: RunContext, trial: Trial): Promise<void> {
  const { server, fault } = trial;
  try {
    await hostOf(context, server).faults.heal(fault, { deadlineMs: HEAL_DEADLINE_MS });
  } catch (error) {
    const { code, values, evidence } = failureOf(error, serverSubject(server));
    throw fail('failover.notHealed', serverSubject(server), {
      values: { server, reason: say({ code, values }), seconds: fault.healAfterSeconds },
      evidence,
      cause: error,
    });
  }
  trial.isInjected = false;
  const undoneAtMs = Math.round(context.now() - trial.faultAtMs);
  for (const action of trial.actions) action.undoneAtMs = undoneAtMs;
}
