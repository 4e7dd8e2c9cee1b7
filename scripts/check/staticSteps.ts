import { join } from 'node:path';
import { checkArchitecture } from './architecture.ts';
import { checkFormat } from './format.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkLint } from './lint.ts';
import { checkLock } from './lock.ts';
import { root } from './program.ts';
import type { Step } from './step.ts';
import { checkTexts } from './texts.ts';
import { checkTypes } from './types.ts';

/** The checks that run nothing of the project, the slowest first. */
export const staticSteps: readonly Step[] = [
  { name: 'lint', run: checkLint },
  { name: 'types', run: checkTypes },
  { name: 'architecture', run: () => checkArchitecture(root) },
  { name: 'leftovers', run: checkLeftovers },
  {
    name: 'texts',
    // Loaded by the step, so that a catalogue which cannot be loaded fails this one and not all of them.
    run: async () => checkTexts(root, Object.keys((await import('../../electron/shared/messages/en/index.ts')).en)),
  },
  { name: 'format', run: checkFormat },
  { name: 'lock', run: () => checkLock(join(root, 'package-lock.json')) },
];

/** More at once would only wait for each other: the machines that build this have two cores, and several tools use threads themselves. */
export const staticStepsAtOnce = 2;
