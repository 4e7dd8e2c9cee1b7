import { checkGroupOf, groupChecks, type CheckGroup } from '../../../electron/shared/domain/checkGroups.ts';
import type { CheckResult } from '../../../electron/shared/domain/check.ts';
import type { MatrixCell, PortMatrix } from '../../../electron/shared/domain/matrix.ts';
import { summariseMatrix, type MatrixSummary } from '../../../electron/shared/domain/matrixSummary.ts';
import { isToBeOpened } from '../../../electron/shared/domain/openings.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import type { FirewallKind } from '../../../electron/shared/domain/server.ts';
import { ADMIN_MACHINE } from '../../../electron/shared/domain/subject.ts';
import { allowsToContinue } from '../../../electron/shared/domain/verdict.ts';
import { isSameWay, type MatrixWay } from '../../../electron/shared/figures/matrixMoves.ts';

/** What a check of the servers found so far, as the screen needs it. */
export interface CheckFindings {
  readonly matrix: PortMatrix | null;
  readonly summary: MatrixSummary | null;
  readonly groups: readonly CheckGroup<CheckResult>[];
  /** Checks that forbid to go on. */
  readonly blockers: readonly CheckResult[];
  /** Ways that are closed now and that the plan opens. */
  readonly openings: readonly MatrixWay[];
}

/** The check of a way, or undefined while it was not judged. */
export function checkOfWay(record: RunRecord, way: MatrixWay): CheckResult | undefined {
  return record.checks.find(({ subject }) => subject.kind === 'pair' && isSameWay(subject, way));
}

/** The attempt on a way, or undefined where none was made. */
export function cellOfWay(matrix: PortMatrix, way: MatrixWay): MatrixCell | undefined {
  return matrix.cells.find((cell) => isSameWay(cell, way));
}

/** Sentences about closed ways are no faults when the plan opens every one of them. */
function withoutOpenings(matrix: PortMatrix, openings: readonly MatrixWay[]): MatrixSummary {
  const summary = summariseMatrix(matrix);
  const closed = matrix.cells.filter(({ from, reach }) => from !== ADMIN_MACHINE && reach !== 'open' && reach !== 'unknown');
  const areAllOpened = closed.every((cell) => openings.some((way) => isSameWay(way, cell)));
  // Which they are is told once: that the plan opens them.
  return areAllOpened ? { ...summary, findings: summary.findings.filter(({ verdict }) => verdict !== 'fail') } : summary;
}

/** Reads a run's record; works while the run goes on. */
export function findingsOf(record: RunRecord): CheckFindings {
  const matrix = record.matrices.at(-1) ?? null;
  const openings = record.checks.flatMap(({ subject, ...check }) =>
    subject.kind === 'pair' && isToBeOpened(check) ? [{ from: subject.from, to: subject.to, port: subject.port }] : [],
  );
  return {
    matrix,
    summary: matrix === null ? null : withoutOpenings(matrix, openings),
    groups: groupChecks(
      record.checks,
      record.plan.servers.map(({ name }) => name),
      ({ subject }) => checkGroupOf(subject),
    ),
    blockers: record.checks.filter(({ verdict }) => !allowsToContinue(verdict)),
    openings,
  };
}

/** Closed ways from one machine to another that are told together: the same was found, the same is to be done, and one rule opens them. */
export interface ClosedWays {
  /** The first of them; the others differ in the port alone. */
  readonly check: CheckResult;
  readonly checks: readonly CheckResult[];
  readonly ways: readonly MatrixWay[];
}

/** Checks of ways that somebody has to open, by pair of machines and what was found. */
export function closedTogether(checks: readonly CheckResult[]): readonly ClosedWays[] {
  const together = new Map<string, { readonly check: CheckResult; readonly checks: CheckResult[]; readonly ways: MatrixWay[] }>();
  for (const check of checks) {
    const { subject, verdict, remedy } = check;
    if (subject.kind !== 'pair') continue;
    // What was seen at different times is not told as one.
    const key = JSON.stringify([subject.from, subject.to, verdict, remedy?.code, check.isKept === true ? check.seenAt : null]);
    const known = together.get(key) ?? { check, checks: [], ways: [] };
    known.checks.push(check);
    known.ways.push({ from: subject.from, to: subject.to, port: subject.port });
    together.set(key, known);
  }
  return [...together.values()];
}

/** Who can open a closed way: the plan does it already, it could if it managed firewalls, or somebody else must. */
export type WhoOpens =
  | { readonly kind: 'plan' }
  | { readonly kind: 'planIfAllowed'; readonly firewall: Exclude<FirewallKind, 'none'> }
  /** The server's own firewall lets it through already, or none is active there. */
  | { readonly kind: 'somebodyElse' };

/** Who opens this way; null where it is open, was not tried, or need not be open. */
export function whoOpens(record: RunRecord, way: MatrixWay): WhoOpens | null {
  const matrix = record.matrices.at(-1);
  const cell = matrix === undefined ? undefined : cellOfWay(matrix, way);
  const check = checkOfWay(record, way);
  if (cell === undefined || way.from === ADMIN_MACHINE || !['refused', 'filtered', 'unreachable'].includes(cell.reach)) return null;
  if (check !== undefined && isToBeOpened(check)) return { kind: 'plan' };
  const firewall = record.facts.find(({ server }) => server === way.to)?.firewall;
  if (record.plan.firewall.manage || firewall === undefined || !firewall.isActive || firewall.kind === 'none')
    return { kind: 'somebodyElse' };
  return { kind: 'planIfAllowed', firewall: firewall.kind };
}

/** The firewall that a server's check wants to be managed, where Triad may not do so yet; else null. */
export function firewallToManage(check: CheckResult, { plan, facts }: RunRecord): Exclude<FirewallKind, 'none'> | null {
  const { subject, remedy } = check;
  if (plan.firewall.manage || subject.kind !== 'server' || remedy?.code !== 'check.server.firewall.remedy') return null;
  const kind = facts.find(({ server }) => server === subject.server)?.firewall.kind;
  return kind === undefined || kind === 'none' ? null : kind;
}

/** Whether a check found folders that Microsoft Defender scans, where the plan does not exclude them yet and the cluster is Triad's. */
export function canBeExcluded({ remedy }: CheckResult, { plan }: RunRecord): boolean {
  const isScanned = remedy !== null && /^check\.server\.windowsDefender\.(?:protected\.)?remedy$/u.test(remedy.code);
  return isScanned && plan.defenderExclusions === undefined && plan.adopted !== true;
}
