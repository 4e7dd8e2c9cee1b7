import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../scripts/practice/setPlace.ts';
import { brakeAt, type Brake } from './brakes.ts';

/** Lines for the shell of this machine that cut the power of a trial's server, and switch it on. */
export interface PowerLines {
  readonly off: string;
  readonly on: string;
}

/** What an admin would have for a management controller or a hypervisor. The second one waits until the server has booted. */
export function practicePower({ place }: PracticeSet): PowerLines {
  const program = fileURLToPath(new URL('../../scripts/practice/cli.ts', import.meta.url));
  const line = (command: string): string =>
    `'${process.execPath}' '${program}' ${command} "\${TRIAD_SERVER##*-}" --prefix ${place.prefix} --subnet ${place.subnet}`;
  return { off: line('power-cut'), on: line('power-on') };
}

/** The options of a trial that cuts the power. */
export function powerOptions({ off, on }: PowerLines): readonly string[] {
  return ['--power-off-command', off, '--power-on-command', on];
}

/** Which boot of a server this is: when its first process began. Also of a Windows server. */
export async function bootOf(set: PracticeSet, server: ServerNumber): Promise<string> {
  const { stdout } = await set.run(server, "sed 's/.*) //' /proc/1/stat | cut -d' ' -f20");
  if (!/^\d+$/u.test(stdout.trim())) throw new Error(`server ${server} does not tell its boot: ${stdout}`);
  return stdout.trim();
}

/**
 * Where a power cut can be made to stand still, all of it on this machine: before its keeper has begun to listen, when it guards the power and Triad has not heard of it, before the
 * power goes, and before it comes back.
 */
type PowerMoment = 'keeperStarts' | 'keeperStands' | 'off' | 'on';

/** A power cut with brakes. */
export interface BrakedPower extends PowerLines {
  /** For Triad, whose keeper has it, too. */
  readonly env: Readonly<Record<string, string>>;
  /** Makes it stand still at a moment, from now on until the release. */
  hold(moment: PowerMoment): Brake;
}

/** Puts brakes into a power cut. Their files lie in `folder`. */
export function brakedPower({ off, on }: PowerLines, folder: string): BrakedPower {
  const fileOf = (moment: PowerMoment): string => join(folder, moment);
  const braked = (moment: PowerMoment, line: string): string =>
    `if [ -e '${fileOf(moment)}' ]; then : >'${fileOf(moment)}.reached'; while [ -e '${fileOf(moment)}' ]; do sleep 0.02; done; fi; ${line}`;
  const hook = `--import=data:text/javascript;base64,${Buffer.from(brakeKeeper(folder)).toString('base64')}`;
  return {
    off: braked('off', off),
    on: braked('on', on),
    env: { NODE_OPTIONS: hook },
    hold: (moment) => brakeAt(fileOf(moment), `the power cut did not come to "${moment}"`),
  };
}

/** A program that goes before Triad's own in every process of it, and holds the keeper alone. */
function brakeKeeper(folder: string): string {
  return `
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

async function brake(moment) {
  const file = ${JSON.stringify(folder)} + '/' + moment;
  if (existsSync(file)) writeFileSync(file + '.reached', '');
  while (existsSync(file)) await pause(20);
}

if (process.argv.includes('power-keeper')) {
  await brake('keeperStarts');
  const send = process.send?.bind(process);
  if (send !== undefined)
    process.send = (told, ...rest) => {
      if (told.type !== 'ready') return send(told, ...rest);
      void brake('keeperStands').then(() => send(told, ...rest));
      return true;
    };
}`;
}

/** The keepers of power that runs with this TRIAD_HOME have left, a line each. */
export function keepersLeft(home: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && isKeeperOf(name, home))
    .map((pid) => `the keeper of a power still runs: ${pid}`);
}

function isKeeperOf(pid: string, home: string): boolean {
  try {
    const [words, environment] = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0'));
    return words?.includes('power-keeper') === true && environment?.includes(`TRIAD_HOME=${home}`) === true;
  } catch {
    // It has ended in this moment.
    return false;
  }
}
