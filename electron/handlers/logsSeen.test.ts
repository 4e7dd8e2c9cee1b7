import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { samplePlan, sampleFailedCheck } from '../report/testing/sampleRecord.ts';
import { said, sampleFacts } from '../report/testing/sampleParts.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { nodeSubject } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { createRunJournal } from '../storage/runJournal.ts';
import { runsFolder } from '../storage/triadHome.ts';
import { logsSeenAt } from './logsSeen.ts';

const plan = samplePlan();
const sample = sampleFailedCheck(plan);
const [first, second, third] = plan.servers.map(({ name }) => name);

interface Kept {
  readonly runId: string;
  /** When it looked at a server, and what it said of its log; null where it ended before. */
  readonly looks: readonly { readonly server: string; readonly at: string; readonly verdict: Verdict | null }[];
  readonly addresses?: 'others';
}

async function homeWith(...runs: readonly Kept[]): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'triad-logs-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  for (const { runId, looks, addresses } of runs) {
    const journal = await createRunJournal(runsFolder(home, plan.cluster), runId);
    const servers = addresses === undefined ? plan.servers : plan.servers.slice(0, 2);
    const bodies: readonly RunEventBody[] = [
      { ...sample, type: 'runStarted', runId, plan: { ...plan, servers } },
      ...looks.map(({ server, at }): RunEventBody => ({ type: 'factsGathered', facts: { ...sampleFacts(plan, server), at } })),
      ...looks.flatMap(({ server, verdict }): RunEventBody[] => {
        if (verdict === null) return [];
        const texts = { expected: said('expected'), observed: said('observed'), evidence: '', remedy: null };
        return [
          {
            type: 'checkFinished',
            phase: 'verifyCluster',
            result: { id: 'node.logErrors', subject: nodeSubject(server, 7000), verdict, ...texts },
          },
        ];
      }),
    ];
    bodies.forEach((body, index) => journal.append({ ...body, seq: index + 1, at: '2026-03-14T22:05:00.000Z', sinceStartMs: index }));
    await journal.close();
  }
  return home;
}

const at = (hour: number): string => `2026-03-14T${hour}:00:00.000Z`;

it('is the newest validation that has judged the logs of each server', async () => {
  const home = await homeWith(
    {
      runId: '20260314T100000000Z-validate',
      looks: [first, second, third].map((server = '') => ({ server, at: at(10), verdict: 'warn' })),
    },
    { runId: '20260314T110000000Z-validate', looks: [first, second].map((server = '') => ({ server, at: at(11), verdict: 'pass' })) },
    // It could not read one log, was ended before it told of another, is of other servers, or no validation.
    {
      runId: '20260314T120000000Z-validate',
      looks: [
        { server: first ?? '', at: at(12), verdict: 'unknown' },
        { server: second ?? '', at: at(12), verdict: null },
      ],
    },
    { runId: '20260314T130000000Z-validate', addresses: 'others', looks: [{ server: first ?? '', at: at(13), verdict: 'pass' }] },
    { runId: '20260314T140000000Z-install', looks: [{ server: first ?? '', at: at(14), verdict: 'pass' }] },
  );
  expect(Object.fromEntries(await logsSeenAt(home, plan))).toEqual({
    [first ?? '']: at(11),
    [second ?? '']: at(11),
    [third ?? '']: at(10),
  });
});

it('is nothing where no validation is kept', async () => {
  expect([...(await logsSeenAt(await homeWith(), plan))]).toEqual([]);
});
