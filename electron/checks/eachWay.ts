import { formatEndpoint } from '../shared/domain/address.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import type { NodeSpec } from '../shared/domain/plan.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import type { Verdict } from '../shared/domain/verdict.ts';
import { resultOf, type Check, type Judgement } from './check.ts';
import { evidenceOf } from './evidence.ts';
import type { MatrixContext } from './matrixContext.ts';

/** One directed way to a port of a planned node. */
export interface Way {
  readonly from: string;
  readonly node: NodeSpec;
  readonly port: number;
  readonly endpoint: string;
  /** How the attempt went; undefined where none was made. */
  readonly cell: MatrixCell | undefined;
  readonly measuredOn: PortMatrix['measuredOn'];
  readonly evidence: string;
}

/** Judges one way. */
export type JudgeWay = (way: Way, context: MatrixContext) => Judgement;

/** Where a check's ways begin and which of a node's ports they lead to. */
export interface WaysOf {
  readonly from: 'servers' | 'admin';
  readonly port: 'data' | 'bus';
}

/** A check with one result for each directed way: between any two servers (12 for each kind of port), or from the admin's machine (6). */
export function eachWay(
  id: Check<unknown>['id'],
  ways: WaysOf,
  verdicts: readonly Verdict[],
  judgeWay: JudgeWay,
): Check<PortMatrix, MatrixContext> {
  function judgeOne(from: string, node: NodeSpec, matrix: PortMatrix, context: MatrixContext): CheckResult {
    const port: number = ways.port === 'data' ? node.dataPort : node.busPort;
    const cell = matrix.cells.find((one) => one.from === from && one.to === node.server && one.port === port);
    const endpoint = formatEndpoint({ address: node.address, port });
    const evidence = cell === undefined ? '' : evidenceOf({ reach: cell.reach, durationMs: cell.durationMs, evidence: cell.evidence });
    const way: Way = { from, node, port, endpoint, cell, measuredOn: matrix.measuredOn, evidence };
    return resultOf(id, { kind: 'pair', from, to: node.server, port }, judgeWay(way, context));
  }
  return {
    id,
    verdicts,
    judge(matrix, context) {
      const sources = ways.from === 'admin' ? [ADMIN_MACHINE] : context.plan.servers.map((server) => server.name);
      return sources.flatMap((from) =>
        context.plan.nodes.filter((node) => node.server !== from).map((node) => judgeOne(from, node, matrix, context)),
      );
    },
  };
}
