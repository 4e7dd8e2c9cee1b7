import { expect, test } from 'vitest';
import { sampleMemuraiBundle, sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import { placesOn } from '../shared/domain/plan.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { formatSubject, nodeSubject, serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { judgeServers } from './judgeServers.ts';
import { onWindows } from './onWindows.ts';
import { SERVER_CHECKS } from './serverChecks.ts';
import { exampleContext, threeServers } from './testing/exampleFacts.ts';

/** What is said of servers of these kinds, all with the facts of a Linux server that has neither systemd nor anything beside. */
function judged(...platforms: readonly Platform[]): readonly CheckResult[] {
  const context = exampleContext({ plan: sampleWindowsPlan(platforms) });
  return judgeServers(threeServers({ systemdVersion: null, programs: {} }), context);
}

test('what only Linux has does not apply on a Windows server, and is judged on the others', () => {
  const results = judged('windows', 'linux', 'linux');
  const verdictsOf = (server: string): readonly (readonly [string, string])[] =>
    results.filter(({ subject }) => formatSubject(subject) === server).map(({ id, verdict }) => [id, verdict]);
  const skipped = verdictsOf('server-1').filter(([, verdict]) => verdict === 'skipped');
  expect(skipped.map(([id]) => id).toSorted()).toEqual([
    'server.maskedUnits',
    'server.memory',
    'server.openFiles',
    'server.overcommitMemory',
    'server.programs',
    'server.reservedPorts',
    'server.selinux',
    'server.serviceUser',
    'server.serviceUserWrites',
    'server.somaxconn',
    'server.swap',
    'server.systemd',
    'server.transparentHugePages',
  ]);
  // Nothing of it stops an installation there.
  expect(verdictsOf('server-1').filter(([, verdict]) => verdict === 'fail')).toEqual([]);
  expect(verdictsOf('server-2')).toContainEqual(['server.systemd', 'pass']);
  const systemd = results.find(({ id, subject }) => id === 'server.systemd' && formatSubject(subject) === 'server-1');
  expect([say(systemd?.observed ?? message('check.unread.remedy')), systemd?.remedy]).toEqual([
    'Does not apply: the server runs Windows',
    null,
  ]);
});

test('where a save does not copy all the data, the room for it is judged as on Linux', () => {
  const context = exampleContext({ plan: sampleWindowsPlan(['windows', 'linux', 'linux'], {}, sampleMemuraiBundle) });
  const results = judgeServers(threeServers({ systemdVersion: null, programs: {} }), context);
  const memory = results.filter(({ id }) => id === 'server.memory').map(({ subject, verdict }) => [formatSubject(subject), verdict]);
  expect(memory).toEqual(['server-1', 'server-2', 'server-3'].map((name) => [name, 'pass']));
});

test('a cluster on Linux hears nothing about Windows', () => {
  expect(judged('linux', 'linux', 'linux').filter(({ id }) => id === 'server.windows' || id === 'check.windows.observed')).toEqual([]);
  const ids = new Set(judged('linux', 'linux', 'linux').map(({ id }) => id));
  expect(ids).toEqual(new Set(SERVER_CHECKS.map(({ id }) => id)));
});

test.each<[readonly Platform[], RegExp, RegExp]>([
  [
    ['windows', 'windows', 'windows'],
    /All three servers run Windows\. No Redis for Windows is supported by Redis or by OutSystems/u,
    /Linux servers are recommended/u,
  ],
  [
    ['linux', 'windows', 'linux'],
    /the others Linux: server-2\. No Redis for Windows is supported/u,
    /three servers of one kind, best Linux/u,
  ],
])('%s: what nobody supports is said plainly, and stops nobody', (platforms, says, remedy) => {
  const [result, ...others] = judged(...platforms).filter(({ id }) => id === 'server.windows');
  expect(others).toEqual([]);
  expect([result?.verdict, result?.subject.kind]).toEqual(['warn', 'cluster']);
  expect(say(result?.observed ?? message('check.unread.remedy'))).toMatch(says);
  expect(say(result?.remedy ?? message('check.unread.remedy'))).toMatch(remedy);
});

test('no remedy for a Windows server names commands of Linux', () => {
  const result = (subject: CheckResult['subject'], remedy: CheckResult['remedy']): CheckResult => ({
    id: 'node.answers',
    subject,
    verdict: 'fail',
    expected: message('check.unobserved.expected'),
    observed: message('check.unobserved.noReason'),
    evidence: 'seen',
    remedy,
  });
  const start = message('check.node.answers.remedy', { unit: 'triad-sessions-7000', server: 'server-1' });
  const other = message('check.unread.remedy');
  const results = [
    result(nodeSubject('server-1', 7000), start),
    result(nodeSubject('server-2', 7000), start),
    result(serverSubject('server-1'), other),
  ];
  const plan = sampleWindowsPlan(['windows', 'linux', 'linux']);
  const [own, linux, read] = onWindows(results, plan);
  expect(say(start)).toContain('systemctl');
  expect(say(own?.remedy ?? other)).toContain('sc.exe query');
  expect(say(own?.remedy ?? other)).toContain(placesOn(plan, 'server-1').folders.install);
  expect([linux?.remedy, read?.remedy]).toEqual([start, other]);
});
