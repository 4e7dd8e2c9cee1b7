// `npm run demo -- --patch-day`: what comes after the installation. One server is taken out for its patches and really rebooted, another one loses its
// power that night, the layout is restored, and a colleague goes on with nothing but a file.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { formatDuration } from '../../electron/shared/domain/reportFormat.ts';
import { awaitCondition } from '../practice/awaitCondition.ts';
import type { PracticeSet } from '../practice/practiceSet.ts';
import { serverAt, serverNumbers, type ServerNumber } from '../practice/setPlace.ts';
import { impactsIn, impactTable } from './impactTable.ts';
import { demoHome, DemoStopped, environmentOf, heading, reportFolder, task } from './tasks.ts';

/** The server that is patched, and the one whose power fails; the third one sees both. */
const PATCHED = 1;
const CUT = 2;
const WITNESS = 3;

/** Far above node timeout and election together. */
const FAILOVER_DEADLINE_MS = 60_000;

const patchDayFolder = join(reportFolder, 'patch-day');

/** What is asked in the servers themselves, past Triad: a shell script for each kind of practice server. */
const ASKED = {
  linux: {
    nodesRun: (prefix: string) => `systemctl is-active triad-${prefix}-7000 triad-${prefix}-7001`,
    // The kernel's name for a boot: a new one each time.
    boot: 'cat /proc/sys/kernel/random/boot_id',
    nodesFile: (prefix: string) => `/var/lib/triad/${prefix}/7000/nodes.conf`,
  },
  windows: {
    nodesRun: (prefix: string) =>
      `for node in triad-${prefix}-7000 triad-${prefix}-7001; do "$WINE" sc.exe query $node < /dev/null | grep -q RUNNING || exit 1; done`,
    // The moment when its first process began, in ticks of this machine.
    boot: `cut -d ' ' -f 22 /proc/1/stat`,
    nodesFile: (prefix: string) => `Triad/nodes/${prefix}/7000/nodes.conf`,
  },
} as const;

function askedIn(set: PracticeSet): (typeof ASKED)['linux' | 'windows'] {
  return ASKED[set.kind() === 'windows' ? 'windows' : 'linux'];
}

/** Whether the demo's cluster runs: both nodes on each of the three servers. */
export async function isClusterRunning(set: PracticeSet): Promise<boolean> {
  const script = askedIn(set).nodesRun(set.place.prefix);
  const units = await Promise.all(serverNumbers.map((number) => set.run(number, script)));
  return units.every(({ code }) => code === 0);
}

/** What names a boot of a server. */
async function bootOf(set: PracticeSet, server: ServerNumber): Promise<string> {
  return (await set.run(server, askedIn(set).boot)).stdout;
}

/**
 * Waits until the witness has seen that the shard of the lost server has another master. Its own file of the cluster says so: a failed node that owns no slot any
 * more, which needs no password.
 */
async function awaitTakeOver(set: PracticeSet): Promise<void> {
  const { address, name } = serverAt(set.place, CUT);
  const nodesFile = askedIn(set).nodesFile(set.place.prefix);
  const lostItsSlots = `$2 ~ /^${address.replaceAll('.', '[.]')}:7000@/ && $3 ~ /(^|,)fail(,|$)/ && NF == 8 { found = 1 } END { exit !found }`;
  const seen = await awaitCondition(
    FAILOVER_DEADLINE_MS,
    async () => ((await set.run(WITNESS, `awk '${lostItsSlots}' ${nodesFile}`)).code === 0 ? true : undefined),
    200,
  );
  if (seen === undefined) throw new DemoStopped(`No replica took over from ${name} within ${formatDuration(FAILOVER_DEADLINE_MS)}.`, 1);
}

/** The whole day, on a cluster that runs. Throws `DemoStopped` at the first step that fails. */
export async function patchDay(set: PracticeSet): Promise<void> {
  const env = environmentOf(set, demoHome);
  const { prefix, specFile } = set.place;
  const [patched, cut] = [serverAt(set.place, PATCHED), serverAt(set.place, CUT)];
  const spec = ['--spec', specFile];
  const reportOf = (step: string): string => join(patchDayFolder, step);
  const triad = async (step: string, ...args: readonly string[]): Promise<void> =>
    task(['triad', ...args, ...spec, '--report', reportOf(step)], { env });
  rmSync(patchDayFolder, { recursive: true, force: true });
  mkdirSync(patchDayFolder, { recursive: true });

  heading(`Patch day: ${patched.name} hands its master over and may be taken away`);
  await triad('begin', 'maintenance', 'begin', '--server', patched.name, '--yes');

  heading(`${patched.name} is patched and rebooted`);
  const [before, startedAtMs] = [await bootOf(set, PATCHED), performance.now()];
  await set.reboot(PATCHED);
  if ((await bootOf(set, PATCHED)) === before) throw new DemoStopped(`${patched.name} has not been rebooted.`, 1);
  console.log(`  It was shut down in order, and answers again ${formatDuration(performance.now() - startedAtMs)} later.`);

  heading(`${patched.name} is back: wait for it, give it its master back, validate`);
  await triad('end', 'maintenance', 'end', '--server', patched.name);

  heading('Validate: is everything as it was?');
  await triad('validate', 'validate');

  heading(`That night the power of ${cut.name} fails`);
  const cutAtMs = performance.now();
  await set.powerCut(CUT);
  await awaitTakeOver(set);
  console.log(`  Nobody was there: ${formatDuration(performance.now() - cutAtMs)} later its replica is master.`);
  await set.powerOn(CUT);
  console.log('  The power is back. The cluster is whole, but one server now holds two masters.');

  heading('Restore the crossed layout');
  await triad('restore', 'restore-roles', '--yes');

  heading('One file with everything, for a colleague');
  const bundle = join(patchDayFolder, `${prefix}.triad`);
  await task(['triad', 'bundle', 'export', ...spec, '--out', bundle], { env });

  heading('The colleague takes it: a second home, where nobody has seen this cluster');
  const secondHome = `${demoHome}-colleague`;
  rmSync(secondHome, { recursive: true, force: true });
  const there = environmentOf(set, secondHome);
  await task(['triad', 'bundle', 'import', bundle], { env: there });
  const importedSpec = join(secondHome, 'clusters', prefix, 'spec.yaml');
  if (!existsSync(importedSpec)) throw new DemoStopped(`The import has left no specification at ${importedSpec}.`, 1);

  heading('Validate from there, against the bundle and with the imported specification');
  await task(['triad', 'validate', '--bundle', bundle, '--report', reportOf('colleague-bundle')], { env: there });
  await task(['triad', 'validate', '--spec', importedSpec, '--report', reportOf('colleague-spec')], { env: there });

  heading('Patch day in figures');
  console.log(impactTable(impactsIn(['begin', 'end', 'restore'].map(reportOf))));
  console.log('The power failure itself was nobody\'s plan, and no writer ran then: "failover-test" measures what that costs.\n');
  console.log(`Reports        ${relative(process.cwd(), patchDayFolder)}/*/report.html`);
  console.log(`Bundle         ${relative(process.cwd(), bundle)}`);
  console.log(`Colleague      TRIAD_HOME=${secondHome}`);
  console.log('\nThe cluster is running, as planned. "npm run practice -- down" takes everything away.');
}
