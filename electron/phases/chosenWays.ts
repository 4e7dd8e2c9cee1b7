import type { ProbeTarget } from '../hosts/host.ts';
import { BUS_PORT_OFFSET } from '../shared/domain/address.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import type { MatrixCell, PortMatrix } from '../shared/domain/matrix.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { isNew } from './checkServers.ts';
import type { RunContext } from './runContext.ts';

type Way = Pick<MatrixCell, 'from' | 'to' | 'port'>;

/** Whether this run tries a way: all of them, or those that a check in part was asked for. */
export function isChosenWay({ again }: Pick<RunContext, 'again'>, { from, to, port }: Way): boolean {
  return again === null || again.scope.ways.some((way) => way.from === from && way.to === to && way.port === port);
}

/** The targets of the ways from a machine that this run tries. With a node's bus port goes its data port, by which the prober tells which is which. */
export function targetsFrom<Target extends ProbeTarget>(
  context: Pick<RunContext, 'again'>,
  from: string,
  targets: readonly Target[],
): readonly Target[] {
  const isChosen = ({ to, port }: ProbeTarget): boolean => isChosenWay(context, { from, to, port });
  return targets.filter(
    (target) =>
      target.to !== from && (isChosen(target) || (target.nonce === null && isChosen({ ...target, port: target.port + BUS_PORT_OFFSET }))),
  );
}

/** What was measured now, completed by the ways that an earlier check has tried and this one has not. */
export function withKeptWays({ again }: Pick<RunContext, 'again'>, matrix: PortMatrix): PortMatrix {
  const kept = again?.kept.matrix ?? null;
  if (kept === null) return matrix;
  const isTried = (cell: MatrixCell): boolean => isChosenWay({ again }, cell);
  return {
    ...matrix,
    // Of a whole that was partly measured on listeners it cannot be said that the cluster stood behind it.
    measuredOn: kept.measuredOn === 'cluster' && matrix.measuredOn === 'cluster' ? 'cluster' : 'listeners',
    cells: [...matrix.cells.filter(isTried), ...kept.cells.filter((cell) => !isTried(cell))],
  };
}

/** The newest results about ways: those of this run, and the kept ones that it did not look at again. */
export function withKeptResults(context: Pick<RunContext, 'again' | 'plan'>, results: readonly CheckResult[]): readonly CheckResult[] {
  const kept = context.again?.kept.checks ?? [];
  return [...results, ...kept.filter((one) => one.subject.kind === 'pair' && !isNew(one, context))];
}

/** What is known of the servers: as this run saw them, else as the earlier check did. */
export function knownFacts({ again, facts }: Pick<RunContext, 'again' | 'facts'>): readonly ServerFacts[] {
  const kept = again?.kept.facts ?? [];
  return [...facts.values(), ...kept.filter(({ server }) => !facts.has(server) && again?.scope.servers.includes(server) === false)];
}
