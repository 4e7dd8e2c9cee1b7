import type { ServerBlueprint } from '../artifacts/blueprint.ts';
import type { ForwardingTrial, HostKeyTrust } from '../checks/checkContext.ts';
import type { CheckScope } from '../checks/checkScope.ts';
import type { CallOptions, Host, ProbeTarget } from '../hosts/host.ts';
import type { OpenStream } from '../redis/dialDirect.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import type { Change, ChangeOutcome } from '../shared/domain/change.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { fail, FailureError, type Failure } from '../shared/domain/failure.ts';
import type { KeptFindings } from '../shared/domain/keptFindings.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import type { Message } from '../shared/domain/message.ts';
import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import { serverSubject } from '../shared/domain/subject.ts';
import type { PowerSwitch } from './powerSwitch.ts';

/** What every phase of a run shares: the plan, the ways to the servers, and what earlier phases found. */
export interface RunContext {
  readonly plan: ClusterPlan;
  /** Aborted when the admin interrupts, or when the whole run is given up. */
  readonly signal: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
  /** Milliseconds on the run's monotonic clock. */
  readonly now: () => number;
  readonly runId: string;
  /** Who runs Triad where, for the lock on the servers. */
  readonly operator: string;
  readonly ways: Ways;
  /** `redis`: the run has no way to the servers, only to the nodes themselves. */
  readonly access: 'ssh' | 'redis';
  /** When the logs of a server were last judged, by its name, UTC; trouble counts since then. Empty where it counts since the start of a node. */
  readonly logsSeenAt: ReadonlyMap<string, string>;
  /** Changed only by `findPassword`. */
  password: RedisPassword;
  /** What each server must have, made with the password; replaced by `findPassword`. */
  blueprints: ReadonlyMap<string, ServerBlueprint>;
  /** Servers that a run which only looks goes on without, each with the failure that says why. Filled by `goOnWithout`. */
  readonly lost: Map<string, Failure>;
  /** What this check looks at again, and what an earlier one found; null for a run that looks at everything. */
  readonly again: CheckAgain | null;
  /** How each host key came to be trusted. Filled by `connect`. */
  readonly hostKeyTrust: Map<string, HostKeyTrust>;
  /** Filled by `gatherFacts`. */
  readonly forwarding: Map<string, ForwardingTrial>;
  /** Filled by `connect`. */
  readonly hosts: Map<string, Host>;
  /** Filled by `gatherFacts`; replaced whenever a server is looked at again. */
  readonly facts: Map<string, ServerFacts>;
  /** What stood between blueprint and server at the last look. */
  readonly pending: Map<string, readonly Change[]>;
  /** The cluster as it was last seen as a whole. */
  lastView: ClusterView | null;
  /** Servers on which something was done since they were last looked at. */
  readonly touched: Set<string>;
  /** Everything that was done, for the checks that tell a refused change from one that was set back. */
  readonly applied: { readonly server: string; readonly change: Change; readonly outcome: ChangeOutcome }[];
  /** Which way the probe writers take; decided once, by `decideProbeRoute`. */
  probeRoute: 'direct' | 'ssh';
  /** The last reachability matrix of this run. */
  matrix: PortMatrix | null;
  /** What a validation found on the ways from the admin's machine, begun before anything else; null for other runs. */
  readonly waysFromHere: Promise<readonly MatrixCell[] | null> | null;
  /** Named moments on the clock of `now`, for what is measured across phases. */
  readonly moments: Map<string, number>;
  /** Locks held on the servers, released when the run ends. */
  readonly locks: { end(options?: CallOptions): Promise<void> }[];
  /** Why a node has no connection, in words, by node id. Filled where nodes may be silent. */
  readonly silence: Map<string, string>;
  /** Open administrative connections by node id. */
  readonly nodes: Map<string, RedisNode>;
}

/** A check in part. */
export interface CheckAgain {
  readonly scope: CheckScope;
  readonly kept: KeptFindings;
}

/** The password of the cluster and where it came from; `unknown` while nobody has told it, `made` for one that is only used to look. */
export interface RedisPassword {
  readonly value: string | null;
  readonly origin: 'specification' | 'kept' | 'server' | 'generated' | 'made' | 'unknown';
}

/** The doors to the world, handed in so that phases can be tried without it. */
export interface Ways {
  connectHost(server: string, signal: AbortSignal): Promise<{ readonly host: Host; readonly trust: HostKeyTrust }>;
  /** One attempt to open an administrative connection to a node, through its server. */
  connectNode(node: NodeSpec, host: Host, signal: AbortSignal): Promise<RedisNode>;
  /** The same without SSH, straight from this machine. */
  connectDirectly(node: NodeSpec, signal: AbortSignal): Promise<RedisNode>;
  /** A connection for the probe writers: straight to the node where this machine reaches it, else through its server. */
  connectProbe(node: NodeSpec, host: Host, signal: AbortSignal): Promise<RedisNode>;
  /** A stream to a node through its server, for a client of its own. */
  openThroughServer(node: NodeSpec, host: Host, signal: AbortSignal): ReturnType<OpenStream>;
  /** Tries targets from the admin's machine, all at once. */
  probeFromAdmin(targets: readonly ProbeTarget[], timeoutMs: number, signal: AbortSignal): Promise<readonly MatrixCell[]>;
  blueprintsFor(password: string): ReadonlyMap<string, ServerBlueprint>;
  /** Keeps a password on this machine and returns it, or the one that another run has kept meanwhile. Without one it makes a new one. */
  keepPassword(value?: string): Promise<string>;
  /** To be told of every secret that a phase finds or makes, before it is used: no log shows it from then on. */
  onSecret(secret: string): void;
  /** The admin's commands for the power of servers; null where none were given. */
  readonly power: PowerSwitch | null;
  /** Asks the admin; false when the answer is no. */
  confirm(question: Message): Promise<boolean>;
  /** Asks the admin to type a name; empty where nobody can be asked. */
  askName(question: Message): Promise<string>;
}

/** The connection to a server that `connect` opened. Throws why there is none. */
export function hostOf(context: Pick<RunContext, 'lost' | 'hosts'>, server: string): Host {
  const lost = context.lost.get(server);
  if (lost !== undefined) throw new FailureError(lost);
  const host = context.hosts.get(server);
  if (host === undefined) throw fail('ssh.connectionLost', serverSubject(server), { values: { server }, retryable: true });
  return host;
}

/** What was found on a server by `gatherFacts`. */
export function factsOf(context: RunContext, server: string): ServerFacts {
  const facts = context.facts.get(server);
  if (facts === undefined) throw new Error(`${server} has not been looked at yet`);
  return facts;
}

/** Everything that one server must have. */
export function blueprintOf(context: RunContext, server: string): ServerBlueprint {
  const blueprint = context.blueprints.get(server);
  if (blueprint === undefined) throw new Error(`${server} is not part of the plan`);
  return blueprint;
}

/** The names of the servers that the run looks at, in the plan's order, without those that it goes on without. */
export function serverNames(context: RunContext): readonly string[] {
  const names = context.again?.scope.servers ?? context.plan.servers.map(({ name }) => name);
  return names.filter((name) => !context.lost.has(name));
}
