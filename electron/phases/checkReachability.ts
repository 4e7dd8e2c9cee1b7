import { randomBytes } from 'node:crypto';
import { activeFirewalls, rulesForGap } from '../artifacts/firewall/rulesForNetworkTeam.ts';
import { judgeMatrix } from '../checks/pairChecks.ts';
import type { Phase } from '../engine/phase.ts';
import type { Host, Listeners, ProbeTarget } from '../hosts/host.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import { summariseMatrix } from '../shared/domain/matrixSummary.ts';
import { clusterPorts, nodesOnServer } from '../shared/domain/plan.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import { allowsToContinue } from '../shared/domain/verdict.ts';
import { message, say } from '../shared/messages/message.ts';
import { knownFacts, targetsFrom, withKeptResults, withKeptWays } from './chosenWays.ts';
import { isNew, report, stopAtFailures } from './checkServers.ts';
import { factsOf, hostOf, serverNames, type RunContext } from './runContext.ts';
import { probeWaysFromHere } from './waysFromHere.ts';

/** How long one attempt may take. Longer than two SYN retransmissions, so a lost packet is not read as a firewall. */
const PROBE_TIMEOUT_MS = 3500;
/** After this the listeners end by themselves, whatever became of the connection. */
const LISTENER_LIFETIME_MS = 30_000;

interface PlannedTarget extends ProbeTarget {
  /** Our own process holds the port: no listener is needed, the node itself is tried. */
  readonly isHeldByUs: boolean;
}

/** All ports of the servers that were looked at, with a fresh word for each one that a temporary listener will stand behind. */
function targetsOf(context: RunContext): readonly PlannedTarget[] {
  const looked = serverNames(context);
  return context.plan.servers.flatMap((server) => {
    if (!looked.includes(server.name)) return [];
    const units = new Set(nodesOnServer(context.plan, server.name).map((node) => node.unit));
    const { listening, redisProcesses } = factsOf(context, server.name);
    const isRedis = (pid: number | null): boolean => context.plan.adopted === true && redisProcesses.some((one) => one.pid === pid);
    return clusterPorts(context.plan).map((port): PlannedTarget => {
      const isHeldByUs = listening.some((one) => one.port === port && ((one.unit !== null && units.has(one.unit)) || isRedis(one.pid)));
      return { to: server.name, address: server.address, port, nonce: isHeldByUs ? null : randomBytes(12).toString('hex'), isHeldByUs };
    });
  });
}

/**
 * All ports of servers that cannot be looked at. Where all others hold theirs by their nodes the nodes there are tried, too: what cuts off SSH may
 * leave them standing. Else nothing of ours is behind these ports.
 */
function lostTargetsOf(context: RunContext): readonly ProbeTarget[] {
  return context.plan.servers
    .filter(({ name }) => context.lost.has(name))
    .flatMap(({ name, address }) => clusterPorts(context.plan).map((port) => ({ to: name, address, port, nonce: null })));
}

/** A way to a server that cannot be looked at is open or unknown: what is behind a closed one, a firewall or no node, only the server could tell. */
function orUnknown(cell: MatrixCell, context: RunContext): MatrixCell {
  const lost = context.lost.get(cell.to);
  if (lost === undefined || cell.reach === 'open') return cell;
  return { ...cell, reach: 'unknown', evidence: [say(lost), cell.evidence].filter((part) => part !== '').join('\n') };
}

async function listenOn(context: RunContext, host: Host, targets: readonly PlannedTarget[]): Promise<Listeners | null> {
  const own = targets.flatMap((one) =>
    one.to === host.server && one.nonce !== null ? [{ port: one.port, nonce: one.nonce, address: one.address }] : [],
  );
  const [first] = own;
  if (first === undefined) return null;
  return host.listen(first.address, own, LISTENER_LIFETIME_MS, { signal: context.signal });
}

/** Tries every directed way at once: between the servers, and from the admin's machine. */
async function measureMatrix(context: RunContext): Promise<PortMatrix> {
  const all = targetsOf(context);
  const measuredOn = all.every((target) => target.isHeldByUs) ? 'cluster' : 'listeners';
  const sources = [...context.plan.servers.map(({ name }) => name), ADMIN_MACHINE];
  const targets = all.filter((target) => sources.some((from) => targetsFrom(context, from, all).includes(target)));
  const lostTargets = lostTargetsOf(context);
  const hosts = serverNames(context).map((server) => hostOf(context, server));
  const listeners: Listeners[] = [];
  try {
    const opened = await Promise.allSettled(
      hosts.map(async (host) => {
        const opening = await listenOn(context, host, targets);
        if (opening !== null) {
          listeners.push(opening);
          context.touched.add(host.server);
        }
        return { host, refused: opening?.refused ?? [] };
      }),
    );
    for (const one of opened) if (one.status === 'rejected') throw one.reason;
    const refused = new Map(
      opened.flatMap((one) =>
        one.status === 'fulfilled'
          ? one.value.refused.map(({ port, reason }) => [`${one.value.host.server}:${port}`, reason] as const)
          : [],
      ),
    );
    const isTried = (target: ProbeTarget): boolean => !refused.has(`${target.to}:${target.port}`);
    const tried = [...targets.filter(isTried), ...(measuredOn === 'cluster' ? lostTargets : [])];
    const measured = await Promise.all([
      ...hosts.map(async (host) => host.probe(targetsFrom(context, host.server, tried), PROBE_TIMEOUT_MS, { signal: context.signal })),
      probeWaysFromHere(context, targetsFrom(context, ADMIN_MACHINE, tried)),
    ]);
    const servers = context.plan.servers.map(({ name }) => name);
    const cells = measured.flat().map((cell) => orUnknown(cell, context));
    const isMeasured = (from: string, { to, port }: ProbeTarget): boolean =>
      cells.some((cell) => cell.from === from && cell.to === to && cell.port === port);
    const untried = [...targets, ...lostTargets].flatMap((target) =>
      sources
        .filter((from) => from !== target.to && !isMeasured(from, target))
        .map((from): MatrixCell => {
          const lost = context.lost.get(from) ?? context.lost.get(target.to);
          const evidence = lost === undefined ? (refused.get(`${target.to}:${target.port}`) ?? '') : say(lost);
          return { from, to: target.to, port: target.port, reach: 'unknown', durationMs: 0, evidence };
        }),
    );
    return withKeptWays(context, { measuredOn, ports: [...clusterPorts(context.plan)], servers, cells: [...cells, ...untried] });
  } finally {
    await Promise.allSettled(listeners.map(async (one) => one.end()));
  }
}

/** Says in a sentence or two what the closed ways have in common: two dozen results alone would not tell a wrong rule from a dead cable. */
function tellMatrix(context: RunContext, matrix: PortMatrix, results: readonly CheckResult[]): void {
  const level = results.some((result) => !allowsToContinue(result.verdict)) ? 'warn' : 'info';
  if (level === 'info' && matrix.cells.every((cell) => cell.reach === 'open')) return;
  const { summary, findings } = summariseMatrix(matrix);
  const told = [summary, ...findings.filter(({ verdict }) => verdict !== 'pass').map(({ text }) => text)];
  for (const sentence of told) context.emit({ type: 'note', level, server: null, message: sentence });
}

/** Hands over the rules that open everything that was judged closed, together: what a network team needs is one list. */
function tellRules(context: RunContext, matrix: PortMatrix, results: readonly CheckResult[]): void {
  const isFailed = ({ from, to, port, reach }: MatrixCell): boolean =>
    ['refused', 'filtered', 'unreachable'].includes(reach) &&
    results.some(
      ({ verdict, subject: about }) =>
        verdict === 'fail' && about.kind === 'pair' && about.from === from && about.to === to && about.port === port,
    );
  const closed = matrix.cells.filter(isFailed);
  if (closed.length === 0) return;
  const rules = rulesForGap(closed, context.plan, activeFirewalls(knownFacts(context)));
  context.emit({ type: 'note', level: 'warn', server: null, message: message('phase.openingRules', { rules }) });
}

/** Proves that every server reaches the data and bus ports of the others. */
export function checkReachability(options: { readonly isGate: boolean; readonly willOpenFirewall: boolean }): Phase<RunContext> {
  return {
    id: 'checkReachability',
    title: message('phase.checkReachability'),
    scope: 'cluster',
    run: async (context) => {
      const matrix = await measureMatrix(context);
      context.matrix = matrix;
      context.emit({ type: 'matrixMeasured', matrix });
      const judged = judgeMatrix(matrix, {
        plan: context.plan,
        facts: knownFacts(context),
        willOpenFirewall: options.willOpenFirewall,
      });
      const results = judged.filter((result) => isNew(result, context));
      const whole = withKeptResults(context, results);
      tellMatrix(context, matrix, whole);
      report(context, 'checkReachability', results);
      tellRules(context, matrix, whole);
      if (options.isGate) stopAtFailures(results);
      return 'observed';
    },
    leaves: { kind: 'keeps', reason: message('phase.keeps.listenersEndThemselves') },
  };
}
