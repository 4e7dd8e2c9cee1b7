import { describe, expect, test } from 'vitest';
import { WANTED_PROGRAMS } from '../hosts/linux/observe/observeScript.ts';
import { fail } from '../shared/domain/failure.ts';
import { formatSubject, serverSubject } from '../shared/domain/subject.ts';
import { say } from '../shared/messages/message.ts';
import { judgeListenersGone, judgeServers } from './judgeServers.ts';
import { NEEDED_PROGRAMS } from './server/programs.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { exampleContext, exampleFacts, SERVERS, socket, threeServers } from './testing/exampleFacts.ts';
import { expectEveryText, expectSays, firstOf } from './testing/expectSays.ts';
import { SERVER_ROWS } from './testing/serverRows.ts';

const lost = fail('ssh.connectionLost', serverSubject('server-1'), { values: { server: 'server-1' } }).failure;

function judgeRow(row: (typeof SERVER_ROWS)[number]) {
  const check = SERVER_CHECKS.find((one) => one.id === `server.${row.check}`);
  return firstOf(check?.judge(row.all ?? threeServers(row.facts), row.context ?? exampleContext()) ?? []);
}

describe('a server', () => {
  test.each(SERVER_ROWS.map((row) => ({ ...row, title: `${row.check}: ${row.name}` })))('$title is $verdict', (row) => {
    const result = judgeRow(row);
    expect(result.verdict).toBe(row.verdict);
    expectSays(result, row.says);
    const text = `${say(result.observed)} ${result.remedy === null ? '' : say(result.remedy)}`;
    for (const word of row.naming ?? []) expect(text).toContain(word);
  });

  test('each check gives exactly the verdicts that it names', () => {
    for (const check of SERVER_CHECKS) {
      const own = SERVER_ROWS.filter((row) => `server.${row.check}` === check.id).map((row) => judgeRow(row).verdict);
      // A server without facts is unknown to every check.
      expect([check.id, ...new Set([...own, 'unknown'])].toSorted()).toEqual([check.id, ...check.verdicts].toSorted());
    }
  });
});

test('the rows reach every text of every check of a server', () => {
  const left = judgeListenersGone([], threeServers({ listening: [socket(7000, { pid: 71 })] }), exampleContext());
  const leftByNobody = judgeListenersGone([], threeServers({ listening: [socket(7000)] }), exampleContext());
  const unobserved = judgeServers([], exampleContext({ unobserved: new Map([['server-1', lost]]) }));
  const results = [...SERVER_ROWS.map(judgeRow), ...left, ...leftByNobody, ...unobserved];
  const ids = [...SERVER_CHECKS.map((check) => check.id), 'server.listenersGone'];
  const shared = ['check.disk.', 'check.kernel.', 'check.unobserved.', 'check.unread.'];
  expectEveryText(results, [...shared, ...ids.map((id) => `check.${id}.`)], ids);
});

describe('all checks of the servers', () => {
  test('an ordinary set of servers passes everything', () => {
    const others = judgeServers(threeServers(), exampleContext()).filter((one) => one.verdict !== 'pass');
    // Nothing is there yet that could be written to.
    expect(others.map((one) => [one.id, one.verdict])).toEqual(SERVERS.map(() => ['server.serviceUserWrites', 'skipped']));
  });

  test('give one result for each check and server', () => {
    const results = judgeServers([...threeServers(), exampleFacts('server-1')], exampleContext());
    const keys = results.map((one) => `${one.id} ${formatSubject(one.subject)}`);
    expect(new Set(keys).size).toBe(keys.length);
    // `server.sameSystem` and `server.maintenance` are about all three together.
    expect(keys).toHaveLength((SERVER_CHECKS.length - 2) * SERVERS.length + 2);
  });

  test('say unknown, with the reason, of a server that was not looked at', () => {
    const context = exampleContext({ unobserved: new Map([['server-2', { ...lost, values: { server: 'server-2' } }]]) });
    const results = judgeServers([exampleFacts('server-1')], context);
    const ofLost = results.filter((one) => formatSubject(one.subject) === 'server-2');
    expect(ofLost).toHaveLength(SERVER_CHECKS.length - 2);
    const [reached, ...others] = ofLost;
    expect([reached?.id, reached?.verdict]).toEqual(['server.reached', 'fail']);
    expect(new Set(others.map((one) => one.verdict))).toEqual(new Set(['unknown']));
    expect(say(firstOf(others).observed)).toBe('Not looked at: The SSH connection to server-2 was lost');
    expect(say(firstOf(results.filter((one) => formatSubject(one.subject) === 'server-3')).observed)).toBe('Not looked at');
  });

  test('name both servers of one machine', () => {
    const twins = threeServers({ machineId: exampleFacts('server-2').machineId });
    const failed = judgeServers(twins, exampleContext()).filter((one) => one.verdict === 'fail');
    expect(failed.map((one) => [one.id, formatSubject(one.subject)])).toEqual([
      ['server.ownMachine', 'server-1'],
      ['server.ownMachine', 'server-2'],
    ]);
  });

  test('only ask for programs that are looked for on a server', () => {
    const wanted: readonly string[] = WANTED_PROGRAMS;
    expect(NEEDED_PROGRAMS.filter((name) => !wanted.includes(name))).toEqual([]);
  });

  test('show no secret of the blueprint', () => {
    const text = JSON.stringify(judgeServers(threeServers(), exampleContext()));
    expect(text).not.toContain('a secret of the example');
  });
});

describe('the temporary listeners', () => {
  const context = exampleContext();
  const before = threeServers({ listening: [socket(7001, { program: 'nginx', pid: 5 })] });

  test('are gone when only what was there before is there', () => {
    const results = judgeListenersGone(before, before, context);
    expect(results.map((one) => one.verdict)).toEqual(['pass', 'pass', 'pass']);
    expectSays(firstOf(results), 'observed');
  });

  test('do not count our own nodes', () => {
    const after = threeServers({ listening: [socket(7000, { unit: 'triad-sessions-7000.service', pid: 7 })] });
    expect(judgeListenersGone(before, after, context).map((one) => one.verdict)).toEqual(['pass', 'pass', 'pass']);
  });

  test('are named with the command that ends them', () => {
    const after = threeServers({ listening: [socket(7000, { program: 'systemd-socket-', pid: 71 }), socket(17_000, { pid: 71 })] });
    const result = firstOf(judgeListenersGone(before, after, context));
    expect(result.verdict).toBe('fail');
    expectSays(result, 'left kill.remedy');
    expect(say(result.remedy ?? result.observed)).toContain('`kill 71`');
  });

  test('are named even where their process is not known', () => {
    const result = firstOf(judgeListenersGone(before, threeServers({ listening: [socket(17_001)] }), context));
    expect(result.verdict).toBe('fail');
    expectSays(result, 'left remedy');
  });

  test('are unknown on a server that was not looked at again', () => {
    expect(judgeListenersGone(before, [], context).map((one) => one.verdict)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
