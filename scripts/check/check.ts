// `npm run check`: everything about the code that needs no server.
import { checkAppBuild, checkBuild } from './build.ts';
import { staticSteps, staticStepsAtOnce } from './staticSteps.ts';
import { renderSteps, runSteps } from './step.ts';
import { checkUnitTests } from './unitTests.ts';

const finished = [
  ...(await runSteps(staticSteps, staticStepsAtOnce)),
  // One after the other: both use every core, and slow tests fail for no reason.
  ...(await runSteps(
    [
      { name: 'unit tests', run: checkUnitTests },
      { name: 'build of the command line', run: checkBuild },
      { name: 'build of the app', run: checkAppBuild },
    ],
    1,
  )),
];
process.stdout.write(renderSteps(finished));
process.exitCode = finished.every((step) => step.ok) ? 0 : 1;
