import { expect } from 'vitest';
import type { RunEvent } from '../../electron/shared/domain/events.ts';
import { SCENARIO_FACTS, SCENARIOS, type FailoverScenario } from '../../electron/shared/domain/scenario.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { CROSSED, replicas } from './askNode.ts';
import { brake, type Brake } from './brakes.ts';
import { SOONER, whatIsBroken } from './clusterHealth.ts';
import { bootOf, brakedPower, keepersLeft, powerOptions, practicePower, type BrakedPower } from './practicePower.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import type { FinishedCommand, RunningCommand } from './triadCommand.ts';
import type { TriedCluster } from './triedCluster.ts';

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
  'booting',
  'inSync',
  'restoring',
  'layoutRestored',
  'readingBack',
] as const;
export type TrialState = (typeof STATES)[number];

/** States that need a fault with an undo: a switchover is one command to the replica. */
const WITH_FAULT: readonly TrialState[] = ['undoBeingPlaced', 'undoPlaced', 'undoFirst', 'healing'];
/** States that a process which is back at once may never reach. */
const AFTER_TAKEOVER: readonly TrialState[] = ['promoted', 'slotsCovered'];

/** A scenario, and the state in which Triad is killed. */
export interface KilledTrial {
  readonly scenario: FailoverScenario;
  readonly state: TrialState;
}

/** Every state of every scenario. */
export const KILLED_TRIALS: readonly KilledTrial[] = SCENARIOS.flatMap((scenario) =>
  STATES.filter((state) => hasState(scenario, state)).map((state) => ({ scenario, state })),
);

function hasState(scenario: FailoverScenario, state: TrialState): boolean {
  if (state === 'booting') return SCENARIO_FACTS[scenario].needsPower;
  if (scenario === 'switchover' && WITH_FAULT.includes(state)) return false;
  return SCENARIO_FACTS[scenario].takeover === 'certain' || !AFTER_TAKEOVER.includes(state);
}

/** States in which the power of the victim was not cut yet: it must stay as it is. */
const BEFORE_CUT: readonly TrialState[] = ['baseline', 'undoBeingPlaced', 'undoPlaced'];

/** Longer than a server may take to heal itself: a boot, copies of the data, and a busy machine. */
const HEALED_WITHIN_MS = 120_000;
/** Between a mark or a step that is told and the kill lies what the pipe takes; where that is too long a brake holds the server instead. */
const TOLD: Partial<Record<TrialState, (event: RunEvent) => boolean>> = {
  injected: isMark('faultInjected'),
  promoted: isMark('promoted'),
  slotsCovered: isMark('slotsCovered'),
  booting: isProgress('failover.progress.poweredOn'),
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

/** Kills Triad in a state of a trial, and expects that the cluster heals by what stands on the victim or guards its power, and that Triad says where it stands and restores it. */
export async function expectHealsItself(cluster: TriedCluster, { scenario, state }: KilledTrial, victim: ServerNumber = 1): Promise<void> {
  const { set, triad, spec, env } = cluster;
  const name = set.servers[victim - 1]?.name ?? '';
  const run = async (command: string): Promise<FinishedCommand> => triad.run([command, '--spec', spec, '--yes', '--json'], { env });
  const way = SCENARIO_FACTS[scenario].needsPower ? cutsPower(cluster, state) : hitsServer(set, scenario, state, victim);
  const boot = await bootOf(set, victim);
  try {
    const hasWritten = await watchKeys(cluster, victim);
    const trial = ['failover-test', '--server', name, '--scenario', scenario, ...way.options, '--spec', spec, '--yes', '--json'];
    const running = triad.start(trial, { env: { ...env, ...way.env } });
    await reach(running, state, way.held, hasWritten);
    running.kill('SIGKILL');
    await running.finished;
    await way.letHeal();
    await expect.poll(async () => whatIsLeft(cluster, scenario), { timeout: HEALED_WITHIN_MS, interval: 500 }).toEqual([]);
  } finally {
    await way.end();
  }
  expect([state, (await bootOf(set, victim)) !== boot]).toEqual([
    state,
    SCENARIO_FACTS[scenario].needsPower && !BEFORE_CUT.includes(state),
  ]);
  const moved = (await replicas(set, cluster.password)).join() !== CROSSED.join();
  const standing = await run('validate');
  const roles = standing.result.checks.find(({ id }) => id === 'cluster.roles');
  expect([state, roles?.verdict]).toEqual([state, moved ? 'passWithoutTolerance' : 'pass']);
  expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
  expect(await whatIsLeft(cluster, scenario)).toEqual([]);
}

async function whatIsLeft({ set, triad, password, nodeTimeoutMs }: TriedCluster, scenario: FailoverScenario): Promise<readonly string[]> {
  return [...keepersLeft(triad.home), ...(await whatIsBroken(set, password, scenario, nodeTimeoutMs))];
}

/** How a fault is done, held in a state, and let go once Triad is killed. */
interface Way {
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What holds it in the state; null where Triad tells that it is there. */
  readonly held: Brake | null;
  letHeal(): Promise<void>;
  end(): Promise<void>;
}

/** A fault on the server itself. Its undo waits there for its time, which comes at once. */
function hitsServer(set: PracticeSet, scenario: FailoverScenario, state: TrialState, victim: ServerNumber): Way {
  const held = brakeOnServer(set, scenario, state, victim);
  return {
    options: [],
    env: {},
    held,
    letHeal: async () => {
      await hurryUndo(set, victim);
      if (state === 'undoFirst') await awaitUndo(set, victim);
      held?.release();
    },
    end: async () => {
      held?.release();
      await set.run(victim, `rm -rf ${SOONER}; systemctl daemon-reload`);
    },
  };
}

/** Where a power cut stands still in a state. */
const MOMENTS: Partial<Record<TrialState, Parameters<BrakedPower['hold']>[0]>> = {
  undoBeingPlaced: 'keeperStarts',
  undoPlaced: 'keeperStands',
  undoFirst: 'off',
  healing: 'on',
};

/** A power cut. Its undo is another process on this machine, which does not wait once Triad is gone. */
function cutsPower({ set, notes }: TriedCluster, state: TrialState): Way {
  const { off, on } = practicePower(set);
  // A management controller does not wait for the boot.
  const power = brakedPower({ off, on: state === 'booting' ? `(${on}) >/dev/null 2>&1 &` : on }, notes);
  const moment = MOMENTS[state];
  const held = moment === undefined ? null : power.hold(moment);
  const release = async (): Promise<void> => Promise.resolve(held?.release());
  return { options: powerOptions(power), env: power.env, held, letHeal: release, end: release };
}

function brakeOnServer(set: PracticeSet, scenario: FailoverScenario, state: TrialState, victim: ServerNumber): Brake | null {
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
