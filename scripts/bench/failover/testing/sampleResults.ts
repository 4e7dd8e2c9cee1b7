import type { FailoverScenario } from '../../../../electron/shared/domain/scenario.ts';
import type { FalseFailoverResults } from '../falseFailoverResults.ts';
import type { LoadResults } from '../loadResults.ts';
import type { MeasuredOn } from '../measuredOn.ts';
import type { MeasuredTrial, TimeoutResults } from '../timeoutResults.ts';

/** The machine of all samples. */
export const sampleOn: MeasuredOn = {
  startedAt: '2026-01-02T03:04:05.000Z',
  durationSeconds: 90,
  redis: 'redis 7.0.15',
  node: 'v24.0.0',
  kernel: '6.1.0',
  cpus: 2,
  cpu: 'A processor',
  memoryBytes: 8e9,
  loadBefore: 0.25,
  loadAfter: 1.5,
  scheduling: { benchmark: 'SCHED_RR 20', redis: 'SCHED_OTHER' },
};

function trial(scenario: FailoverScenario, nodeTimeoutMs: number, outageMs: number | null): MeasuredTrial {
  const predicted = { outageFromMs: nodeTimeoutMs + 500, outageToMs: nodeTimeoutMs * 1.5 + 3000 };
  return { scenario, server: 'one', outageMs, detectedMs: 1, promotedMs: 2, lostWrites: 0, predicted, verdict: 'pass' };
}

/** Two node timeouts, two scenarios; one outage lies above its prediction and one had no end. */
export const sampleTimeouts: TimeoutResults = {
  schemaVersion: 1,
  on: sampleOn,
  groups: [
    {
      nodeTimeoutMs: 1000,
      trials: [
        trial('processKilled', 1000, 2000),
        trial('processKilled', 1000, 2400),
        trial('serverLost', 1000, 9000),
        trial('serverLost', 1000, null),
      ],
    },
    { nodeTimeoutMs: 5000, trials: [trial('processKilled', 5000, 7000), { ...trial('serverLost', 5000, 8000), lostWrites: null }] },
  ],
};

/** One disturbance that did nothing, and one that did everything. */
export const sampleFalseFailovers: FalseFailoverResults = {
  schemaVersion: 1,
  on: sampleOn,
  cells: [
    {
      what: 'nothing',
      times: 1,
      seconds: 30,
      clusters: [cluster(500, 0, 0, 0), cluster(1000, 0, 0, 0), cluster(2000, 0, 0, 0), cluster(5000, 0, 0, 0)],
    },
    {
      what: 'a pause',
      times: 3,
      seconds: 0.5,
      clusters: [cluster(500, 9, 6, 2), cluster(1000, 9, 6, 1), cluster(2000, 9, 6, 0), cluster(5000, 9, 0, 0)],
    },
  ],
  notMeasured: [],
};

function cluster(nodeTimeoutMs: number, suspected: number, declared: number, failovers: number) {
  return { nodeTimeoutMs, suspected, declared, failovers };
}

/** A cluster left alone, and one with a probe. */
export const sampleLoad: LoadResults = {
  schemaVersion: 1,
  on: sampleOn,
  groups: [
    {
      writesPerSecond: 0,
      pollMs: null,
      samples: [{ clientCpu: 0.001, redisCpu: 0.02, commandsPerSecond: 6 }],
    },
    {
      writesPerSecond: 200,
      pollMs: 20,
      samples: [
        { clientCpu: 0.1, redisCpu: 0.05, commandsPerSecond: 1500 },
        { clientCpu: 0.2, redisCpu: 0.07, commandsPerSecond: 1500 },
      ],
    },
  ],
  wholeTests: [
    { wallSeconds: 10, cpuSeconds: 2, peakBytes: 120 * 1024 ** 2 },
    { wallSeconds: 10, cpuSeconds: 3, peakBytes: 130 * 1024 ** 2 },
    { wallSeconds: 10, cpuSeconds: 4, peakBytes: 125 * 1024 ** 2 },
  ],
};
