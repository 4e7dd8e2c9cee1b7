import { Code, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { seenAtOf } from '../../../electron/shared/domain/checkAgain.ts';
import { openingRulesOf } from '../../../electron/shared/domain/firewallRuleText.ts';
import type { PortMatrix } from '../../../electron/shared/domain/matrix.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import type { MatrixWay } from '../../../electron/shared/figures/matrixMoves.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { saySubject } from '../../../electron/shared/messages/subjectWords.ts';
import { proofOf, sayRemedyWithoutRules } from '../../widgets/checkWords.ts';
import { Said } from '../../widgets/Said.tsx';
import { KeptFrom } from '../../widgets/SeenAt.tsx';
import { RuleBox } from '../../widgets/RuleBox.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { cellOfWay, checkOfWay, whoOpens } from './checkFindings.ts';
import { LetOpen } from './LetOpen.tsx';
import { RunAgain, type RunAgainWay } from './RunAgain.tsx';
import classes from './reachability.module.css';

/** What the detail of a way takes. */
export interface WayDetailProps {
  readonly record: RunRecord;
  readonly matrix: PortMatrix;
  readonly way: MatrixWay;
  readonly onLetOpen: (() => Promise<void>) | null;
  readonly runAgain: RunAgainWay;
}

/** One way: what answered, what that means, who opens it, the exact rule, the evidence. */
export function WayDetail({ record, matrix, way, onLetOpen, runAgain }: WayDetailProps): ReactNode {
  const text = useText();
  const check = checkOfWay(record, way);
  const cell = cellOfWay(matrix, way);
  const who = whoOpens(record, way);
  const [rule] = who === null || who.kind === 'plan' ? [] : openingRulesOf([way], record.plan);
  const letOpen = who === null ? null : <LetOpen who={who} server={way.to} onLetOpen={onLetOpen} />;
  const evidence = cell?.evidence === '' ? check?.evidence : cell?.evidence;
  const name = saySubject({ kind: 'pair', ...way });
  return (
    <section className={classes['way']} aria-label={name}>
      <Group justify="space-between" gap="sm">
        <Title order={3}>{name}</Title>
        {cell === undefined ? null : (
          <VerdictMark
            verdict={check?.verdict ?? 'unknown'}
            label={text('window.reachability.way.reach', {
              reach: text(`report.reach.${cell.reach}`),
              // Before the installation something of ours listened there: that nothing did is not the reason.
              what:
                cell.reach === 'refused' && matrix.measuredOn === 'listeners'
                  ? text('window.reachability.way.rejected')
                  : text(`report.reach.${cell.reach}.what`),
              duration: formatDuration(cell.durationMs),
            })}
          />
        )}
      </Group>
      {check === undefined ? null : (
        <span className={classes['said']}>
          <Said>{check.verdict === 'pass' ? proofOf(check, record) : say(check.observed)}</Said>
        </span>
      )}
      {who?.kind === 'planIfAllowed' ? letOpen : null}
      {check === undefined || check.remedy === null || who?.kind === 'plan' ? null : (
        <span className={classes['said']}>
          <Said>{sayRemedyWithoutRules(check.remedy)}</Said>
        </span>
      )}
      {who?.kind === 'planIfAllowed' ? null : letOpen}
      {rule === undefined ? null : <RuleBox rule={rule} tool={who?.kind === 'planIfAllowed' ? who.firewall : null} />}
      {check === undefined ? null : <RunAgain checks={[check]} way={runAgain} />}
      {check === undefined || check.isKept !== true ? null : <KeptFrom at={seenAtOf(check, record)} />}
      {check === undefined || check.verdict === 'pass' ? null : (
        <Text size="sm" c="dimmed">
          {text('window.check.expected', { expected: say(check.expected) })}
        </Text>
      )}
      {evidence === undefined || evidence === '' ? null : (
        <details className={classes['evidence']}>
          <summary>{text('window.failure.evidence')}</summary>
          <Code block>{evidence}</Code>
        </details>
      )}
    </section>
  );
}
