import { join } from 'node:path';
import { en } from '../../electron/shared/messages/en/index.ts';
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
  { name: 'texts', run: () => checkTexts(root, Object.keys(en)) },
  { name: 'format', run: checkFormat },
  { name: 'lock', run: () => checkLock(join(root, 'package-lock.json')) },
];

/** More at once would only wait for each other: the machines that build this have two cores, and several tools use threads themselves. */
export const staticStepsAtOnce = 2;
