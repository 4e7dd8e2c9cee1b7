import type { FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { CROSSED, replicas } from './askNode.ts';
import { expectTold, toldCodes } from './findings.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';
import { faultRulesOn, frozenOn, hastenUndo, nodesOn, storedCutsOn, undoOn } from './windowsFaults.ts';
import { windowsSnapshots } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

const password = 'the-same-in-every-run';
const env = { REDIS_PASSWORD: password };
/** The undo's own time with a node timeout of a second is 78 s; and two starts, and a busy machine. */
const HEALED_WITHIN_MS = 110_000;
/** Above all waits of a test together: then the one that was in vain says what was waited for. */
const BOUNDS = { timeout: 420_000 } as const;

let set: PracticeSet;
let spec: string;

async function run(...args: readonly string[]): Promise<FinishedCommand> {
  return triad.run([...args, '--spec', spec, '--yes', '--json'], { env });
}

const nameOf = (server: 1 | 2 | 3): string => set.servers[server - 1]?.name ?? '';
const lose = (server: 1 | 2 | 3, scenario: FailoverScenario): RunningCommand =>
  triad.start(['failover-test', '--server', nameOf(server), '--scenario', scenario, '--spec', spec, '--yes', '--json'], { env });

/** Nothing of the fault is left, both nodes run, and what was planned can be had again by commands alone. */
async function expectHealed(server: 1 | 2 | 3): Promise<void> {
  await expect.poll(async () => nodesOn(set, server), { timeout: HEALED_WITHIN_MS, interval: 1000 }).toBe(2);
  await expect.poll(async () => undoOn(set, server), { timeout: HEALED_WITHIN_MS, interval: 1000 }).toBe('');
  await expect.poll(async () => (await run('restore-roles')).code, { timeout: 60_000, interval: 1000 }).toBe(0);
  expect(await replicas(set, password)).toEqual(CROSSED);
  expect(runVerdict(await triad.run(['validate', '--spec', spec, '--json'], { env }))).toEqual(passedRun);
}

test('a cluster to lose a server of', async () => {
  set = await servers.up({
    servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7' } } },
  });
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
  expect(runVerdict(await run('install'))).toEqual(passedRun);
});

async function loseAndKill(server: 1 | 2 | 3, scenario: FailoverScenario = 'serverLost'): Promise<void> {
  const running = lose(server, scenario);
  await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === 'faultInjected');
  running.kill('SIGKILL');
  await running.finished;
}

describe('Triad is killed', () => {
  test('while a master is frozen: the server heals itself', BOUNDS, async () => {
    await loseAndKill(1, 'processFrozen');
    expect([await nodesOn(set, 1), await frozenOn(set, 1)]).toEqual([2, 1]);
    await hastenUndo(set, 1);
    await expect.poll(async () => frozenOn(set, 1), { timeout: HEALED_WITHIN_MS, interval: 500 }).toBe(0);
    await expectHealed(1);
  });

  test('while the server is cut off, and it loses its power: the rules outlive that, and the server heals itself', BOUNDS, async () => {
    await loseAndKill(1, 'networkCut');
    expect(await faultRulesOn(set, 1)).toHaveLength(2);
    await set.powerCut(1);
    // Here, and not after the boot: then the undo may have come first.
    expect(storedCutsOn(set, 1)).toHaveLength(2);
    await set.powerOn(1);
    await hastenUndo(set, 1).catch(() => undefined);
    await expect.poll(async () => faultRulesOn(set, 1), { timeout: HEALED_WITHIN_MS, interval: 500 }).toEqual([]);
    await expectHealed(1);
  });
});

describe('Triad is killed when the server is lost', () => {
  test('the server heals itself', async () => {
    await loseAndKill(2);
    expect(await nodesOn(set, 2)).toBe(0);
    expect(await undoOn(set, 2)).toContain(`triad-${set.place.prefix}-7001`);
    await expectHealed(2);
  }, 240_000);

  test('and the server loses its power: it heals itself when it is back', async () => {
    await loseAndKill(3);
    await set.powerCut(3);
    await set.powerOn(3);
    await expectHealed(3);
  }, 240_000);

  test('an install at once tells of it, starts the nodes and says what is left to do; a removal takes the undo too', async () => {
    await loseAndKill(2);
    const installed = await triad.run(['install', '--spec', spec, '--yes'], { env });
    expectTold(installed, 1, [
      `${nameOf(2)}: A failover test that was ended by force still hits this server`,
      'The roles are not as planned',
      'Run `triad restore-roles`.',
    ]);
    expect(toldCodes(installed)).toEqual(['cluster.rolesNotAsPlanned']);
    expect(await nodesOn(set, 2)).toBe(2);
    expect(await undoOn(set, 2)).not.toBe('');
    expect(runVerdict(await run('remove', '--delete-data'))).toEqual(passedRun);
    for (const shot of await windowsSnapshots(set)) expect(shot).not.toMatch(/triad/iu);
  }, 120_000);
});
