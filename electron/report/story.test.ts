import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../shared/domain/check.ts';
import { fail } from '../shared/domain/failure.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { clusterSubject, serverSubject, type Subject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { message } from '../shared/messages/message.ts';
import { buildReport } from './buildReport.ts';
import { markPathOf, renderMark } from '../shared/domain/maintenanceMark.ts';
import { said, sampleFacts } from './testing/sampleParts.ts';
import {
  sampleAborted,
  sampleBroken,
  sampleFailedCheck,
  sampleFailoverTest,
  sampleInstall,
  sampleMaintenanceEnd,
  sampleMinimal,
  samplePlan,
  sampleRemoval,
} from './testing/sampleRecord.ts';
import { sampleTrial } from './testing/sampleTrial.ts';
import { sampleView } from './testing/sampleView.ts';

const plan = samplePlan();
const told = (record: RunRecord): string => buildReport(record).story;
const ended = (record: RunRecord, changes: Partial<RunRecord> = {}): RunRecord => ({
  ...record,
  verdict: 'pass',
  finishedAt: '2026-03-14T22:06:00.000Z',
  ...changes,
});

const judged = (id: string, verdict: Verdict, subject: Subject): CheckResult => ({
  id,
  subject,
  verdict,
  expected: said('expected'),
  observed: said('observed'),
  evidence: '',
  remedy: null,
});
const withoutServer2: RunRecord['checks'] = [
  judged('server.reached', 'fail', serverSubject('server-2')),
  judged('server.memory', 'unknown', serverSubject('server-2')),
];

const notConnected = (server: string): RunRecord['phases'][number] => ({
  phase: 'connect',
  server,
  startedMs: 0,
  durationMs: 1,
  outcome: 'failed',
  failure: fail('ssh.timedOut', serverSubject(server)).failure,
});

/** What a peer of server-1 tells while that is in maintenance. */
function markedFacts(): RunRecord['facts'][number] {
  const content = renderMark({
    schemaVersion: 1,
    cluster: 'sessions',
    server: 'server-1',
    runId: 'r-1',
    by: 'ana@laptop',
    at: '2026-03-14T22:05:00.000Z',
  });
  const file = { kind: 'file', mode: 0o644, owner: 'root', group: 'root', sizeBytes: 1, sha256: null, content } as const;
  const facts = sampleFacts(plan, 'server-2');
  return { ...facts, paths: [...facts.paths, { path: markPathOf(plan, 'server-2'), ...file }] };
}

const wayTo = (port: number): Subject => ({ kind: 'pair', from: 'server-1', to: 'server-2', port });
const toBeOpened = (port: number): CheckResult => ({
  ...judged('pair.dataPort', 'warn', wayTo(port)),
  observed: message('check.pair.willBeOpened', { endpoint: `10.77.0.12:${port}`, firewall: 'ufw', to: 'server-2' }),
});

const stories: readonly (readonly [string, RunRecord, RegExp])[] = [
  ['a new installation', sampleInstall(), /^sessions is installed on three servers: six nodes agree/u],
  [
    'an installation with nothing to do',
    { ...sampleInstall(), appliedChanges: [], clusterCommands: [] },
    /^sessions was already as planned: nothing was changed\.$/u,
  ],
  ['a check that passed', ended(sampleMinimal('check')), /^The three servers are ready for sessions\.$/u],
  [
    'a check that found ways closed which the plan opens',
    ended(sampleMinimal('check'), { checks: [toBeOpened(7000), toBeOpened(7001), judged('pair.busPort', 'pass', wayTo(17_000))] }),
    /^Nothing forbids to install sessions, but 2 of 3 ways between the servers are not proved yet: .* installing proves each\.$/u,
  ],
  ['a check that failed', sampleFailedCheck(), /^The servers are not ready for sessions: 1 of 32 checks failed\.$/u],
  [
    'a validation that failed',
    { ...sampleFailedCheck(), workflow: 'validate' },
    /^sessions is not as it should be: 1 of 32 checks failed\.$/u,
  ],
  [
    'a validation without a server that is lost',
    ended(sampleMinimal('validate'), { verdict: 'fail', checks: [...withoutServer2, judged('cluster.slots', 'pass', clusterSubject)] }),
    /^sessions goes on serving all its slots, but server-2 cannot be reached: 1 of 3 checks could not be made\.$/u,
  ],
  [
    'a validation that fails elsewhere too while a server is lost',
    ended(sampleMinimal('validate'), {
      verdict: 'fail',
      checks: [
        ...withoutServer2,
        judged('cluster.slots', 'pass', clusterSubject),
        judged('server.dataFolder', 'fail', serverSubject('server-3')),
      ],
    }),
    /server-2 cannot be reached: 1 of 4 checks could not be made\. Other checks failed: 1\.$/u,
  ],
  [
    'a check without a server that is lost',
    ended(sampleMinimal('check'), { verdict: 'fail', checks: withoutServer2 }),
    /^Checking the servers for sessions is incomplete, because server-2 cannot be reached: 1 of 2 checks could not be made\.$/u,
  ],
  [
    'a plan without a server that is lost',
    ended(sampleMinimal('plan'), { verdict: 'fail', checks: withoutServer2.slice(0, 1) }),
    /^Planning sessions is incomplete, because server-2 cannot be reached\.$/u,
  ],
  ['a plan with nothing to do', ended(sampleMinimal('plan')), /^sessions is already as planned\. There is nothing to change\.$/u],
  [
    'a plan',
    ended(sampleMinimal('plan'), { plannedChanges: sampleInstall().plannedChanges }),
    /^36 changes on 3 servers would make sessions\. Nothing was changed\.$/u,
  ],
  ['a validation', ended(sampleMinimal('validate')), /^sessions works as planned, and its layout allows the loss of any one server\.$/u],
  [
    'a validation of gathered roles',
    ended(sampleMinimal('validate'), {
      verdict: 'passWithoutTolerance',
      views: { before: sampleView(plan, { returned: 'server-3' }), after: null },
    }),
    /^sessions works, but it would not survive the loss of server-1\.$/u,
  ],
  [
    'a test of all servers',
    sampleFailoverTest(),
    /^sessions survives the loss of any one of its three servers: writes stopped for at most 8\.2 s, and no acknowledged write was lost\.$/u,
  ],
  ['a test that lost writes', sampleFailoverTest(plan, 3), /and 3 of 4\d,\d{3} acknowledged writes were lost\.$/u],
  [
    'a test of one server',
    { ...sampleFailoverTest(), trials: [sampleTrial(plan, 'server-2')] },
    /^sessions survived the loss of server-2: writes stopped/u,
  ],
  [
    'a test that failed',
    { ...sampleFailoverTest(), verdict: 'fail', trials: [{ ...sampleTrial(plan, 'server-2'), verdict: 'fail', reasons: [said('no')] }] },
    /^sessions did not survive the loss of server-2 as it should\.$/u,
  ],
  [
    'the end of a maintenance',
    sampleMaintenanceEnd(),
    /^server-1 is back, and sessions has its planned roles again: one master on each server\. Clients of a shard waited at most 34 ms for a write, and no acknowledged write was lost\.$/u,
  ],
  [
    'a maintenance that lost writes',
    sampleMaintenanceEnd(plan, 3),
    /^Ending a maintenance in sessions lost 3 of 990 acknowledged writes\.$/u,
  ],
  [
    'the begin of a maintenance',
    {
      ...sampleMaintenanceEnd(),
      workflow: 'maintenanceBegin',
      phases: [{ phase: 'vacateServer:server-1', server: null, startedMs: 1, durationMs: 1, outcome: 'alreadyDone', failure: null }],
      clientImpacts: [],
    },
    /^server-1 may now be rebooted or patched: it holds no master, .* the loss of one more server is not survived\.$/u,
  ],
  ['no maintenance', ended(sampleMinimal('maintenanceStatus')), /^No server of sessions is in maintenance\.$/u],
  [
    'a maintenance, told by a peer',
    ended(sampleMinimal('maintenanceStatus'), { facts: [markedFacts()], verdict: 'fail' }),
    /^server-1 of sessions is in maintenance since 2026-03-14T22:05:00\.000Z, begun by ana@laptop\.$/u,
  ],
  [
    'a maintenance whose server is away',
    ended(sampleMinimal('maintenanceStatus'), { facts: [markedFacts()], phases: [notConnected('server-1')] }),
    /^server-1 of sessions is in maintenance since 2026-03-14T22:05:00\.000Z, begun by ana@laptop, and cannot be reached now\.$/u,
  ],
  [
    'a maintenance while another server is lost',
    ended(sampleMinimal('maintenanceStatus'), {
      facts: [markedFacts()],
      verdict: 'fail',
      phases: [notConnected('server-3')],
      checks: [judged('server.reached', 'fail', serverSubject('server-3'))],
    }),
    /^server-1 of sessions is in maintenance since .*, begun by ana@laptop\. No connection to server-3, which nobody has taken into maintenance\.$/u,
  ],
  ['an interruption', sampleAborted(), /^Installing sessions was interrupted\. What was done stays on the servers/u],
  [
    'an interruption before anything was done',
    { ...sampleAborted(), phases: sampleAborted().phases.slice(0, 2) },
    /^Installing sessions was interrupted\. No setting/u,
  ],
  [
    'an interrupted failover test',
    {
      ...sampleAborted(),
      workflow: 'failoverTest',
      phases: sampleAborted().phases.map((phase) => ({ ...phase, phase: 'loseServer:server-1' })),
    },
    /^The failover test of sessions was interrupted\. The server that was lost runs again/u,
  ],
  ['an interrupted check', { ...sampleAborted(), workflow: 'check' }, /^Checking the servers for sessions was interrupted\. No setting/u],
  [
    'a failure',
    sampleBroken(),
    /^Installing sessions failed\. The disk of server-3 is full: \/opt\/triad\/bin\/redis-7\.0\.15 could not be written\.$/u,
  ],
  ['a record without an end', sampleMinimal(), /^Installing sessions did not end: its record stops 12 ms after the start\.$/u],
  ['a removal', sampleRemoval(), /^What Triad installed for sessions was removed from its three servers\.$/u],
];

describe('the verdict as a sentence', () => {
  it.each(stories)('of %s', (_name, record, words) => {
    expect(told(record)).toMatch(words);
  });
});

describe('the key figures', () => {
  const figures = (record: RunRecord) => buildReport(record).keyFigures.map(({ id, value, verdict }) => [id, value, verdict]);

  it('of a failover test are outage, lost writes, tolerance and checks', () => {
    expect(figures(sampleFailoverTest())).toEqual([
      ['outage', '8.2 s', 'pass'],
      ['lostWrites', '0', 'pass'],
      ['tolerance', 'Yes', 'pass'],
      ['checks', '30 of 31', 'warn'],
    ]);
    expect(figures(sampleFailoverTest(plan, 3))[1]).toEqual(['lostWrites', '3', 'warn']);
  });

  it('of planned switchovers are the longest wait and the lost writes', () => {
    const { keyFigures } = buildReport(sampleMaintenanceEnd());
    expect(keyFigures.slice(0, 2).map(({ id, value, verdict }) => [id, value, verdict])).toEqual([
      ['gap', '34 ms', 'pass'],
      ['lostWrites', '0', 'pass'],
    ]);
    expect(buildReport(sampleMaintenanceEnd(plan, 3)).keyFigures[1]).toMatchObject({ value: '3', verdict: 'fail' });
  });

  it('never say that nothing was lost when that could not be read back', () => {
    const record = sampleFailoverTest();
    const [first, ...others] = record.trials.map((trial) => ({ ...trial, lostWrites: 3 }));
    const unread: RunRecord = { ...record, trials: first === undefined ? [] : [{ ...first, lostWrites: null }, ...others] };
    expect(figures(unread)[1]).toEqual(['lostWrites', '–', 'unknown']);
    expect(told(unread)).toContain('nobody knows');
    expect(buildReport(unread).failover.trials[0]).toMatchObject({
      lostWrites: null,
      story: expect.stringContaining('nobody knows') as string,
    });
  });

  it('warn of an outage that is longer than predicted', () => {
    const record = sampleFailoverTest();
    const slow = { ...record, trials: record.trials.map((trial) => ({ ...trial, outageMs: 14_000 })) };
    expect(figures(slow)[0]).toEqual(['outage', '14.0 s', 'warn']);
    const unmeasured = { ...record, trials: record.trials.map((trial) => ({ ...trial, outageMs: null })) };
    expect(figures(unmeasured)[0]).toEqual(['outage', '–', 'unknown']);
  });

  it('of an installation never call tolerance proved that nobody tried', () => {
    expect(figures(sampleInstall())[0]).toEqual(['tolerance', 'Expected', 'skipped']);
  });

  it('of a failed check name the ways that are open', () => {
    expect(figures(sampleFailedCheck())).toContainEqual(['ways', '23 of 24', 'fail']);
  });
});

describe('tolerance', () => {
  const tolerance = (record: RunRecord) => buildReport(record).cluster.toleranceByServer.map((one) => one.tolerance);

  it('is proved only for servers that were lost in a trial', () => {
    expect(tolerance({ ...sampleFailoverTest(), trials: [sampleTrial(plan, 'server-2')] })).toEqual(['expected', 'proved', 'expected']);
  });

  it('is gone when roles have gathered since, whatever was proved before', () => {
    const record = sampleFailoverTest();
    const gathered = {
      ...record,
      views: { ...record.views, after: sampleView(plan, { returned: 'server-3', at: '2026-03-14T23:00:00.000Z' }) },
    };
    expect(tolerance(gathered)).toEqual(['no', 'proved', 'proved']);
  });

  it('is not there when a trial failed, and unknown when nothing was seen', () => {
    const record = sampleFailoverTest();
    expect(tolerance({ ...record, trials: record.trials.map((trial, at) => (at === 0 ? { ...trial, verdict: 'fail' } : trial)) })[0]).toBe(
      'no',
    );
    expect(tolerance(sampleMinimal())).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
