import type { CheckResult } from '../shared/domain/check.ts';
import { clusterPorts, type ClusterPlan } from '../shared/domain/plan.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import { listenersGone } from './server/listenersGone.ts';
import { SERVER_CHECKS } from './serverChecks.ts';

/** A directed way to a port, by the names of its machines. */
export interface ScopedWay {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** What has to be looked at, so that chosen results can be judged anew: these servers, and these ways between machines. */
export interface CheckScope {
  readonly servers: readonly string[];
  readonly ways: readonly ScopedWay[];
}

const COMPARING: ReadonlySet<string> = new Set(SERVER_CHECKS.flatMap(({ id, comparesServers }) => (comparesServers === true ? [id] : [])));

function waysInto(server: string, plan: ClusterPlan): readonly ScopedWay[] {
  const sources = [...plan.servers.map(({ name }) => name).filter((name) => name !== server), ADMIN_MACHINE];
  return sources.flatMap((from) => clusterPorts(plan).map((port) => ({ from, to: server, port })));
}

function waysFor({ id, subject }: Pick<CheckResult, 'id' | 'subject'>, plan: ClusterPlan): readonly ScopedWay[] {
  if (subject.kind === 'pair') return [{ from: subject.from, to: subject.to, port: subject.port }];
  // Whether listeners end can only be seen after some were started.
  return id === listenersGone.id && subject.kind === 'server' ? waysInto(subject.server, plan) : [];
}

/** What has to be looked at for these results: both ends of a way, a server, or all servers for a check that compares them. */
export function scopeOf(chosen: readonly Pick<CheckResult, 'id' | 'subject'>[], plan: ClusterPlan): CheckScope {
  const ways = new Map(chosen.flatMap((check) => waysFor(check, plan)).map((way) => [`${way.from} ${way.to} ${way.port}`, way]));
  const needed = new Set([...ways.values()].flatMap(({ from, to }) => [from, to]));
  for (const { id, subject } of chosen) {
    if (subject.kind === 'server' && !COMPARING.has(id)) needed.add(subject.server);
    else if (subject.kind !== 'pair') for (const { name } of plan.servers) needed.add(name);
  }
  return { servers: plan.servers.map(({ name }) => name).filter((name) => needed.has(name)), ways: [...ways.values()] };
}

/**
 * Whether a check that looked at this scope says something new by this result. A server that was looked at is judged anew in everything that the look
 * tells: a kept result beside newer facts would be an old one that looks fresh.
 */
export function isWithinScope({ id, subject }: Pick<CheckResult, 'id' | 'subject'>, scope: CheckScope, plan: ClusterPlan): boolean {
  if (subject.kind === 'pair')
    return scope.ways.some(({ from, to, port }) => from === subject.from && to === subject.to && port === subject.port);
  if (subject.kind !== 'server' || COMPARING.has(id)) return scope.servers.length === plan.servers.length;
  return scope.servers.includes(subject.server);
}
