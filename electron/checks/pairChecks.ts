import type { CheckResult } from '../shared/domain/check.ts';
import type { PortMatrix } from '../shared/domain/matrix.ts';
import type { Check } from './check.ts';
import type { MatrixContext } from './matrixContext.ts';
import { adminBusPort } from './pair/adminBusPort.ts';
import { adminDataPort } from './pair/adminDataPort.ts';
import { busPort } from './pair/busPort.ts';
import { dataPort } from './pair/dataPort.ts';

/** Every check on the ways between machines. */
export const PAIR_CHECKS: readonly Check<PortMatrix, MatrixContext>[] = [dataPort, busPort, adminDataPort, adminBusPort];

/** Judges the reachability matrix: 36 results for three servers, 24 between them and 12 from the admin's machine. A way that was not tried is `unknown`. */
export function judgeMatrix(matrix: PortMatrix, context: MatrixContext): readonly CheckResult[] {
  return PAIR_CHECKS.flatMap((check) => check.judge(matrix, context));
}
