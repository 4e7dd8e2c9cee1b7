import { silentReasons } from '../shared/domain/agreement.ts';
import type { ClusterReason } from '../shared/domain/clusterReason.ts';
import { fail, failureOf, FailureError } from '../shared/domain/failure.ts';
import { formationNeed, formationRefusal, formatClusterCommand, isInService, type ClusterCommand } from '../shared/domain/formation.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { formingReasons, readinessOf } from '../shared/domain/readiness.ts';
import { clusterSubject, nodeSubject } from '../shared/domain/subject.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { addEvidence } from '../shared/messages/addEvidence.ts';
import { say } from '../shared/messages/message.ts';
import { wordsOf } from './clusterCommands.ts';
import { readCluster, waitForView, type RedisNodes, type WaitBounds } from './clusterView.ts';
import { areUnsettled, fastSettings, readFormingSettings, settle } from './formingSettings.ts';
import type { CommandWords } from './redisStream.ts';

/** A command that was sent to a node, as people read it; no secret in it. */
export interface SentCommand {
  readonly node: string;
  readonly command: string;
}

/** How forming is bounded and watched. */
export interface FormOptions extends WaitBounds {
  /** Told of every command right before it is sent: the planned id of the node, and the command as people read it. */
  readonly emit?: (node: string, command: string) => void;
  /** Monotonic milliseconds; `performance.now` unless told. */
  readonly now?: () => number;
  /** `formed` ends when six views agree and leaves the wait for `cluster_state:ok` to the caller, who has other things to check meanwhile. */
  readonly until?: 'formed' | 'ready';
}

/** What forming did. */
export interface FormResult {
  /** Whether any command was sent. */
  readonly hasChanged: boolean;
  readonly commands: readonly SentCommand[];
  /** From the first command until six equal views with all replicas in sync were seen, milliseconds; 0 when nothing was missing. */
  readonly agreedMs: number;
  /** When the first command was sent, on the clock of `FormOptions.now`; null when nothing was missing. */
  readonly firstCommandAtMs: number | null;
  /** The view that proves it. */
  readonly view: ClusterView;
}

/** A first look decides whether anything is done at all: it has more patience with a busy node than those that follow. */
export const FIRST_LOOK_MS = 3000;
/** Error replies that mean "not yet" or "somebody was faster": the next look decides again. */
const PASSING = /does not know any other node|already busy|already unassigned|Unknown node|config epoch is already non-zero/iu;
/** A command that changed nothing visible is sent again after this time; a handshake gives up after one second. */
const RESEND_AFTER_MS = 1200;

function firstReasons(reasons: readonly ClusterReason[]): string {
  const shown = reasons.slice(0, 3).map(say).join('; ');
  return reasons.length > 3 ? `${shown} (+${reasons.length - 3})` : shown;
}

/** The failure for a deadline that has passed: a silent node or lagging replicas are named as such, anything else is disagreement. */
export function notFormed(reasons: readonly ClusterReason[], plan: ClusterPlan, deadlineMs: number): FailureError {
  const seconds = Math.round(deadlineMs / 100) / 10;
  const evidence = reasons.map(say).join('\n');
  const silent = reasons.find((reason) => reason.code === 'cluster.silent');
  const spec = plan.nodes.find((node) => node.id === silent?.values['node']);
  if (silent !== undefined && spec !== undefined)
    return fail('redis.unreachable', nodeSubject(spec.server, spec.dataPort), { values: silent.values, evidence, retryable: true });
  const lagging = reasons.filter((reason) => ['cluster.linkDown', 'cluster.firstCopy', 'cluster.lagging'].includes(reason.code));
  if (lagging.length > 0 && lagging.length === reasons.length)
    return fail('cluster.replicaNotInSync', clusterSubject, {
      values: { node: String(lagging[0]?.values['node']), seconds },
      evidence,
      retryable: true,
    });
  return fail('cluster.noAgreement', clusterSubject, { values: { seconds, reason: firstReasons(reasons) }, evidence, retryable: true });
}

/** All six must answer before anything is decided: from a silent node nothing follows. */
export function refuseSilence(view: ClusterView, plan: ClusterPlan): void {
  for (const spec of plan.nodes) {
    if (view.views.some((one) => one.node === spec.id)) continue;
    const reason = view.silent.find((one) => one.node === spec.id)?.reason ?? '-';
    throw fail('redis.unreachable', nodeSubject(spec.server, spec.dataPort), { values: { node: spec.id, reason }, retryable: true });
  }
}

/** Sends what is missing, stage by stage, and remembers what was sent when. */
class Forming {
  readonly commands: SentCommand[] = [];
  firstCommandAtMs: number | null = null;
  formedAtMs = 0;
  readonly #nodes: RedisNodes;
  readonly #plan: ClusterPlan;
  readonly #options: FormOptions;
  readonly #now: () => number;
  readonly #sentAt = new Map<string, number>();

  constructor(nodes: RedisNodes, plan: ClusterPlan, options: FormOptions) {
    this.#nodes = nodes;
    this.#plan = plan;
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Sends the missing commands in three stages, all nodes at once in each: an epoch is only taken from a node that has met nobody, so no MEET may
   * leave before every node has its epoch; and a replica must know its master.
   */
  async send(view: ClusterView, missing: readonly ClusterCommand[], settings: readonly CommandWords[]): Promise<void> {
    const due = missing.filter((command) => this.#isDue(command, view));
    const isAlone = (command: ClusterCommand): boolean => ['setConfigEpoch', 'addSlots', 'forget'].includes(command.kind);
    await this.#stage(view, due.filter(isAlone), settings);
    await this.#stage(
      view,
      due.filter((command) => command.kind === 'meet'),
      [],
    );
    await this.#stage(
      view,
      due.filter((command) => command.kind === 'replicate'),
      [],
    );
  }

  noteFormed(): void {
    this.formedAtMs = this.#now();
  }

  #isDue(command: ClusterCommand, view: ClusterView): boolean {
    const sentAt = this.#sentAt.get(JSON.stringify(command));
    if (sentAt !== undefined && this.#now() - sentAt < RESEND_AFTER_MS) return false;
    return command.kind !== 'replicate' || this.#knows(view, command.node, command.master);
  }

  #knows(view: ClusterView, node: string, other: string): boolean {
    const redisId = this.#redisId(view, other);
    const own = view.views.find((one) => one.node === node);
    return own?.peers.some((peer) => peer.redisId === redisId && !peer.isHandshake) === true;
  }

  #redisId(view: ClusterView, node: string): string | undefined {
    return view.views.find((one) => one.node === node)?.redisId;
  }

  async #stage(view: ClusterView, commands: readonly ClusterCommand[], first: readonly CommandWords[]): Promise<void> {
    if (commands.length === 0 && first.length === 0) return;
    this.firstCommandAtMs ??= this.#now();
    const resolve = {
      spec: (node: string) => this.#plan.nodes.find((spec) => spec.id === node),
      redisId: (node: string) => this.#redisId(view, node),
    };
    await Promise.all(
      [...this.#nodes.values()].map(async (node) => {
        const own = commands.flatMap((command) => {
          const words = command.node === node.node ? wordsOf(command, resolve) : null;
          return words === null ? [] : [{ command, words }];
        });
        for (const words of first) this.tell(node.node, words.join(' '));
        for (const { command } of own) {
          this.#sentAt.set(JSON.stringify(command), this.#now());
          this.tell(node.node, formatClusterCommand(command, this.#plan));
        }
        const replies = await node.pipeline([...first, ...own.map(({ words }) => words)], { signal: this.#options.signal });
        replies.slice(first.length).forEach((reply, index) => {
          const sent = own[index];
          if (reply.ok || sent === undefined) return;
          if (PASSING.test(reply.error)) this.#sentAt.delete(JSON.stringify(sent.command));
          else {
            const command = formatClusterCommand(sent.command, this.#plan);
            throw fail('redis.commandRefused', node.subject, { values: { node: node.node, command, reason: reply.error } });
          }
        });
      }),
    );
  }

  readonly tell = (node: string, command: string): void => {
    this.commands.push({ node, command });
    this.#options.emit?.(node, command);
  };
}

/**
 * Forms the planned cluster out of six running nodes, doing only what is missing: looks at all six, sends what their views lack, looks again, until
 * six views agree, every replica is in sync and `cluster_state` is ok, which Redis holds back until 2 s after a master's start. May be called on any
 * state that an earlier, broken call left. A shard whose nodes exchanged roles in a failover is complete: `restoreRoles` is for that.
 *
 * Fails with `redis.unreachable` (not all six answer), `redis.foreign`, `cluster.foreignNodes`, `redis.holdsKeys` (then nothing was sent),
 * `redis.commandRefused`, `cluster.noAgreement`, `cluster.replicaNotInSync`, `cluster.notReady` (at the deadline), `run.aborted`. The settings that
 * make forming fast are put back in every case; when only that fails, its failure is thrown.
 */
export async function formCluster(nodes: RedisNodes, plan: ClusterPlan, options: FormOptions): Promise<FormResult> {
  const now = options.now ?? (() => performance.now());
  const startedAtMs = now();
  const [first, found] = await Promise.all([
    readCluster(nodes, { signal: options.signal, deadlineMs: FIRST_LOOK_MS }),
    readFormingSettings(nodes, options.signal),
  ]);
  refuseSilence(first, plan);
  const refusal = formationRefusal(first, plan);
  if (refusal !== null) throw refusal;

  const isUnsettled = [...found.values()].some((settings) => areUnsettled(settings, plan));
  if (!isUnsettled && formationNeed(first, plan).commands.length === 0 && readinessOf(first, plan).isReady)
    return { hasChanged: false, commands: [], agreedMs: 0, firstCommandAtMs: null, view: first };

  const forming = new Forming(nodes, plan, options);
  const formed = await sendUntilFormed(forming, nodes, plan, isInService(first) ? 'gently' : 'fast', options).then(
    async (view) => {
      await settle(nodes, found, plan, forming.tell);
      return view;
    },
    async (error: unknown) => {
      await settle(nodes, found, plan, forming.tell).catch((second: unknown) => {
        throw withEvidence(error, second);
      });
      throw error;
    },
  );
  const { commands, firstCommandAtMs, formedAtMs } = forming;
  const view =
    options.until === 'formed'
      ? formed
      : await waitUntilReady(nodes, plan, { ...options, deadlineMs: Math.max(0, options.deadlineMs - (now() - startedAtMs)) });
  return { hasChanged: commands.length > 0, commands, agreedMs: formedAtMs - (firstCommandAtMs ?? startedAtMs), firstCommandAtMs, view };
}

/** Looks, sends, and looks again until nothing is missing. */
async function sendUntilFormed(
  forming: Forming,
  nodes: RedisNodes,
  plan: ClusterPlan,
  pace: 'fast' | 'gently',
  options: FormOptions,
): Promise<ClusterView> {
  // A node timeout of 300 ms could depose a master that serves clients over a short hiccup: only an empty cluster gets it.
  let isFastDue = pace === 'fast';
  const lost: FailureError[] = [];
  for (const node of nodes.values()) void node.lost.then((failure) => lost.push(failure));
  return waitForView(
    nodes,
    async (seen, earlier) => {
      // A node that is gone ends it. One that is only slow (a fork, a busy disk) is waited for, and nothing is concluded without its view.
      if (lost[0] !== undefined) throw lost[0];
      if (seen.silent.length > 0) return silentReasons(seen, plan);
      const refusal = formationRefusal(seen, plan);
      if (refusal !== null) throw refusal;
      const need = formationNeed(seen, plan);
      const settings = isFastDue && need.commands.length > 0 ? fastSettings : [];
      if (settings.length > 0) isFastDue = false;
      await forming.send(seen, need.commands, settings);
      const reasons = formingReasons(seen, plan, earlier);
      if (reasons.length === 0) forming.noteFormed();
      return reasons;
    },
    (reasons) => notFormed(reasons, plan, options.deadlineMs),
    options,
  );
}

/** The failure that counts, with what also went wrong while cleaning up after it as evidence. */
function withEvidence(error: unknown, second: unknown): FailureError {
  const failure = failureOf(error, clusterSubject);
  return new FailureError(addEvidence(failure, failureOf(second, clusterSubject)), { cause: error });
}

/**
 * Waits until the formed cluster is ready: as formed, and `cluster_state:ok` on all nodes, which Redis holds back until 2 s after a master's start.
 * Fails with `cluster.notReady` at the deadline, naming who is not.
 */
function waitUntilReady(nodes: RedisNodes, plan: ClusterPlan, bounds: WaitBounds): Promise<ClusterView> {
  return waitForView(
    nodes,
    (view, earlier) => readinessOf(view, plan, earlier).reasons,
    (reasons) =>
      fail('cluster.notReady', clusterSubject, {
        values: { reason: firstReasons(reasons) },
        evidence: reasons.map(say).join('\n'),
        retryable: true,
      }),
    bounds,
  );
}
