// `npm run demo`: the main job from nothing. Builds or finds the server bundle, starts three practice servers, and opens the wizard with them
// filled in. Without a display, or with --headless, the command line does the same: checks them, shows the plan, installs the cluster, proves
// it, loses each server once, and leaves the cluster running. With --patch-day it goes on from there: see patchDay.ts. With --windows all of it happens on
// practice Windows servers.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hasDisplay } from '../electron/display.ts';
import { openPracticeSet } from '../practice/practiceSet.ts';
import { PracticeError } from '../practice/practiceError.ts';
import { installCluster } from './installCluster.ts';
import { isClusterRunning, patchDay } from './patchDay.ts';
import { demoHome, DemoStopped, environmentOf, heading, reportFolder, task } from './tasks.ts';

async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      'patch-day': { type: 'boolean', default: false },
      windows: { type: 'boolean', default: false },
    },
  });
  const kind = values.windows ? 'windows' : 'linux';
  const set = openPracticeSet({ progress: (sentence) => console.log(`  ${sentence}`) });
  mkdirSync(reportFolder, { recursive: true });

  heading('The Redis programs');
  await task(['redis', 'ensure']);
  if (values.windows) await task(['windows-service', 'ensure']);

  heading(values.windows ? 'Three practice Windows servers' : 'Three practice servers');
  const isUp = set.status().state === 'up';
  if (isUp && set.kind() !== kind) {
    const which = { linux: 'Linux servers', windows: 'Windows servers', mixed: 'Linux and Windows servers' }[set.kind()];
    throw new DemoStopped(`Practice ${which} are up: take them down first ("npm run practice -- down").`, 1);
  }
  // With a firewall, so that opening it is a part of the show; servers that are up already are taken as they are.
  const began = isUp ? await set.up() : await set.up(values.windows ? { windows: true } : { firewall: 'nftables' });
  console.log(began === 'started' ? '  They are ready.' : '  They are up already.');

  if (values['patch-day']) {
    if (await isClusterRunning(set)) console.log('  The cluster of the demo runs on them: the story goes on from there.');
    else await installCluster(set, values.quick);
    await patchDay(set);
    return;
  }

  if (!values.headless && hasDisplay()) {
    heading('The wizard');
    console.log(
      '  It opens with the three servers filled in: press the blue button of each step. Nothing is changed before the step "Review".',
    );
    await task(['start', set.place.specFile], { env: environmentOf(set, demoHome) });
    console.log('\nThe practice servers are still there: "npm run practice -- down" takes everything away.');
    return;
  }

  await installCluster(set, values.quick);

  console.log('\nThe cluster is running. Try it:');
  console.log('  npm run practice -- ssh 1          log in to the first server');
  console.log('  npm run practice -- power-cut 2    pull the plug of the second');
  console.log(`  TRIAD_HOME=${demoHome} npm run -s triad -- validate --spec ${set.place.specFile}`);
  console.log(
    `  npm run demo -- ${values.windows ? '--windows --patch-day' : '--patch-day          '}        months later: a reboot, a power failure, a bundle for a colleague`,
  );
  console.log('  npm run practice -- down           take everything away');
}

try {
  await demo();
} catch (error) {
  if (!(error instanceof DemoStopped) && !(error instanceof PracticeError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof DemoStopped ? error.exitCode : 1;
}
