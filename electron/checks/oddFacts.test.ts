import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CheckResult } from '../shared/domain/check.ts';
import type { MatrixCell } from '../shared/domain/matrix.ts';
import { Reach } from '../shared/domain/matrix.ts';
import { summariseMatrix } from '../shared/domain/matrixSummary.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { formatSubject } from '../shared/domain/subject.ts';
import type { ClusterView, NodeView } from '../shared/domain/view.ts';
import { say } from '../shared/messages/message.ts';
import { judgeCluster } from './clusterChecks.ts';
import { judgeListenersGone, judgeServers } from './judgeServers.ts';
import { judgeNodes } from './nodeChecks.ts';
import { judgeMatrix } from './pairChecks.ts';
import { exampleContext, exampleFacts, exampleMatrix, examplePlan, SERVERS } from './testing/exampleFacts.ts';
import { exampleObservation, exampleView } from './testing/exampleView.ts';

const plan = examplePlan();
const contexts = [exampleContext(), exampleContext({ hostKeyTrust: new Map(), blueprints: new Map() }, 'installed')];

const ODD_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 0.5, 1, 7000, 17_001, Number.MAX_SAFE_INTEGER];
const ODD_TEXTS = ['', ' ', '-', ',', '__proto__', 'server-1', '/', '10.77.0.11', '::1', '{{x}}', '\n', '"', '\u0000', 'ä€😀'];
/** Fields whose values are words of a closed list, or slot numbers: whoever reads them refuses others. */
const CLOSED = ['privilege', 'kind', 'selinux', 'access', 'state', 'role', 'health', 'clusterState', 'first', 'last'];

/**
 * Some of the given values, made odd: numbers become odd numbers, texts odd texts, lists lose or repeat elements. The shape stays what the type says; a record
 * of another shape never gets past its schema. `rarity` 2 changes half of everything, 10 a tenth.
 */
function oddOnes<T>(values: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc
    .record({ seed: fc.nat(), rarity: fc.integer({ min: 2, max: 40 }), some: fc.shuffledSubarray([...values]) })
    .map(({ seed, rarity, some }) => {
      let state = seed;
      const pick = (count: number): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * count);
      };
      const change = (one: unknown, name: string): unknown => {
        if (Array.isArray(one)) {
          const elements = one.map((inner: unknown) => change(inner, ''));
          return [elements, elements.slice(1), [...elements, ...elements]][pick(rarity)] ?? elements;
        }
        if (typeof one === 'object' && one !== null)
          return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, change(inner, key)]));
        if (pick(rarity) > 0 || CLOSED.includes(name)) return one;
        if (typeof one === 'number') return ODD_NUMBERS[pick(ODD_NUMBERS.length)];
        if (typeof one === 'string') return ODD_TEXTS[pick(ODD_TEXTS.length)];
        return typeof one === 'boolean' ? !one : one;
      };
      return some.map((one) => change(one, '') as T);
    });
}

function expectWellFormed(results: readonly CheckResult[]): void {
  const keys = results.map((one) => `${one.id} ${formatSubject(one.subject)}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const result of results) expect(CheckResult.safeParse(result).error).toBeUndefined();
  expect(results.filter((one) => (one.remedy === null) !== ['pass', 'skipped'].includes(one.verdict))).toEqual([]);
}

const nullable: Partial<ServerFacts> = {
  hardwareId: null,
  systemdVersion: null,
  kernel: {
    overcommitMemory: null,
    somaxconn: null,
    transparentHugePages: null,
    localPortRange: null,
    reservedPorts: '',
    maxOpenFiles: null,
  },
};

describe('whatever was observed', () => {
  test('the servers are judged, each check and server once', () => {
    const all = SERVERS.flatMap((server) => [exampleFacts(server), exampleFacts(server, nullable)]);
    fc.assert(
      fc.property(oddOnes<ServerFacts>(all), fc.nat(1), (facts, which) => {
        const context = contexts[which] ?? exampleContext();
        expectWellFormed(judgeServers(facts, context));
        expectWellFormed(judgeListenersGone(facts.slice(1), facts, context));
      }),
      { numRuns: 200 },
    );
  });

  test('the ways are judged, each once', () => {
    const cell = fc.record<MatrixCell>({
      from: fc.constantFrom(...SERVERS, 'admin', 'elsewhere'),
      to: fc.constantFrom(...SERVERS, 'elsewhere'),
      port: fc.constantFrom(7000, 7001, 17_000, 17_001, 0),
      reach: fc.constantFrom(...Reach.options),
      durationMs: fc.constantFrom(...ODD_NUMBERS),
      evidence: fc.constantFrom(...ODD_TEXTS),
    });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), fc.boolean(), (cells, willOpenFirewall) => {
        const matrix = { ...exampleMatrix(), cells };
        expectWellFormed(judgeMatrix(matrix, { plan, facts: [], willOpenFirewall }));
        const { summary, findings } = summariseMatrix(matrix);
        for (const text of [summary, ...findings.map((one) => one.text)]) expect(say(text)).not.toContain('{{');
      }),
    );
  });

  test('the nodes and the cluster are judged, each check and node once', () => {
    fc.assert(
      fc.property(oddOnes<NodeView>(exampleView().views), fc.nat(1), (views, which) => {
        const context = contexts[which] ?? exampleContext();
        const view: ClusterView = { at: '', views: [...views], silent: [] };
        expectWellFormed(judgeNodes(exampleObservation({ view, facts: [], settings: [], pending: new Map() }), context));
        expectWellFormed(judgeCluster(view, context));
      }),
      { numRuns: 100 },
    );
  });
});

describe('nothing observed', () => {
  test('is never a pass', () => {
    const context = contexts[1] ?? exampleContext();
    const nothing: ClusterView = { at: '', views: [], silent: [] };
    const results = [
      ...judgeServers([], context),
      ...judgeListenersGone([], [], context),
      ...judgeMatrix({ measuredOn: 'cluster', ports: [], servers: [], cells: [] }, { plan, facts: [], willOpenFirewall: true }),
      ...judgeNodes({ view: nothing, settings: [], facts: [], pending: new Map() }, context),
      ...judgeCluster(nothing, context),
    ];
    expect(results.filter((one) => one.verdict !== 'unknown').map((one) => one.id)).toEqual(Array.from({ length: 6 }).fill('node.answers'));
    expect(results.filter((one) => one.id === 'node.answers').every((one) => one.verdict === 'fail')).toBe(true);
  });
});
