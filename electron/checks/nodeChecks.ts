import type { CheckResult } from '../shared/domain/check.ts';
import type { Check } from './check.ts';
import type { CheckContext } from './checkContext.ts';
import { answers } from './node/answers.ts';
import { connections } from './node/connections.ts';
import { logErrors } from './node/logErrors.ts';
import { password } from './node/password.ts';
import { persistence } from './node/persistence.ts';
import { replication } from './node/replication.ts';
import { service } from './node/service.ts';
import { settings } from './node/settings.ts';
import { uptime } from './node/uptime.ts';
import { usedMemory } from './node/usedMemory.ts';
import { version } from './node/version.ts';
import type { NodeObservation } from './nodeObservation.ts';
import { drift } from './server/drift.ts';

export type { NodeConfigReading } from './nodeObservation.ts';

/** Every check on an installed node, and whether its server is still as planned. */
export const NODE_CHECKS: readonly Check<NodeObservation>[] = [
  service,
  answers,
  version,
  settings,
  password,
  persistence,
  usedMemory,
  connections,
  replication,
  uptime,
  logErrors,
  drift,
];

/** Judges the installed nodes: one result for each check and node, and one of `server.drift` for each server. */
export function judgeNodes(observation: NodeObservation, context: CheckContext): readonly CheckResult[] {
  return NODE_CHECKS.flatMap((check) => check.judge(observation, context));
}
