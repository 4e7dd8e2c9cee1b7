import { failover } from '../redis/clusterCommands.ts';
import { pause } from '../redis/bounded.ts';
import type { FailoverWatch } from '../redis/failoverWatch.ts';
import { electionRestMs } from '../redis/switchOver.ts';
import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { injectedMessage } from '../shared/domain/markMessage.ts';
import { SCENARIO_FACTS } from '../shared/domain/scenario.ts';
import { clusterSubject } from '../shared/domain/subject.ts';
import { message } from '../shared/messages/message.ts';
import { restingNodes } from './lastElection.ts';
import { cutPower, preparePower } from './powerFault.ts';
import { hostOf, type RunContext } from './runContext.ts';
import { note, type Trial } from './trial.ts';

/** For the answer to CLUSTER FAILOVER, which comes before the switchover itself. */
const ASK_DEADLINE_MS = 5000;

/** Places the undo on the victim, then does it. The moment of the fault lies between sending the command and its answer. */
export async function injectFault(context: RunContext, trial: Trial, watch: FailoverWatch, baselineAtMs: number): Promise<void> {
  const { fault, scenario, server } = trial;
  const { signal } = context;
  trial.isInjected = true;
  if (fault?.kind === 'power') await preparePower(context, trial, fault);
  else if (fault !== null) await hostOf(context, server).faults.prepare(fault, { signal });
  const preparedAt = context.now();
  watch.arm();
  const { fromMs, toMs } = await doFault(context, trial);
  if (SCENARIO_FACTS[scenario].ends) {
    for (const node of trial.hit) {
      context.nodes.get(node.id)?.close();
      context.nodes.delete(node.id);
    }
  }
  trial.faultAtMs = (fromMs + toMs) / 2;
  if (fault !== null)
    trial.actions.push({
      atMs: Math.round(preparedAt - trial.faultAtMs),
      server,
      done: undoPlaced(fault, server),
      undoneAtMs: null,
    });
  trial.actions.push({
    atMs: 0,
    server,
    done: injectedMessage(scenario, server, trial.master.id),
    undoneAtMs: null,
  });
  note(context, trial, 'baselineStarted', { atMs: baselineAtMs, uncertaintyMs: 0 });
  note(context, trial, 'faultInjected', { atMs: trial.faultAtMs, uncertaintyMs: (toMs - fromMs) / 2, evidence: trial.master.id });
  const early = trial.early ?? [];
  trial.early = null;
  for (const mark of early) note(context, trial, mark.name, mark);
}

/** Does it. Returns between which moments it came, on the run's clock. */
async function doFault(context: RunContext, trial: Trial): Promise<{ readonly fromMs: number; readonly toMs: number }> {
  const { fault, server } = trial;
  if (fault?.kind === 'power') return cutPower(context, trial);
  const fromMs = context.now();
  if (fault === null) await askReplica(context, trial);
  else await hostOf(context, server).faults.inject(fault, { signal: context.signal });
  return { fromMs, toMs: context.now() };
}

function undoPlaced({ kind, healAfterSeconds }: NonNullable<Trial['fault']>, server: string): Message {
  const values = { server, seconds: healAfterSeconds };
  return kind === 'power' ? message('failover.action.powerGuarded', values) : message('failover.action.undoPlaced', values);
}

/** Asks the replica of the victim's master to take over, as an admin does before a maintenance. */
async function askReplica(context: RunContext, trial: Trial): Promise<void> {
  const replica = replicaOf(context, trial);
  const connection = replica === undefined ? undefined : context.nodes.get(replica.id);
  if (replica === undefined || connection === undefined)
    throw fail('cluster.notReady', clusterSubject, { values: { reason: trial.master.id } });
  const words = failover();
  context.emit({ type: 'clusterCommand', node: replica.id, command: words.join(' ') });
  await connection.call(words, { signal: context.signal, deadlineMs: ASK_DEADLINE_MS });
}

function replicaOf(context: RunContext, trial: Trial): NodeSpec | undefined {
  return context.plan.nodes.find((node) => node.replicaOf === trial.master.id);
}

/**
 * Waits until the victim's replica may be elected: Redis begins no second election of a node within four node timeouts of its last one, and a trial right after
 * another would measure that rest and not the failover.
 */
export async function awaitRest(context: RunContext, trial: Trial): Promise<void> {
  const replica = replicaOf(context, trial);
  if (replica === undefined) return;
  const { lastElectionAgoMs, onRest } = restingNodes(context, trial.phase);
  const agoMs = (await lastElectionAgoMs?.(replica.id)) ?? null;
  const restMs = agoMs === null ? 0 : electionRestMs(context.plan.settings.nodeTimeoutMs) - agoMs;
  if (restMs <= 0) return;
  onRest?.(replica.id, restMs);
  await pause(restMs, context.signal, clusterSubject);
}
