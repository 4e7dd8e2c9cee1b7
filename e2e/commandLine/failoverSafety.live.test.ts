import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { askNode, replicas } from './askNode.ts';
import { brake, PREPARE_BRAKES, type Brake } from './brakes.ts';
import { expectTold, toldCodes } from './findings.ts';
import { leftovers } from './leftovers.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type FinishedCommand, type RunningCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const env = { REDIS_PASSWORD: 'the-same-in-every-run' };

/** Longer than a lost server may stay lost here: its timer, two starts, and a busy machine. */
const HEALED_WITHIN_MS = 60_000;
/** Above all waits of a test together: then the one that was in vain says what was waited for. */
const BOUNDS = { timeout: 300_000 } as const;

let set: PracticeSet;
let spec: string;
let victim: string;

const run = async (command: string): Promise<FinishedCommand> => triad.run([command, '--spec', spec, '--yes', '--json'], { env });
const lose = (): RunningCommand => triad.start(['failover-test', '--server', victim, '--spec', spec, '--yes', '--json'], { env });

async function expectInstalls(): Promise<void> {
  expect(runVerdict(await run('install'))).toEqual(passedRun);
}

// What a failed test has left must not fail the next one too.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await triad.killRunning();
  await set.reset();
  await expectInstalls();
});

function braked(...args: Parameters<typeof brake>): Brake {
  const placed = brake(...args);
  onTestFinished(() => placed.release());
  return placed;
}

/** Lets the timer on the victim, which waits for a minute and more, come after some seconds. */
async function hurryTimer(): Promise<void> {
  const folder = '/run/systemd/system/triad-heal-.timer.d';
  const change = (script: string): Promise<unknown> => set.run(1, `${script}; systemctl daemon-reload`);
  await change(`mkdir -p ${folder}; printf '[Timer]\\nOnActiveSec=\\nOnActiveSec=6s\\n' >${folder}/soon.conf`);
  onTestFinished(async () => {
    await change(`rm -r ${folder}`);
  });
}

/** The units of the nodes on the victim, a line each: `active enabled`. */
async function unitsOfVictim(): Promise<string> {
  const units = `triad-${set.place.prefix}-7000 triad-${set.place.prefix}-7001`;
  return (await set.run(1, `for u in ${units}; do echo "$(systemctl is-active $u) $(systemctl is-enabled $u)"; done`)).stdout;
}

/** Probe keys on all nodes that would stay for ever. */
async function lastingProbeKeys(): Promise<readonly string[]> {
  const script = `cli=$(ls /opt/triad/bin/*/redis-cli)
for port in 7000 7001; do
  ask() { $cli -h $(hostname -I | cut -d' ' -f1) -p $port --raw "$@"; }
  keys=$(ask --scan --pattern 'triad:probe:*')
  [ -n "$keys" ] || continue
  echo "$keys" | sed 's/.*/TTL &/' | ask | grep -xe -1
done
true`;
  const found = await Promise.all(
    serverNumbers.map((server) => set.run(server, `export REDISCLI_AUTH='${env.REDIS_PASSWORD}'\n${script}`)),
  );
  return found.map(({ stdout, stderr }) => `${stdout}${stderr}`);
}

/** Nothing of the fault is left, both nodes run and start at boot, and commands bring the cluster back to what was planned. */
async function expectHealed(): Promise<void> {
  const left = async (): Promise<readonly string[]> => (await leftovers(set)).filter((line) => !line.endsWith('triad-heal-.timer.d'));
  await expect.poll(left, { timeout: HEALED_WITHIN_MS, interval: 500 }).toEqual([]);
  await expect.poll(unitsOfVictim, { timeout: HEALED_WITHIN_MS, interval: 500 }).toBe('active enabled\nactive enabled\n');
  expect(await lastingProbeKeys()).toEqual(['', '', '']);
  expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
  expect(runVerdict(await run('validate'))).toEqual(passedRun);
}

const isMark =
  (name: string): ((event: RunEvent) => boolean) =>
  (event) =>
    event.type === 'trialMark' && event.mark.name === name;
const isProgress =
  (code: string): ((event: RunEvent) => boolean) =>
  (event) =>
    event.type === 'phaseProgress' && event.message.code === code;

test('a cluster to lose a server of', async () => {
  set = await servers.up({ prepare: PREPARE_BRAKES });
  victim = set.servers[0]?.name ?? '';
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = 1000;
  });
  await expectInstalls();
});

describe('Triad is killed', () => {
  test('while it writes: nothing was done to the server, and the keys go away by themselves', async () => {
    const running = lose();
    await running.waitForEvent(isProgress('failover.progress.baseline'));
    const written = (): Promise<string> =>
      set
        .run(
          1,
          `export REDISCLI_AUTH='${env.REDIS_PASSWORD}'; $(ls /opt/triad/bin/*/redis-cli) -h $(hostname -I | cut -d' ' -f1) -p 7000 dbsize`,
        )
        .then(({ stdout }) => stdout.trim());
    await expect.poll(written, { timeout: 10_000, interval: 100 }).not.toBe('0');
    running.kill('SIGKILL');
    await running.finished;
    await expectHealed();
  });

  test('while it places the undo: what is placed is taken back', async () => {
    await hurryTimer();
    const held = braked(set, 1, 'systemd-run', 'triad-heal');
    const running = lose();
    await held.reached(running);
    running.kill('SIGKILL');
    await running.finished;
    held.release();
    await expectHealed();
  });

  test('while it kills: the server heals itself', async () => {
    await hurryTimer();
    const held = braked(set, 1, 'systemctl', 'show --property=MainPID');
    const running = lose();
    await held.reached(running);
    running.kill('SIGKILL');
    await running.finished;
    held.release();
    await expectHealed();
  });

  test.each(['faultInjected', 'slotsCovered'])('at %s: the server heals itself, and install says what is left to do', async (name) => {
    await hurryTimer();
    // The timer's service waits here until its server has been looked at.
    const held = braked(set, 1, 'systemctl', 'start triad-');
    const running = lose();
    await running.waitForEvent(isMark(name));
    running.kill('SIGKILL');
    await running.finished;
    const checked = await triad.run(['check', '--spec', spec], { env });
    expectTold(checked, checked.code ?? 1, [`${victim}: A failover test that was ended by force still hits this server`]);
    held.release();
    await expect.poll(unitsOfVictim, { timeout: HEALED_WITHIN_MS, interval: 500 }).toBe('active enabled\nactive enabled\n');
    const installed = await triad.run(['install', '--spec', spec, '--yes'], { env });
    // The cluster is shown as it stands now: the server is back, as a replica.
    expectTold(installed, 1, [
      'The roles are not as planned',
      'Run `triad restore-roles`.',
      `${victim} ${set.servers[0]?.address ?? ''} 7000 replica copies`,
    ]);
    expect(toldCodes(installed)).toEqual(['cluster.rolesNotAsPlanned']);
    await expectHealed();
  });

  test('while it heals: the server goes on healing', async () => {
    const running = lose();
    await running.waitForEvent(isMark('slotsCovered'));
    const held = braked(set, 1, 'systemctl', 'start triad-');
    await held.reached(running);
    running.kill('SIGKILL');
    await running.finished;
    held.release();
    await expectHealed();
  });

  test('while it gives the roles back', async () => {
    const running = lose();
    await running.waitForEvent((event) => event.type === 'clusterCommand');
    running.kill('SIGKILL');
    await running.finished;
    await expectHealed();
  });
});

describe('Ctrl-C', () => {
  test('once: the server is healed; a second one ends Triad at once, and the server goes on healing', async () => {
    const running = triad.start(['failover-test', '--server', victim, '--spec', spec, '--yes'], { env });
    const held = braked(set, 1, 'systemctl', 'start triad-');
    await running.waitForText('is lost: both nodes killed and kept down');
    running.kill('SIGINT');
    await held.reached(running);
    let finished: FinishedCommand | undefined;
    void running.finished.then((end) => (finished = end));
    // Within half a second it is the same interrupt.
    const interrupted = (): boolean => {
      running.kill('SIGINT');
      return finished !== undefined;
    };
    await expect.poll(interrupted, { timeout: 10_000, interval: 100 }).toBe(true);
    expectTold(await running.finished, 130, ['Interrupted: finishing safely', 'Ended at once.', 'is started again by its own timer']);
    held.release();
    await expectHealed();
  });
});

test('Ctrl-C while it writes: nothing was lost yet, and nothing stays', async () => {
  const running = triad.start(['failover-test', '--server', victim, '--spec', spec, '--yes', '--json'], { env });
  await running.waitForEvent(isProgress('failover.progress.baseline'));
  running.kill('SIGINT');
  const { code, result } = await running.finished;
  expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
  await expectHealed();
});

/** How many trials have begun. */
const trialsOf = ({ events }: FinishedCommand): number => events.filter(({ type }) => type === 'trialStarted').length;

test('a trial that is not over at its deadline is given up: the server is healed, and the roles are as planned', BOUNDS, async () => {
  const held = braked(set, 1, 'systemctl', 'show --property=MainPID');
  // Time for a busy machine to come to the fault, and less than until the trial heals the server by itself: 2 s of writes, and 18.5 s of waiting for a promotion.
  const running = triad.start(['failover-test', '--server', victim, '--deadline', '20', '--spec', spec, '--yes', '--json'], { env });
  await held.reached(running);
  // While its only replica is frozen nobody takes over.
  const replica = `$(systemctl show --property=MainPID --value triad-${set.place.prefix}-7001)`;
  await set.run(2, `kill -STOP ${replica}`);
  held.release();
  await running.waitForEvent(isProgress('failover.progress.healed'));
  await set.run(2, `kill -CONT ${replica}`);
  const { code, result, events } = await running.finished;
  expect([code, result.failure?.code]).toEqual([1, 'failover.tookTooLong']);
  expect(events.some(isMark('faultInjected'))).toBe(true);
  expect(events.some(isMark('promoted'))).toBe(false);
  await expectHealed();
});

describe('the cluster is not ready', () => {
  test('a stopped replica: refused with the reason, and nothing is done', async () => {
    const unit = `triad-${set.place.prefix}-7001`;
    expect((await set.run(2, `systemctl stop ${unit}`)).code).toBe(0);
    const finished = await triad.run(['failover-test', '--server', victim, '--spec', spec, '--yes'], { env });
    expectTold(finished, 1, [
      `✗ The Redis node ${set.servers[1]?.name ?? ''}:7001 cannot be reached`,
      'Check on its server that its service runs',
    ]);
    expect(finished.stdout).not.toContain('Failover test');
    await expectInstalls();
  });

  test('a replica that has lost its master: refused, and nothing is done', BOUNDS, async () => {
    const ask = async (...words: readonly string[]): Promise<string> => askNode(set, 2, 7001, env.REDIS_PASSWORD, ...words);
    await ask('config', 'set', 'masterauth', 'another');
    await ask('client', 'kill', 'type', 'master');
    const finished = await run('failover-test');
    expect([finished.code, finished.result.failure?.code, trialsOf(finished)]).toEqual([1, 'cluster.notReady', 0]);
    expect(finished.result.failure?.title).toContain(`${set.servers[1]?.name ?? ''}:7001`);
    await ask('config', 'set', 'masterauth', env.REDIS_PASSWORD);
    await expectHealed();
  });

  test(
    'one server holds two masters: neither its loss is tried, which takes the majority, nor that of the one whose master is a replica',
    BOUNDS,
    async () => {
      await askNode(set, 2, 7001, env.REDIS_PASSWORD, 'cluster', 'failover');
      await expect.poll(() => replicas(set, env.REDIS_PASSWORD)).toContain('1:7000 of 2:7001');
      const [first, second] = set.servers.map(({ name }) => name);
      const loseOne = async (server = ''): Promise<FinishedCommand> =>
        triad.run(['failover-test', '--server', server, '--spec', spec, '--yes', '--json'], { env });
      const majority = await loseOne(second);
      expect([majority.code, majority.result.failure?.code, trialsOf(majority)]).toEqual([1, 'failover.notSurvived', 0]);
      expect(majority.result.failure?.title).toContain(`${second} must not be lost now`);
      const replica = await loseOne(first);
      expect([replica.code, replica.result.failure?.code, trialsOf(replica)]).toEqual([1, 'cluster.rolesNotAsPlanned', 0]);
      await expectHealed();
    },
  );

  test('the server of a replica is away: refused, and nothing is done to the others', BOUNDS, async () => {
    await set.powerOff(2);
    const finished = await run('failover-test');
    expect([finished.code, finished.result.failure?.code, trialsOf(finished)]).toEqual([3, expect.stringMatching(/^ssh\./u), 0]);
    await set.powerOn(2);
    await expectHealed();
  });
});

test('the lost server loses its power too: told, and the next runs bring everything back', async () => {
  const running = triad.start(['failover-test', '--server', victim, '--spec', spec, '--yes'], { env });
  await running.waitForText('is lost: both nodes killed and kept down');
  await set.powerCut(1);
  const finished = await running.finished;
  expectTold(finished, 1, [`✗ ${victim} could not be brought back after the test`, 'after a boot they start by themselves']);
  expect(toldCodes(finished)).toEqual(['failover.notHealed']);
  await set.powerOn(1);
  await expectHealed();
  await expectInstalls();
});
