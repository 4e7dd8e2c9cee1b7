import { expect, test } from 'vitest';
import { formatSubject } from '../../electron/shared/domain/subject.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, flat } from './findings.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

let set: PracticeSet;
let spec: string;

async function run(workflow: string, ...more: readonly string[]): Promise<FinishedCommand> {
  return triad.run([workflow, '--spec', spec, ...more], { env });
}

/** The verdicts of one check, by subject. */
function verdictsOf(finished: FinishedCommand, id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(finished.result.checks.filter((one) => one.id === id).map(({ subject, verdict }) => [subject, verdict]));
}

test('an installed cluster loses a server', async () => {
  set = await servers.up();
  spec = triad.spec(set, ({ redis }) => (redis['passwordEnv'] = 'REDIS_PASSWORD'));
  expectTold(await run('install', '--yes'), 0, ['is installed on three servers']);
  await set.powerOff(2);
}, 60_000);

test('a validation looks at the other two, tells the lost one with its reason, and names what it cannot know', async () => {
  const [a, b, c] = set.servers.map(({ name }) => name);
  // The replica on the third server takes over in the meantime.
  await expect
    .poll(async () => verdictsOf(await run('validate', '--json'), 'cluster.slots'), { timeout: 60_000, interval: 500 })
    .toEqual({ cluster: 'pass' });
  const found = await run('validate', '--json');
  expect([found.code, found.result.failure, found.result.verdict]).toEqual([3, null, 'fail']);
  expect(verdictsOf(found, 'server.reached')).toEqual({ [`${a}`]: 'pass', [`${b}`]: 'fail', [`${c}`]: 'pass' });
  expect(verdictsOf(found, 'server.privilege')).toEqual({ [`${a}`]: 'pass', [`${b}`]: 'unknown', [`${c}`]: 'pass' });
  expect(verdictsOf(found, 'node.version')).toMatchObject({ [`${a}:7000`]: 'pass', [`${b}:7000`]: 'unknown', [`${c}:7001`]: 'pass' });
  expect(verdictsOf(found, 'cluster.survivesLoss')).toMatchObject({ [`${c}`]: 'passWithoutTolerance' });
  // No rule is asked for where the server is gone; the ways between the others are judged.
  const ways = found.result.checks.filter(({ id }) => id === 'pair.dataPort' || id === 'pair.busPort');
  expect(ways).toHaveLength(24);
  for (const { subject, verdict } of ways) expect([subject, verdict]).toEqual([subject, subject.includes(`${b}`) ? 'unknown' : 'pass']);
  const looked = found.events.flatMap((event) => (event.type === 'factsGathered' ? [event.facts.server] : []));
  expect(new Set(looked)).toEqual(new Set([a, c]));
  const told = found.events.flatMap((event) =>
    event.type === 'checkFinished' && event.result.verdict === 'fail' && event.phase === 'connect'
      ? [formatSubject(event.result.subject)]
      : [],
  );
  expect(told).toEqual([b]);
}, 120_000);

test('on the terminal the lost server is told once, and not by everything that would have needed it', async () => {
  const [a, b, c] = set.servers;
  const told = await run('validate');
  const words = flat(told.stdout);
  expect(told.code).toBe(3);
  expect(words).toMatch(new RegExp(`${b?.name} (?:The SSH server|The server) at ${b?.address}:22`, 'u'));
  expect(words).toContain(`goes on serving all its slots, but ${b?.name} cannot be reached`);
  expect(words).toContain('checks could not be made without it');
  expect(words).toContain(`Look at the servers`);
  expect(words).toMatch(new RegExp(`Look at the servers\\s+[\\d.]+ m?s\\s+${a?.name} ✓\\s+${c?.name} ✓`, 'u'));
  expect(words.split('[server.reached]')).toHaveLength(2);
  expect(words).not.toContain('[server.memory]');
}, 60_000);

test('a plan and a check tell the same of the other two; whatever changes servers does not begin', async () => {
  const [, b] = set.servers;
  const plan = await run('plan');
  expect(plan.code).toBe(3);
  expect(flat(plan.stdout)).toContain(`${b?.name} Not looked at: The`);
  expect(flat(plan.stdout)).toContain(`Cluster commands not known while ${b?.name} cannot be reached`);
  const check = await run('check', '--json');
  expect([check.code, check.result.failure, check.result.verdict]).toEqual([3, null, 'fail']);
  expect(Object.values(verdictsOf(check, 'server.memory')).toSorted()).toEqual(['pass', 'pass', 'unknown']);
  const install = await run('install', '--yes', '--json');
  expect([install.code, install.events.some(({ type }) => type === 'factsGathered')]).toEqual([3, false]);
}, 120_000);

test('with all of them gone there is nothing to look at: the run ends with the reason', async () => {
  await Promise.all([set.powerOff(1), set.powerOff(3)]);
  const none = await run('validate', '--json');
  expect(none.code).toBe(3);
  expect(none.result.failure?.code).toMatch(/^ssh\.(?:unreachable|timedOut)$/u);
  expect(none.result.checks).toEqual([]);
}, 60_000);
