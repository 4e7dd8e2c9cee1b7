import { expect } from 'vitest';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { SCENARIO_FACTS, SCENARIOS, type FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { CROSSED, replicas } from './askNode.ts';
import { brake, type Brake } from './brakes.ts';
import { SOONER, whatIsBroken } from './clusterHealth.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import type { FinishedCommand, RunningCommand, TriadAtHome } from './triadCommand.ts';

/** How far a trial has come when Triad is killed, in this order. */
const STATES = [
  'baseline',
  'undoBeingPlaced',
  'undoPlaced',
  'undoFirst',
  'injected',
  'promoted',
  'slotsCovered',
  'healing',
  'inSync',
  'restoring',
  'layoutRestored',
  'readingBack',
] as const;
export type TrialState = (typeof STATES)[number];

/** States that need a fault on the server itself: a switchover is one command to the replica. */
const WITH_FAULT: readonly TrialState[] = ['undoBeingPlaced', 'undoPlaced', 'undoFirst', 'healing'];
/** States that a process which is back at once may never reach. */
const AFTER_TAKEOVER: readonly TrialState[] = ['promoted', 'slotsCovered'];

/** A scenario, and the state in which Triad is killed. */
export interface KilledTrial {
  readonly scenario: FailoverScenario;
  readonly state: TrialState;
}

/** Every state of every scenario whose undo stands on the victim. */
export const KILLED_TRIALS: readonly KilledTrial[] = SCENARIOS.filter((scenario) => !SCENARIO_FACTS[scenario].needsPower).flatMap(
  (scenario) =>
    STATES.filter(
      (state) =>
        (scenario !== 'switchover' || !WITH_FAULT.includes(state)) &&
        (SCENARIO_FACTS[scenario].takeover === 'certain' || !AFTER_TAKEOVER.includes(state)),
    ).map((state) => ({ scenario, state })),
);

/** Longer than a server may take to heal itself: a start, copies of the data, and a busy machine. */
const HEALED_WITHIN_MS = 90_000;
/** Between a mark or a step that is told and the kill lies what the pipe takes; where that is too long a brake holds the server instead. */
const TOLD: Partial<Record<TrialState, (event: RunEvent) => boolean>> = {
  injected: isMark('faultInjected'),
  promoted: isMark('promoted'),
  slotsCovered: isMark('slotsCovered'),
  inSync: isMark('inSync'),
  restoring: isProgress('failover.progress.restoring'),
  layoutRestored: isMark('layoutRestored'),
  readingBack: isProgress('failover.progress.readBack'),
};

function isMark(name: string): (event: RunEvent) => boolean {
  return (event) => event.type === 'trialMark' && event.mark.name === name;
}

function isProgress(code: string): (event: RunEvent) => boolean {
  return (event) => event.type === 'phaseProgress' && event.message.code === code;
}

/** Where all of it is tried: an installed cluster with brakes on its servers. */
export interface TriedCluster {
  readonly set: PracticeSet;
  readonly triad: TriadAtHome;
  readonly spec: string;
  readonly env: Readonly<Record<string, string>>;
  readonly password: string;
  readonly nodeTimeoutMs: number;
}

const NODE_TIMEOUT_MS = 1000;
const PASSWORD = 'the-same-in-every-run';

/** The practice servers as a cluster to try it on, not installed yet. */
export function triedCluster(set: PracticeSet, triad: TriadAtHome): TriedCluster {
  const spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'REDIS_PASSWORD';
    redis['nodeTimeoutMs'] = NODE_TIMEOUT_MS;
  });
  return { set, triad, spec, env: { REDIS_PASSWORD: PASSWORD }, password: PASSWORD, nodeTimeoutMs: NODE_TIMEOUT_MS };
}

/** Installs it, or what is missing of it. */
export async function expectInstalls({ triad, spec, env }: TriedCluster): Promise<void> {
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json'], { env }))).toEqual(passedRun);
}

/** Kills Triad in a state of a trial, and expects that the cluster heals by what stands on the victim, and that Triad says where it stands and restores it. */
export async function expectHealsItself(cluster: TriedCluster, { scenario, state }: KilledTrial, victim: ServerNumber = 1): Promise<void> {
  const { set, triad, spec, env } = cluster;
  const name = set.servers[victim - 1]?.name ?? '';
  const run = async (command: string): Promise<FinishedCommand> => triad.run([command, '--spec', spec, '--yes', '--json'], { env });
  const held = brakeFor(set, scenario, state, victim);
  try {
    const hasWritten = await watchKeys(cluster, victim);
    const running = triad.start(['failover-test', '--server', name, '--scenario', scenario, '--spec', spec, '--yes', '--json'], { env });
    await reach(running, state, held, hasWritten);
    running.kill('SIGKILL');
    await running.finished;
    await hurryUndo(set, victim);
    if (state === 'undoFirst') await awaitUndo(set, victim);
    held?.release();
    await expect
      .poll(() => whatIsBroken(set, cluster.password, scenario, cluster.nodeTimeoutMs), { timeout: HEALED_WITHIN_MS, interval: 500 })
      .toEqual([]);
  } finally {
    held?.release();
    await set.run(victim, `rm -rf ${SOONER}; systemctl daemon-reload`);
  }
  const moved = (await replicas(set, cluster.password)).join() !== CROSSED.join();
  const standing = await run('validate');
  const roles = standing.result.checks.find(({ id }) => id === 'cluster.roles');
  expect([state, roles?.verdict]).toEqual([state, moved ? 'passWithoutTolerance' : 'pass']);
  expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
  expect(await whatIsBroken(set, cluster.password, scenario, cluster.nodeTimeoutMs)).toEqual([]);
}

function brakeFor(set: PracticeSet, scenario: FailoverScenario, state: TrialState, victim: ServerNumber): Brake | null {
  if (state === 'undoBeingPlaced') return brake(set, victim, 'systemd-run', 'triad-heal');
  // Not at the restart of the timer, by which this test lets it come sooner.
  if (state === 'healing') return brake(set, victim, 'systemctl', ' start triad-');
  if (state !== 'undoPlaced' && state !== 'undoFirst') return null;
  const isCut = SCENARIO_FACTS[scenario].hits === 'server' && !SCENARIO_FACTS[scenario].ends;
  return isCut ? brake(set, victim, 'nft', '-f -') : brake(set, victim, 'systemctl', 'show --property=MainPID');
}

async function reach(running: RunningCommand, state: TrialState, held: Brake | null, hasWritten: () => Promise<boolean>): Promise<void> {
  const told = TOLD[state];
  if (held !== null) {
    // What comes before takes its time on a busy machine.
    await running.waitForEvent(isProgress(state === 'healing' ? 'failover.progress.healing' : 'failover.progress.baseline'));
    await held.reached(running);
  } else if (told !== undefined) await running.waitForEvent(told);
  else {
    await running.waitForEvent(isProgress('failover.progress.baseline'));
    await expect.poll(hasWritten, { timeout: HEALED_WITHIN_MS, interval: 50 }).toBe(true);
  }
}

/** Whether keys have come to the victim's master since this was called. Those of a trial that was killed before are there too, and go away in between. */
async function watchKeys({ set, password }: TriedCluster, victim: ServerNumber): Promise<() => Promise<boolean>> {
  const script = `export REDISCLI_AUTH='${password}'; $(ls /opt/triad/bin/*/redis-cli) -h $(hostname -I | cut -d' ' -f1) -p 7000 dbsize`;
  const count = async (): Promise<number> => Number.parseInt((await set.run(victim, script)).stdout, 10);
  let fewest = await count();
  expect(fewest).toBeGreaterThanOrEqual(0);
  return async () => {
    const now = await count();
    if (now > fewest) return true;
    if (now < fewest) fewest = now;
    return false;
  };
}

/** Lets the timer that stands on the victim, or is about to, come after a second. Its service is still what the timer starts. */
async function hurryUndo(set: PracticeSet, victim: ServerNumber): Promise<void> {
  await set.run(
    victim,
    `mkdir -p ${SOONER}; printf '[Timer]\\nOnActiveSec=\\nOnActiveSec=1s\\n' >${SOONER}/soon.conf
systemctl daemon-reload
for timer in $(systemctl list-units --no-legend --plain 'triad-heal-*.timer' | cut -d' ' -f1); do systemctl restart $timer; done`,
  );
}

/** Waits until the timer has started its service on the victim. */
async function awaitUndo(set: PracticeSet, victim: ServerNumber): Promise<void> {
  const script = `[ -e /run/triad-heal-*.sh ] || { echo active; exit; }
systemctl is-active "$(systemctl list-units --all --no-legend --plain 'triad-heal-*.service' | cut -d' ' -f1)"`;
  await expect.poll(async () => (await set.run(victim, script)).stdout.trim(), { timeout: HEALED_WITHIN_MS, interval: 100 }).toBe('active');
}
