import { Stack, Text, Title } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { firstWay, isSameWay, moveInMatrix, type MatrixWay } from '../../../electron/shared/figures/matrixMoves.ts';
import { PortMatrix } from '../../../electron/shared/figures/PortMatrix.tsx';
import { say } from '../../../electron/shared/messages/message.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import type { CheckFindings } from './checkFindings.ts';
import type { RunAgainWay } from './RunAgain.tsx';
import { WayDetail } from './WayDetail.tsx';
import classes from './reachability.module.css';

/** What the panel takes. */
export interface MatrixPanelProps {
  readonly record: RunRecord;
  readonly findings: CheckFindings;
  /** Lets Triad manage the firewalls and looks again; null while that cannot be done. */
  readonly onLetOpen: (() => Promise<void>) | null;
  readonly runAgain: RunAgainWay;
}

/** The way that is shown before anybody chose one: the first that forbids to go on. */
function firstBlocked({ blockers }: CheckFindings): MatrixWay | null {
  for (const { subject } of blockers) if (subject.kind === 'pair') return { from: subject.from, to: subject.to, port: subject.port };
  return null;
}

/** The servers whose firewalls close ways that the plan opens. */
function closing(openings: readonly MatrixWay[]): string {
  return [...new Set(openings.map(({ to }) => to))].toSorted().join(', ');
}

/** The matrix as a grid: arrow keys move, Enter and the pointer choose, and the chosen way is told below. */
export function MatrixPanel({ record, findings, onLetOpen, runAgain }: MatrixPanelProps): ReactNode {
  const text = useText();
  const place = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<{ readonly way: MatrixWay | null } | null>(null);
  const [focused, setFocused] = useState<MatrixWay | null>(null);
  const { matrix, summary, openings } = findings;
  if (matrix === null || summary === null) return null;
  const isTried = (way: MatrixWay | null): way is MatrixWay => way !== null && matrix.cells.some((cell) => isSameWay(cell, way));
  const wanted = chosen === null ? firstBlocked(findings) : chosen.way;
  const selected = isTried(wanted) ? wanted : null;
  const tabStop = isTried(focused) ? focused : (selected ?? firstWay(matrix));

  function choose(way: MatrixWay): void {
    setFocused(way);
    setChosen({ way: selected !== null && isSameWay(selected, way) ? null : way });
  }

  function press(event: KeyboardEvent): void {
    if (matrix === null || tabStop === null) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(tabStop);
      return;
    }
    const next = moveInMatrix(matrix, tabStop, event.key);
    if (next === null) return;
    event.preventDefault();
    setFocused(next);
    place.current?.querySelector<SVGGElement>(`[data-way="${next.from} ${next.to} ${next.port}"]`)?.focus();
  }

  return (
    <Stack gap="sm" component="section" aria-labelledby="reachability-ways">
      <Title order={2} id="reachability-ways">
        {text('window.reachability.ways')}
      </Title>
      <Text>{say(summary.summary)}</Text>
      <div className={classes['columns']}>
        <Stack gap="sm" className={classes['picture'] ?? ''}>
          {/* The grid inside has the keyboard's focus; its keys are handled here, where the focus can be moved. */}
          {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div ref={place} className={classes['matrix']} onKeyDown={press}>
            <PortMatrix
              id="reachability-matrix"
              matrix={matrix}
              title={text('report.matrix.title')}
              choice={{ selected, tabStop, onSelect: choose }}
              toBeOpened={(way) => openings.some((one) => isSameWay(one, way))}
            />
          </div>
          {summary.findings.length + openings.length === 0 ? null : (
            <ul className={classes['findings']}>
              {openings.length === 0 ? null : (
                <li>
                  <VerdictMark verdict="warn" isCompact />
                  <span>{text('window.reachability.openings', { count: openings.length, servers: closing(openings) })}</span>
                </li>
              )}
              {summary.findings.map((finding) => (
                <li key={say(finding.text)}>
                  <VerdictMark verdict={finding.verdict} isCompact />
                  <span>{say(finding.text)}</span>
                </li>
              ))}
            </ul>
          )}
        </Stack>
        <div aria-live="polite" className={classes['chosen']}>
          {selected === null ? (
            <Text size="sm" c="dimmed">
              {text('window.reachability.matrix.hint')}
            </Text>
          ) : (
            <WayDetail
              key={`${selected.from} ${selected.to} ${selected.port}`}
              record={record}
              matrix={matrix}
              way={selected}
              onLetOpen={onLetOpen}
              runAgain={runAgain}
            />
          )}
        </div>
      </div>
    </Stack>
  );
}
