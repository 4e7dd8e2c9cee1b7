import { checkContext, type CheckContext, type CheckStage } from '../checks/checkContext.ts';
import type { RunContext } from './runContext.ts';

/** What the checks of this run may know, from what earlier phases found and did. */
export function judgingContext(context: RunContext, stage: CheckStage): CheckContext {
  return checkContext(context.plan, stage, {
    hostKeyTrust: context.hostKeyTrust,
    blueprints: context.blueprints,
    forwarding: context.forwarding,
    applied: context.applied,
    matrix: context.matrix,
    unobserved: context.lost,
  });
}
