import { describe, expect, it } from 'vitest';
import { COMPARING_CHECKS, LISTENERS_CHECK } from '../shared/domain/checkAgain.ts';
import { listenersGone } from './server/listenersGone.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { clusterSubject, serverSubject, type Subject } from '../shared/domain/subject.ts';
import { isWithinScope, scopeOf } from './checkScope.ts';
import { examplePlan } from './testing/exampleFacts.ts';

const plan = examplePlan();
const ALL = ['server-1', 'server-2', 'server-3'];
const way = (from: string, to: string, port: number): Subject => ({ kind: 'pair', from, to, port });

it('takes in what the window says that it does', () => {
  expect(SERVER_CHECKS.filter(({ comparesServers }) => comparesServers === true).map(({ id }) => id)).toEqual(COMPARING_CHECKS);
  expect(listenersGone.id).toBe(LISTENERS_CHECK);
});

describe('what has to be looked at again', () => {
  it('is the server alone for a check of one server', () => {
    expect(scopeOf([{ id: 'server.memory', subject: serverSubject('server-2') }], plan)).toEqual({ servers: ['server-2'], ways: [] });
  });

  it.each(['server.clock', 'server.ownMachine'])('is every server for %s, which compares them', (id) => {
    expect(scopeOf([{ id, subject: serverSubject('server-2') }], plan)).toEqual({ servers: ALL, ways: [] });
  });

  it('is every server for what is said of all of them', () => {
    expect(scopeOf([{ id: 'server.sameSystem', subject: clusterSubject }], plan).servers).toEqual(ALL);
  });

  it('is a way and both of its ends; this computer is no server', () => {
    expect(scopeOf([{ id: 'pair.busPort', subject: way('server-2', 'server-3', 17_000) }], plan)).toEqual({
      servers: ['server-2', 'server-3'],
      ways: [{ from: 'server-2', to: 'server-3', port: 17_000 }],
    });
    expect(scopeOf([{ id: 'pair.adminDataPort', subject: way('admin', 'server-1', 7000) }], plan).servers).toEqual(['server-1']);
  });

  it('is every way into a server for listeners that were left there: some have to be started to see them end', () => {
    const { servers, ways } = scopeOf([{ id: 'server.listenersGone', subject: serverSubject('server-1') }], plan);
    expect(servers).toEqual(ALL);
    expect(ways).toHaveLength(12);
    expect(new Set(ways.map(({ to }) => to))).toEqual(new Set(['server-1']));
  });
});

describe('what is judged anew', () => {
  const scope = { servers: ['server-2', 'server-3'], ways: [{ from: 'server-2', to: 'server-3', port: 17_000 }] };

  it('is everything that the look at a server tells, and only the ways that were tried', () => {
    expect(isWithinScope({ id: 'server.swap', subject: serverSubject('server-3') }, scope, plan)).toBe(true);
    expect(isWithinScope({ id: 'server.swap', subject: serverSubject('server-1') }, scope, plan)).toBe(false);
    expect(isWithinScope({ id: 'pair.busPort', subject: way('server-2', 'server-3', 17_000) }, scope, plan)).toBe(true);
    expect(isWithinScope({ id: 'pair.busPort', subject: way('server-2', 'server-3', 17_001) }, scope, plan)).toBe(false);
  });

  it('is a comparison only where all servers were looked at', () => {
    const clock = { id: 'server.clock', subject: serverSubject('server-2') };
    expect(isWithinScope(clock, scope, plan)).toBe(false);
    expect(isWithinScope(clock, { ...scope, servers: ALL }, plan)).toBe(true);
    expect(isWithinScope({ id: 'server.sameSystem', subject: clusterSubject }, scope, plan)).toBe(false);
  });
});
