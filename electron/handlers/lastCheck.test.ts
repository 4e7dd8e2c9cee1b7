import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sampleFailedCheck } from '../report/testing/sampleRecord.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { fail, FailureError, type Failure } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { createRunJournal } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { partOfLastCheck } from './lastCheck.ts';

const CLUSTER = 'sessions';
const SPEC = 'a'.repeat(64);
const sample = sampleFailedCheck();

interface KeptRun {
  readonly runId: string;
  readonly checks: readonly CheckResult[];
  /** It broke off with this. */
  readonly failure?: Failure;
}

async function homeWith(...runs: readonly KeptRun[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'triad-last-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  for (const { runId, checks, failure = null } of runs) {
    const journal = await createRunJournal(runsFolder(home, CLUSTER), runId);
    const bodies: readonly RunEventBody[] = [
      { ...sample, type: 'runStarted', runId, specSha256: SPEC },
      ...checks.map((result): RunEventBody => ({ type: 'checkFinished', phase: 'checkServers', result })),
      ...sample.matrices.map((matrix): RunEventBody => ({ type: 'matrixMeasured', matrix })),
      { type: 'runFinished', verdict: 'fail', failure, wasAborted: false },
    ];
    bodies.forEach((body, index) => {
      journal.append({ ...body, seq: index + 1, at: '2026-03-14T22:05:00.000Z', sinceStartMs: index });
    });
    await journal.close();
  }
  return home;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof FailureError ? `${error.failure.code} ${String(error.failure.values['reason'] ?? '')}`.trim() : String(error);
}

const older = { runId: '20260314T220500000Z-check', checks: [] };
const newest = { runId: '20260314T230500000Z-check', checks: sample.checks };

it('takes the newest check, and of it what failed or what has the name', async () => {
  const home = await homeWith(older, newest, { runId: '20260314T234500000Z-plan', checks: [] });
  expect(await partOfLastCheck(home, CLUSTER, SPEC, 'failed')).toMatchObject({ choice: 'failed', earlier: { runId: newest.runId } });
  const named = sample.checks.filter(({ id }) => id === 'pair.dataPort').map(({ id, subject }) => ({ id, subject }));
  expect(named.length).toBeGreaterThan(1);
  expect((await partOfLastCheck(home, CLUSTER, SPEC, 'pair.dataPort')).choice).toEqual(named);
});

it('is refused without a check, or with one for another specification', async () => {
  expect(await codeOf(partOfLastCheck(await homeWith(), CLUSTER, SPEC, 'failed'))).toBe('run.otherCheck');
  expect(await codeOf(partOfLastCheck(await homeWith(newest), CLUSTER, 'b'.repeat(64), 'failed'))).toBe('run.otherCheck');
});

it('is refused after a check that broke off, which never says that nothing failed, and after a run that has changed the servers', async () => {
  const broken = { ...newest, checks: [], failure: fail('ssh.authRejected', adminSubject).failure };
  expect(await codeOf(partOfLastCheck(await homeWith(broken), CLUSTER, SPEC, 'failed'))).toBe('run.otherCheck');
  const installed = await homeWith(newest, { runId: '20260314T234500000Z-install', checks: [] });
  expect(await codeOf(partOfLastCheck(installed, CLUSTER, SPEC, 'failed'))).toBe('run.otherCheck');
});

it('says that nothing failed, or that nothing is called so', async () => {
  const passed = sample.checks.filter(({ verdict }) => verdict === 'pass');
  const home = await homeWith({ ...newest, checks: passed });
  expect(await codeOf(partOfLastCheck(home, CLUSTER, SPEC, 'failed'))).toBe(
    'usage.invalid --only failed: nothing failed in the last check',
  );
  expect(await codeOf(partOfLastCheck(home, CLUSTER, SPEC, 'server.nothing'))).toMatch(/^usage\.invalid --only server\.nothing: /u);
});
