import { afterEach, expect, test } from 'vitest';
import { ledgerOf } from '../../electron/redis/ledger.ts';
import { PROBE_KEYS } from '../../electron/redis/probeKeys.ts';
import type { FailoverTrial, MarkName } from '../../electron/shared/domain/failover.ts';
import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { writerFor } from './clusterWriters.ts';
import { monotonicMs, startWitness, type Testimony } from './pythonWitness.ts';
import { missingKeys } from './readBack.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };
/** Above what each wait of a trial may take by itself: then that says what was waited for. */
const BOUNDS = { timeout: 300_000 } as const;
/** How far apart the measured outages of two clients may be, besides what each of them was late by its own. */
const AGREED_WITHIN_MS = 100;
/** How many writes are acknowledged before they are read back, and how long that may take. */
const WRITES = 100_000;
const WRITTEN_WITHIN_MS = 90_000;
/** Lateness this far from a gap still moves its ends. */
const NEAR_MS = 200;
/** How often Triad looks at the nodes, how late its looks may be and still explain anything, and the marks that come from looking. */
const LOOK_MS = 10;
const MOST_LATE_MS = 250;
const SEEN: ReadonlySet<MarkName> = new Set(['suspected', 'failAgreed', 'promoted', 'slotsCovered']);

let set: PracticeSet;
let spec: string;
let installed: FinishedCommand;

async function expectInstalls(): Promise<void> {
  installed = await triad.run(['install', '--spec', spec, '--yes', '--json'], { env });
  expect(runVerdict(installed)).toEqual(passedRun);
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  await expectInstalls();
});

test('a cluster to be watched by others', async () => {
  set = await servers.up();
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
  await expectInstalls();
});

/** The longest stretch without an acknowledgement that touches a span of time. */
function longestGapIn({ gaps }: Testimony, fromMs: number, toMs: number): readonly [fromMs: number, toMs: number] {
  const touching = gaps.filter(([from, to]) => to > fromMs && from < toMs);
  return touching.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [fromMs, fromMs];
}

/** How late the witness was by its own at most, around a gap. */
function lateness({ stalls }: Testimony, [fromMs, toMs]: readonly [number, number]): number {
  return Math.max(0, ...stalls.filter(([at]) => at > fromMs - NEAR_MS && at < toMs + NEAR_MS).map(([, lengthMs]) => lengthMs));
}

/**
 * How late Triad was by its own: its looks come at a fixed rate, so the time between two of them tells. How long its writes took does not, as the first one that is
 * acknowledged again may have waited for the very outage that is compared.
 */
function latenessOf({ marks }: FailoverTrial): number {
  const looks = marks.filter(({ name }) => SEEN.has(name)).map(({ uncertaintyMs }) => uncertaintyMs - LOOK_MS);
  return Math.min(MOST_LATE_MS, Math.max(0, ...looks));
}

/** Starts a trial on the first server; resolves when the fault is there. */
async function startTrial(scenario: FailoverScenario): Promise<RunningCommand> {
  const { name = '' } = set.servers[0] ?? {};
  const running = triad.start(['failover-test', '--server', name, '--scenario', scenario, '--spec', spec, '--yes', '--json'], { env });
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'faultInjected');
  return running;
}

test.each(['processKilled', 'serverLost'] as const)(
  'a client in another language sees the outage that Triad tells: %s',
  BOUNDS,
  async (scenario) => {
    const { address = '' } = set.servers[0] ?? {};
    const witness = await startWitness({ address, port: 7000 }, { prefix: `${PROBE_KEYS}witness:`, password });
    try {
      const running = await startTrial(scenario);
      const faultSeenAtMs = monotonicMs();
      const finished = await running.finished;
      expect(runVerdict(finished)).toEqual(passedRun);
      const testimony = await witness.finish();
      const [trial] = finished.result.failover.trials;
      if (trial === undefined) throw new Error('there is no trial');
      const gap = longestGapIn(testimony, faultSeenAtMs, monotonicMs());
      const witnessedMs = gap[1] - gap[0];
      const late = { witness: lateness(testimony, gap), triad: latenessOf(trial) };
      const apartMs = Math.abs(witnessedMs - (trial.outageMs ?? Infinity));
      const told = { witnessedMs, toldMs: trial.outageMs, late };
      expect(apartMs < AGREED_WITHIN_MS + late.witness + late.triad ? 'they agree' : told).toBe('they agree');
    } finally {
      witness.close();
    }
  },
);

test('of 100,000 acknowledged writes the ledger counts as lost exactly those that a full read-back does not find', BOUNDS, async () => {
  const prefix = `${PROBE_KEYS}ledger:`;
  const writer = writerFor(installed, password, { prefix, ratePerSecond: 2000 });
  try {
    await writer.start();
    // The master that is cut off goes on acknowledging what is written to it, until it has missed the majority for its node timeout.
    const running = await startTrial('networkCut');
    const faultAtMs = performance.now();
    // By its end the master that was cut off has copied the other, forgotten what only it had, and its role again.
    expect(runVerdict(await running.finished)).toEqual(passedRun);
    await expect
      .poll(() => writer.counts().reduce((sum, { acknowledged }) => sum + acknowledged, 0), { timeout: WRITTEN_WITHIN_MS })
      .toBeGreaterThanOrEqual(WRITES);
    await writer.stop();
    const lost = await writer.readBack();
    const ledgers = writer.journals().map((journal) => {
      const isVictims = journal.shard === 1;
      return { journal, ledger: ledgerOf(journal, { faultAtMs, isVictims, lost: lost.get(journal.shard) ?? null }) };
    });
    const missing = await Promise.all(
      ledgers.map(async ({ journal }) => {
        const { address = '' } = set.servers[journal.shard - 1] ?? {};
        return missingKeys({ address, port: 7000, password }, prefix, journal);
      }),
    );
    expect(ledgers.map(({ ledger }) => ledger.lostKeys.map(({ key }) => key))).toEqual(missing);
    expect(ledgers.map(({ ledger }) => ledger.lost)).toEqual(missing.map(({ length }) => length));
    expect(missing[0]?.length).toBeGreaterThan(0);
  } finally {
    writer.close();
  }
});
