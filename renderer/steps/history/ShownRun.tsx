import { Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HistoryEntry } from '../../../electron/shared/contract/procedures.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { useRun } from '../../state/runs.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { Notice } from '../../widgets/Notice.tsx';
import { ReportPanel } from '../../widgets/ReportPanel.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { RunStanding } from './RunStanding.tsx';

/** One run of the history: its report, or for one without an end what its journal tells. */
export function ShownRun({ entry, onBack }: { readonly entry: HistoryEntry; readonly onBack: () => void }): ReactNode {
  const text = useText();
  // Stays on the log that somebody reads until the report is asked for.
  const [wasGoingOn] = useState(entry.finishedAt === null);
  const [isReportWanted, setReportWanted] = useState(!wasGoingOn);
  const title = text('window.history.report', { what: text(`window.report.workflow.${entry.workflow}`), when: minuteOf(entry.startedAt) });
  const hasEnded = entry.finishedAt !== null;
  const back = { label: text('window.history.back'), onPress: onBack };
  if (hasEnded && isReportWanted)
    return (
      <StepFrame title={title} lead={<RunStanding entry={entry} />} primary={back} onBack={onBack} isTall>
        <ReportPanel runId={entry.runId} />
      </StepFrame>
    );
  return (
    <StepFrame
      title={title}
      lead={<RunStanding entry={entry} />}
      primary={
        hasEnded
          ? {
              label: text('window.history.toReport'),
              onPress: () => {
                setReportWanted(true);
              },
            }
          : back
      }
      onBack={onBack}
    >
      <Journal entry={entry} />
    </StepFrame>
  );
}

function Journal({ entry }: { readonly entry: HistoryEntry }): ReactNode {
  const text = useText();
  const run = useRun(entry.runId);
  const phase = run.record?.phases.findLast(({ outcome }) => outcome === null)?.phase;
  const goesOn = entry.isActive || entry.isElsewhere === true;
  return (
    <Stack gap="md">
      {entry.isInterrupted ? <Notice level="warn">{text('window.history.cut')}</Notice> : null}
      {run.failure === null ? null : <FailurePanel failure={run.failure} />}
      {goesOn && phase !== undefined ? <Loading what={titleOf('phase', phase)} /> : null}
      <Text size="sm" c="dimmed">
        {text('window.history.watching')}
      </Text>
      <LogView lines={run.log} />
    </Stack>
  );
}
