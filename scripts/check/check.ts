// `npm run check`: everything about the code that needs no server.
import { checkBuild } from './build.ts';
import { staticSteps, staticStepsAtOnce } from './staticSteps.ts';
import { renderSteps, runSteps } from './step.ts';
import { checkUnitTests } from './unitTests.ts';

const finished = [
  ...(await runSteps(staticSteps, staticStepsAtOnce)),
  // One after the other: both use every core, and slow tests fail for no reason.
  ...(await runSteps(
    [
      { name: 'unit tests', run: checkUnitTests },
      { name: 'build', run: checkBuild },
    ],
    1,
  )),
];
process.stdout.write(renderSteps(finished));
process.exitCode = finished.every((step) => step.ok) ? 0 : 1;
