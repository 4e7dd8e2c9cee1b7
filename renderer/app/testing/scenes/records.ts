import { sampleFailedCheck, sampleInstall } from '../../../../electron/report/testing/sampleRecord.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import { lostServerUnder } from '../../../../electron/shared/domain/lostServers.ts';
import type { RunRecord } from '../../../../electron/shared/domain/run.ts';
import { serverSubject } from '../../../../electron/shared/domain/subject.ts';
import { message } from '../../../../electron/shared/messages/message.ts';

/** A plan as the review shows it. */
export function planRecord(): RunRecord {
  const installed = sampleInstall();
  return { ...installed, workflow: 'plan', appliedChanges: [], clusterCommands: [], phases: installed.phases.slice(0, 6), durationMs: 900 };
}

/** A check that found everything in order. */
export function checkRecord(): RunRecord {
  return { ...sampleFailedCheck(), failure: null, verdict: 'pass', checks: sampleInstall().checks, matrices: sampleInstall().matrices };
}

/** A check that came to its end and found a way closed. */
export function failedCheck(): RunRecord {
  return { ...sampleFailedCheck(), failure: null };
}

/** The same with only the failed results looked at again: the others are from an hour before. */
export function checkInPart(): RunRecord {
  const record = failedCheck();
  const before = new Date(Date.parse(record.startedAt) - 3_600_000).toISOString();
  const checks = record.checks.map((one) => (one.verdict === 'fail' ? one : { ...one, seenAt: before, isKept: true as const }));
  return { ...record, keptFrom: 'earlier', checks };
}

/** A check that went on without a server that cannot be reached. */
export function checkWithoutServer(): RunRecord {
  const record = checkRecord();
  const failure = fail('ssh.timedOut', serverSubject('server-2'), { values: { endpoint: '10.77.0.12:22', seconds: 15 } }).failure;
  const isOfLost = ({ subject }: RunRecord['checks'][number]): boolean => lostServerUnder(subject, ['server-2']) !== null;
  const reached: RunRecord['checks'][number] = {
    id: 'server.reached',
    subject: serverSubject('server-2'),
    verdict: 'fail',
    expected: message('check.server.reached.expected'),
    observed: { code: failure.code, values: failure.values },
    evidence: '',
    remedy: { code: `${failure.code}.remedy`, values: failure.values },
  };
  return {
    ...record,
    verdict: 'fail',
    phases: [{ phase: 'connect', server: 'server-2', startedMs: 0, durationMs: 15_000, outcome: 'failed', failure }],
    facts: record.facts.filter(({ server }) => server !== 'server-2'),
    matrices: record.matrices.map((matrix) => ({
      ...matrix,
      cells: matrix.cells.map((cell) =>
        cell.from === 'server-2' || cell.to === 'server-2' ? { ...cell, reach: 'unknown' as const, durationMs: 0, evidence: '' } : cell,
      ),
    })),
    checks: [
      reached,
      ...record.checks.map((check) =>
        isOfLost(check)
          ? {
              ...check,
              verdict: 'unknown' as const,
              expected: message('check.unobserved.expected'),
              observed: message('check.unobserved.observed', { reason: 'The server at 10.77.0.12:22 did not answer within 15 s' }),
              evidence: '',
              remedy: message('check.unobserved.remedy', { server: 'server-2' }),
            }
          : check,
      ),
    ],
  };
}

/** All ways between the servers closed by firewalls that the plan opens. */
export function closedByFirewalls(): RunRecord {
  const record = checkRecord();
  const [matrix] = record.matrices;
  if (matrix === undefined) return record;
  const cells = matrix.cells.map((cell) => ({ ...cell, reach: 'filtered' as const, durationMs: 3500 }));
  const found = cells.flatMap(({ from, to, port }): RunRecord['checks'] => {
    const subject = { kind: 'pair', from, to, port } as const;
    const isBus = port > 10_000;
    const texts = {
      expected: message('check.pair.dataPort.expected', { from, to, role: 'master', endpoint: `${to}:${port}` }),
      evidence: '',
    };
    return from === 'admin'
      ? []
      : [
          {
            ...texts,
            id: isBus ? 'pair.busPort' : 'pair.dataPort',
            subject,
            verdict: 'warn',
            observed: message('check.pair.willBeOpened', { endpoint: `${to}:${port}`, firewall: 'ufw', to }),
            remedy: message('check.pair.willBeOpened.remedy'),
          },
        ];
  });
  const checks = [...record.checks.filter(({ subject }) => subject.kind !== 'pair'), ...found];
  return { ...record, matrices: [{ ...matrix, cells }], checks };
}
