import { expect, test } from 'vitest';
import { examplePlan } from '../checks/testing/exampleFacts.ts';
import type { Host, LogEnd } from '../hosts/host.ts';
import type { RedisNode } from '../redis/redisNode.ts';
import type { Mark } from '../shared/domain/failover.ts';
import type { ClusterView } from '../shared/domain/view.ts';
import type { RunContext } from './runContext.ts';
import { measureClocks, readTrialLogs, type ToldByLogs } from './trialLogs.ts';

const plan = examplePlan();
const [master, heir] = ['server-1:7000', plan.nodes.find(({ replicaOf }) => replicaOf === 'server-1:7000')?.id ?? ''];
const LOST = '4440e6d75998ff1e83a8d3ba083ffe023ea548c7';
const SECRET = 'a password that nobody may read';
/** When the run's clock was 0, and the fault on the run's clock. */
const TIME_OF_DAY = Date.UTC(2026, 10, 23, 12, 0, 0);
const FAULT_MS = 10_000;
/** What each server is ahead, milliseconds, and how far its logs are from UTC. */
const AHEAD_MS = 250;
const ZONE_MINUTES = 60;

/** A line as the server writes it so long after the fault. */
function line(afterMs: number, words: string): string {
  const at = new Date(TIME_OF_DAY + FAULT_MS + afterMs + AHEAD_MS + ZONE_MINUTES * 60_000).toISOString();
  return `1:S 23 Nov 2026 ${at.slice(11, 23)} # ${words}\n`;
}

interface World {
  readonly logs: Readonly<Record<string, Partial<LogEnd>>>;
  readonly marks?: readonly Mark[];
  /** What the clocks are ahead at the end. */
  readonly aheadAfterMs?: number;
  readonly isUnreachable?: boolean;
}

async function told({ logs, marks = [], aheadAfterMs = AHEAD_MS, isUnreachable = false }: World): Promise<ToldByLogs> {
  let nowMs = 5000;
  let aheadMs = AHEAD_MS;
  /** Each question takes a millisecond there and one back. */
  const call = (): Promise<unknown> => {
    nowMs += 1;
    const micros = Math.round((TIME_OF_DAY + nowMs + aheadMs) * 1000);
    nowMs += 1;
    return Promise.resolve([String(Math.floor(micros / 1e6)), String(micros % 1e6)]);
  };
  const readLogsOf =
    (server: string): Host['readLogs'] =>
    (files) => {
      if (isUnreachable) return Promise.reject(new Error('no connection'));
      return Promise.resolve(
        files.map((path): LogEnd => {
          const node = plan.nodes.find((one) => one.server === server && one.logFile === path)?.id ?? '';
          return { path, state: 'read', text: '', isWhole: true, zoneMinutes: ZONE_MINUTES, ...logs[node] };
        }),
      );
    };
  const context = {
    plan,
    lost: new Map(),
    hosts: new Map(plan.servers.map(({ name }) => [name, { readLogs: readLogsOf(name) } as Partial<Host> as Host])),
    nodes: new Map(plan.nodes.map(({ id }) => [id, { call } as Partial<RedisNode> as RedisNode])),
    password: { value: SECRET, origin: 'kept' },
    now: () => nowMs,
    signal: new AbortController().signal,
  } satisfies Partial<RunContext>;
  const before = await measureClocks(context, TIME_OF_DAY);
  nowMs = 30_000;
  aheadMs = aheadAfterMs;
  const hit = plan.nodes.filter(({ id }) => id === master);
  const [victim] = hit;
  if (victim === undefined) throw new Error('a master');
  const view: Partial<ClusterView> = { views: [{ node: master, redisId: LOST } as ClusterView['views'][number]] };
  const facts = { before, timeOfDayMs: TIME_OF_DAY, view: view as ClusterView, marks };
  return readTrialLogs(context, { server: victim.server, fault: null, master: victim, hit, faultAtMs: FAULT_MS }, facts);
}

const WON = "Failover election won: I'm the new master.";
const seen: readonly Mark[] = [{ name: 'promoted', atMs: 2012, uncertaintyMs: 25, evidence: '' }];

test("the lines of all nodes stand on the trial's clock, whatever clock and zone their servers have", async () => {
  const text = line(-20_000, 'Connection with master lost.') + line(1300, 'anything') + line(2000, WON);
  const { clocks, logMarks, logs } = await told({ logs: { [heir]: { text } }, marks: seen });
  expect(clocks.map(({ state, during }) => [state, during])).toEqual(
    plan.servers.map(() => ['measured', { offsetMs: AHEAD_MS, uncertaintyMs: 1 }]),
  );
  expect(logMarks).toMatchObject([{ name: 'promoted', node: heir, atMs: 2000.5, uncertaintyMs: 1.5, seenAfterMs: 11.5, apartMs: 0 }]);
  expect(logs.map(({ state }) => state)).toEqual(plan.nodes.map(() => 'read'));
  // What was logged before the trial is nobody's business.
  expect(logs.find(({ node }) => node === heir)?.lines.map(({ atMs, what }) => [atMs, what])).toEqual([
    [1300.5, null],
    [2000.5, 'electionWon'],
  ]);
});

test('a clock that was set meanwhile: the lines are kept without a time, and nothing is compared', async () => {
  const { clocks, logMarks, logs } = await told({ logs: { [heir]: { text: line(2000, WON) } }, marks: seen, aheadAfterMs: AHEAD_MS + 500 });
  expect(clocks.map(({ state }) => state)).toEqual(['set', 'set', 'set']);
  expect(logMarks).toEqual([]);
  expect(logs.find(({ node }) => node === heir)).toMatchObject({ state: 'noTime', lines: [{ atMs: null, what: 'electionWon' }] });
});

test('no log, and a server that does not answer, are told as such', async () => {
  const { logs } = await told({ logs: { [heir]: { state: 'absent', zoneMinutes: null } } });
  expect(logs.find(({ node }) => node === heir)?.state).toBe('absent');
  expect((await told({ logs: {}, isUnreachable: true })).logs.map(({ state }) => state)).toEqual(plan.nodes.map(() => 'unread'));
});

test('a log that begins after the trial did, and was longer, is cut', async () => {
  const text = line(1300, 'anything');
  expect((await told({ logs: { [heir]: { text, isWhole: false } } })).logs.filter(({ isCut }) => isCut).map(({ node }) => node)).toEqual([
    heir,
  ]);
  expect((await told({ logs: { [heir]: { text, isWhole: true } } })).logs.some(({ isCut }) => isCut)).toBe(false);
});

test('the record keeps what tells of the failover first, no secret, and says what it leaves out', async () => {
  const text = Array.from({ length: 100 }, (_, at) => line(at, `${SECRET} ${'x'.repeat(200)}`)).join('') + line(2000, WON);
  const { logs } = await told({ logs: { [heir]: { text } } });
  const log = logs.find(({ node }) => node === heir);
  expect(JSON.stringify(log)).not.toContain(SECRET);
  expect(JSON.stringify(log).length).toBeLessThan(14_000);
  expect(log?.lines.at(-1)?.what).toBe('electionWon');
  expect((log?.lines.length ?? 0) + (log?.omitted ?? 0)).toBe(101);
  expect(log?.omitted).toBeGreaterThan(0);
});

test('no part of the secret stays where a line is cut, nor in what is compared', async () => {
  const head = line(1300, '').length - 1;
  const cut = line(1300, `${'x'.repeat(300 - head - 10)}${SECRET}`);
  const { logMarks, logs } = await told({ logs: { [heir]: { text: cut + line(2000, `${WON} ${SECRET}`) } }, marks: seen });
  const texts = logs.flatMap(({ lines }) => lines.map(({ text }) => text));
  expect(texts).toEqual([expect.stringMatching(/x\*\*\*$/u), expect.stringMatching(/master\. \*\*\*$/u)]);
  expect(logMarks).toMatchObject([{ name: 'promoted', line: expect.stringMatching(/master\. \*\*\*$/u) as string }]);
});
