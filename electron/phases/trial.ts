import type { WatchMark } from '../redis/failoverMarks.ts';
import type { FailoverWatch } from '../redis/failoverWatch.ts';
import type { ProbeWriter } from '../redis/probeWriter.ts';
import { faultOf, nodesHit, type Fault, type PowerFault } from '../shared/domain/fault.ts';
import { failureOf } from '../shared/domain/failure.ts';
import { faultAtMostSeconds } from '../shared/domain/faultLimit.ts';
import type { Mark, MarkName } from '../shared/domain/failover.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Measure } from '../shared/domain/noticed.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import type { FailoverScenario } from '../shared/domain/scenario.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import type { Noticing } from './noticing.ts';
import type { GuardedPower } from './powerSwitch.ts';
import type { RunContext } from './runContext.ts';
import type { TrialProgress } from './trialProgress.ts';
import { probeExpiryMs } from './trialDeadlines.ts';

/** What is done to whom, and which time it is. */
export interface TrialWish {
  readonly server: string;
  readonly scenario: FailoverScenario;
  /** From 1. */
  readonly round: number;
  /** When it is given up and healed, milliseconds after its beginning; what its steps can take at most unless told. */
  readonly deadlineMs?: number;
}

/** Everything of one trial while it goes on. */
export interface Trial extends TrialWish {
  /** The phase that it is. */
  readonly phase: string;
  readonly startedAt: string;
  /** The planned nodes that are hit, the master first. */
  readonly hit: readonly NodeSpec[];
  /** The master among them. */
  readonly master: NodeSpec;
  /** Null where nothing is done to the server itself. */
  readonly fault: Fault | PowerFault | null;
  /** What switches the victim on again; null but in a trial that cuts its power. */
  power: GuardedPower | null;
  /** When that was asked for, on the run's clock; null before. */
  poweredOnAtMs: number | null;
  readonly marks: Map<MarkName, Mark>;
  readonly actions: { atMs: number; server: string; done: Message; undoneAtMs: number | null }[];
  faultAtMs: number;
  isInjected: boolean;
  probes: ProbeWriter | null;
  /** What is measured beside the probe writes, and while it is. */
  readonly measures: readonly Measure[];
  noticing: Noticing | null;
  watch: FailoverWatch | null;
  /** Tells how it goes on, from the first probe write until the last is read back. */
  progress: TrialProgress | null;
  /** What the watch marks before the moment of the fault is known; null from then on. */
  early: WatchMark[] | null;
}

/** A trial that has not begun. */
export function newTrial(context: RunContext, wish: TrialWish, measures: readonly Measure[] = []): Trial {
  const { plan } = context;
  const { scenario, server } = wish;
  const hit = nodesHit(plan, scenario, server);
  const [master] = hit;
  if (master === undefined) throw new Error(`${server} is not part of the plan`);
  return {
    ...wish,
    phase: trialPhase(wish),
    startedAt: new Date().toISOString(),
    hit,
    master,
    fault: faultOf(plan, scenario, server, faultAtMostSeconds(scenario, plan.settings)),
    power: null,
    poweredOnAtMs: null,
    marks: new Map(),
    actions: [],
    faultAtMs: 0,
    isInjected: false,
    probes: null,
    measures,
    noticing: null,
    watch: null,
    progress: null,
    early: [],
  };
}

/** The id of the phase that a trial is. */
export function trialPhase({ scenario, server, round }: TrialWish): string {
  return `loseServer:${server}:${scenario}:${round}`;
}

/** Notes a moment on the run's clock and tells it; the first one of a name counts. */
export function note(
  context: RunContext,
  trial: Trial,
  name: MarkName,
  at: { readonly atMs: number; readonly uncertaintyMs: number; readonly evidence?: string },
): void {
  if (trial.marks.has(name)) return;
  // A planned switchover sends nobody away.
  if (name === 'serverStarted' && trial.fault === null) return;
  const mark: Mark = {
    name,
    atMs: Math.round(at.atMs - trial.faultAtMs),
    uncertaintyMs: Math.ceil(at.uncertaintyMs),
    evidence: at.evidence ?? '',
  };
  trial.marks.set(name, mark);
  context.emit({ type: 'trialMark', server: trial.server, scenario: trial.scenario, mark });
  trial.progress?.tellRoles();
}

/** Tells what the trial is doing. */
export function tell(context: RunContext, trial: Trial, text: Message): void {
  context.emit({ type: 'phaseProgress', phase: trial.phase, server: null, message: text });
}

/** Deletes the probe keys and closes the writers. Keys that cannot be deleted go away by themselves: a warning, and no reason to fail. */
export async function endProbes(context: RunContext, trial: Trial): Promise<void> {
  trial.progress?.stop();
  trial.progress = null;
  const { probes, noticing } = trial;
  trial.probes = null;
  trial.noticing = null;
  if (probes === null) return;
  try {
    const ends = await Promise.allSettled([probes.cleanUp(), noticing?.cleanUp()]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } catch (error) {
    const { code, values } = failureOf(error, clusterSubject);
    const minutes = Math.ceil(probeExpiryMs(trial.scenario, context.plan.settings, trial.deadlineMs) / 60_000);
    context.emit({
      type: 'note',
      level: 'warn',
      server: null,
      message: message('failover.keysLeft', { reason: say({ code, values }), minutes }),
    });
  } finally {
    probes.close();
    noticing?.close();
  }
}
