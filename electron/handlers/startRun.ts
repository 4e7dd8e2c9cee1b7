import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { blueprintFor } from '../artifacts/serverBlueprint.ts';
import { createEventLog } from '../engine/eventLog.ts';
import type { Workflow } from '../engine/phase.ts';
import { runWorkflow } from '../engine/runWorkflow.ts';
import { connectHost } from '../hosts/connectHost.ts';
import type { Host } from '../hosts/host.ts';
import { probeFromAdmin } from '../hosts/probeFromAdmin.ts';
import { beginWaysFromHere } from '../phases/waysFromHere.ts';
import type { PowerSwitch } from '../phases/powerSwitch.ts';
import { serverNames, type RedisPassword, type RunContext, type Ways } from '../phases/runContext.ts';
import { dialDirect, type OpenStream } from '../redis/dialDirect.ts';
import { connectRedisNode, type RedisNodeOptions } from '../redis/redisNode.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { RunEvent, WorkflowId } from '../shared/domain/events.ts';
import { adminSubject, clusterSubject, serverSubject } from '../shared/domain/subject.ts';
import { fail, failureOf, type Failure } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { planAdopted } from '../shared/domain/adoptedPlan.ts';
import { platformOf, type ClusterPlan, type NodeSpec } from '../shared/domain/plan.ts';
import { runVerdictOf, type RunRecord } from '../shared/domain/run.ts';
import type { HostKey } from '../shared/domain/server.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { message } from '../shared/messages/message.ts';
import type { OnSecret } from '../storage/secrets.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { createRunJournal } from '../storage/runJournal.ts';
import { generatedPasswordFile, knownHostsFile, runsFolder } from '../storage/triadHome.ts';
import { findPrograms, planWith, sentPrograms } from './findPrograms.ts';
import { findWindowsHelper } from './findWindowsBundle.ts';
import { logsSeenAt } from './logsSeen.ts';
import { partOfCheck, type PartWish } from './partOfCheck.ts';
import { filePasswordKeeper, type PasswordKeeper } from './passwordKeeper.ts';
import { redisPasswordOf, secretsOfServer } from './secretsOfSpec.ts';
import { planSeen } from './planSeen.ts';
import { requireIpv4BesideWindows } from './requireIpv4.ts';
import { withPlatforms, withPresumedPlatforms } from './withPlatforms.ts';

/** What an admin asks for: a workflow on a specification, and how to ask back. */
export interface RunRequest {
  readonly workflow: WorkflowId;
  readonly phases: Workflow<RunContext>;
  /** Makes them of the plan instead, where they depend on what servers run on: that may be learnt only as the run begins. */
  readonly phasesFor?: (plan: ClusterPlan) => Workflow<RunContext>;
  readonly spec: ClusterSpec;
  readonly specSha256: string | null;
  /** Looks again only at a part of an earlier check on the same plan, and keeps the rest of what that found. */
  readonly again?: PartWish | null;
  /** Folder of the server bundles (`resources/redis`). */
  readonly bundles: string;
  readonly home: string;
  readonly acceptNewHostKeys: boolean;
  /** The run has no way to the servers, only to the nodes: secrets of logins are not looked up. Needs phases that go without. */
  readonly redisOnly?: boolean;
  readonly confirm: (question: Message) => Promise<boolean>;
  /** Asks for a name that is to be typed; left out where nobody can be asked. */
  readonly askName?: ((question: Message) => Promise<string>) | undefined;
  /** Switches the power of servers, for the trials that cut it. */
  readonly power?: PowerSwitch | undefined;
  /** Judges what the run has found as a whole, before its verdict; asked only of a run whose phases all ended well. */
  readonly conclude?: ((record: RunRecord) => Promise<readonly CheckResult[]>) | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent, record: RunRecord) => void;
  readonly triadVersion: string;
  /** Where secrets that are named by environment variables are looked up; the process's own environment where nothing is said. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Told of every secret that the run meets, before it is used; left out by the command line, which keeps no log. */
  readonly onSecret?: OnSecret;
  /** Where the Redis password is kept; a file of the home where nothing is said. */
  readonly passwordKeeper?: PasswordKeeper;
}

/** What is left of a run: its record, the folder that keeps it, and how the password came to be. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly folder: string;
  readonly password: RedisPassword;
  readonly passwordFile: string;
  /** Why the journal of the run could not be kept, or null. */
  readonly unkept: Failure | null;
}

const CONNECT_DEADLINE_MS = 5000;
const COMMAND_DEADLINE_MS = 5000;

/** Ids begin with the UTC time to the millisecond, so they sort by it; the workflow's name makes them readable. */
function newRunId(workflow: WorkflowId, at: Date): string {
  return `${at.toISOString().replaceAll(/[-:]/gu, '').replace('.', '').replace('Z', '')}Z-${workflow}`;
}

/**
 * Runs a workflow from beginning to end: plan, secrets, connections, phases, journal. Failures of the run itself are in the record;
 * what stops it from beginning (secrets, bundle, storage) is thrown as a `FailureError`.
 */
export async function startRun(request: RunRequest): Promise<FinishedRun> {
  const { home, signal, workflow } = request;
  const access = request.redisOnly === true ? 'redis' : 'ssh';
  if (request.spec.adopted !== undefined && workflow !== 'validate')
    throw fail('spec.notInstalledByTriad', adminSubject, { values: { cluster: request.spec.name } });
  // Before anything is sent anywhere: what this machine lacks is told without a server.
  const secretsByServer = new Map(
    await Promise.all(
      (access === 'ssh' ? request.spec.servers : []).map(async (server) => [server.name, await secretsOfServer(server, request)] as const),
    ),
  );
  // Without a way to the servers nothing is done that is different on any of them.
  const isOpen = request.spec.servers.some(({ platform }) => platform === undefined);
  const seen = isOpen ? await planSeen(request.spec, home) : null;
  const spec = access === 'ssh' ? await withPlatforms(request.spec, signal, { seen }) : withPresumedPlatforms(request.spec, seen);
  if (access === 'ssh') requireIpv4BesideWindows(spec);
  const platforms = spec.servers.map(({ platform }) => platform ?? 'linux');
  const programs = spec.adopted === undefined ? await findPrograms(spec, platforms, request.bundles, home) : null;
  const plan = programs === null ? planAdopted(spec, spec.adopted ?? { nodes: [] }) : planWith(spec, programs);
  const again = request.again === undefined || request.again === null ? null : partOfCheck(request.again, workflow, plan);
  const keeper = request.passwordKeeper ?? filePasswordKeeper(home, spec.name, request.onSecret);
  const [password, knownHosts, logsSeen] = await Promise.all([
    redisPasswordOf(spec, keeper, request),
    openKnownHosts(knownHostsFile(home)),
    workflow === 'validate' ? logsSeenAt(home, plan) : new Map<string, string>(),
  ]);
  const passwordFile = generatedPasswordFile(home, spec.name);
  const operator = `${userInfo().username}@${hostname()}`;
  const runId = newRunId(workflow, new Date());
  const journal = await createRunJournal(runsFolder(home, spec.name), runId);
  const log = createEventLog([(event) => journal.append(event), request.onEvent], {
    now: () => performance.now(),
    wallClock: () => new Date(),
  });

  const nodeOptions = (node: NodeSpec): Omit<RedisNodeOptions, 'open' | 'signal'> => ({
    node: node.id,
    server: node.server,
    port: node.dataPort,
    password: context.password.value,
    connectDeadlineMs: CONNECT_DEADLINE_MS,
    commandDeadlineMs: COMMAND_DEADLINE_MS,
  });
  const throughSsh =
    (node: NodeSpec, host: Host): OpenStream =>
    async (stop) =>
      host.forward(node.address, node.dataPort, { signal: stop, deadlineMs: CONNECT_DEADLINE_MS });

  const ways: Ways = {
    connectHost: async (name, stop) => {
      const server = spec.servers.find((one) => one.name === name);
      const secret = secretsByServer.get(name);
      if (server === undefined || secret === undefined) throw new Error(`${name} is not part of the specification`);
      const endpoint = { address: server.ssh.host, port: server.ssh.port };
      const known = knownHosts.keyOf(endpoint);
      let fresh: HostKey | null = null;
      const host = await connectHost({
        server: name,
        endpoint,
        login: secret.login,
        sudoPassword: secret.sudoPassword,
        hostKey: {
          expected:
            server.ssh.hostKey === null
              ? known
              : { type: known?.fingerprint === server.ssh.hostKey ? known.type : null, fingerprint: server.ssh.hostKey },
          acceptsNew: request.acceptNewHostKeys,
          onNew: (key) => {
            fresh = key;
          },
        },
        signal: stop,
        helperProgram: async () => (await findWindowsHelper(request.bundles))?.bytes ?? null,
      });
      if (fresh !== null) {
        const accepting = knownHosts.accept(endpoint, fresh);
        // Nobody else knows this connection yet: left open it would keep the process alive.
        await accepting.catch(async (error: unknown) => {
          await host.close();
          throw error;
        });
      }
      const planned = platformOf(plan, name);
      if (host.platform !== planned) {
        await host.close();
        throw fail('host.otherPlatform', serverSubject(name), { values: { server: name, planned, found: host.platform }, retryable: true });
      }
      const trust = server.ssh.hostKey !== null ? 'pinned' : known !== null ? 'known' : 'accepted';
      return { host, trust };
    },
    connectNode: async (node, host: Host, stop) => connectRedisNode({ ...nodeOptions(node), open: throughSsh(node, host), signal: stop }),
    connectDirectly: async (node, stop) =>
      connectRedisNode({ ...nodeOptions(node), open: dialDirect({ host: node.address, port: node.dataPort }), signal: stop }),
    connectProbe: async (node, host, stop) =>
      connectRedisNode({
        ...nodeOptions(node),
        open: context.probeRoute === 'direct' ? dialDirect({ host: node.address, port: node.dataPort }) : throughSsh(node, host),
        signal: stop,
      }),
    openThroughServer: async (node, host, stop) => throughSsh(node, host)(stop),
    probeFromAdmin,
    blueprintsFor: (value) =>
      new Map(
        plan.servers.map(({ name }) => [
          name,
          blueprintFor(plan, name, {
            password: value,
            bundleFiles: programs === null ? new Map() : sentPrograms(programs),
            triadVersion: request.triadVersion,
          }),
        ]),
      ),
    keepPassword: async (value) => {
      const kept = await keeper.keep(value);
      ways.onSecret(kept);
      return kept;
    },
    onSecret: (secret) => request.onSecret?.(secret),
    power: request.power ?? null,
    confirm: request.confirm,
    askName: async (question) => (await request.askName?.(question)) ?? '',
  };

  const context: RunContext = {
    plan,
    signal,
    emit: (event) => log.emit(event),
    now: () => performance.now(),
    runId,
    operator,
    ways,
    access,
    logsSeenAt: logsSeen,
    password,
    blueprints: ways.blueprintsFor(password.value ?? ''),
    hosts: new Map(),
    facts: new Map(),
    pending: new Map(),
    lost: new Map(),
    again,
    hostKeyTrust: new Map(),
    forwarding: new Map(),
    lastView: null,
    touched: new Set(),
    applied: [],
    matrix: null,
    waysFromHere: workflow === 'validate' && access === 'ssh' ? beginWaysFromHere(plan, probeFromAdmin, signal) : null,
    probeRoute: 'ssh',
    moments: new Map(),
    locks: [],
    silence: new Map(),
    nodes: new Map(),
  };

  log.emit({
    type: 'runStarted',
    runId,
    workflow,
    cluster: plan.cluster,
    triadVersion: request.triadVersion,
    operator,
    adminMachine: hostname(),
    specSha256: request.specSha256,
    plan,
  });
  if (again !== null) {
    log.emit({ type: 'findingsKept', kept: again.kept });
    const values = { servers: again.scope.servers.join(', '), ways: again.scope.ways.length };
    log.emit({ type: 'note', level: 'info', server: null, message: message('phase.checkedAgain', values) });
  }
  for (const note of [...(programs?.linux?.notes ?? []), ...(programs?.windows?.notes ?? [])])
    log.emit({ type: 'note', level: 'warn', server: null, message: note });
  try {
    const end = await runWorkflow(request.phasesFor?.(plan) ?? request.phases, {
      context,
      servers: serverNames(context),
      emit: (event) => log.emit(event),
      signal,
      now: () => performance.now(),
    });
    for (const [server, host] of context.hosts) {
      const { connects, sessions, forwards } = host.roundTrips;
      log.emit({ type: 'measured', name: 'roundTrips', server, value: connects + sessions + forwards, unit: 'count' });
    }
    const concluded = end.failure === null ? ((await request.conclude?.(log.record())) ?? []) : [];
    for (const result of concluded) log.emit({ type: 'checkFinished', phase: 'conclude', result });
    log.emit({ type: 'runFinished', verdict: runVerdictOf(log.record(), end.failure), failure: end.failure, wasAborted: end.wasAborted });
  } catch (error) {
    const failure = failureOf(error, clusterSubject);
    log.emit({ type: 'runFinished', verdict: 'fail', failure, wasAborted: false });
  } finally {
    await closeAll(context);
  }
  // A full disk on this machine must not hide what was done and proved on the servers.
  const unkept = await journal.close().then(
    () => null,
    (error: unknown) => failureOf(error, adminSubject),
  );
  return { record: log.record(), folder: join(runsFolder(home, spec.name), runId), password: context.password, passwordFile, unkept };
}

/** Ends everything a run has opened; nothing here may hide what the run found. */
async function closeAll(context: RunContext): Promise<void> {
  await Promise.allSettled([...context.nodes.values()].map(async (node) => node.close()));
  await Promise.allSettled(context.locks.map(async (lock) => lock.end({ deadlineMs: 3000 })));
  await Promise.allSettled([...context.hosts.values()].map(async (host) => host.close()));
}
