import { Button, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { WorkflowId } from '../../electron/shared/domain/events.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import type { OtherRun } from '../state/runs.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { Notice } from './Notice.tsx';
import { useText } from './useText.ts';

/** Whether stopping leaves something half done for the next run to go on with. */
function changesServers(workflow: WorkflowId): boolean {
  return workflow !== 'check' && workflow !== 'plan' && workflow !== 'validate' && workflow !== 'maintenanceStatus';
}

/** Says that a run goes on which no step of this draft shows, and stops it on request; nothing when there is none. */
export function OtherRunNotice({ other }: { readonly other: OtherRun | null }): ReactNode {
  const text = useText();
  const [failure, setFailure] = useState<Failure | null>(null);
  if (other === null) return null;
  const { workflow, run, place } = other;

  async function stop(): Promise<void> {
    setFailure(null);
    try {
      await run.cancel();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  return (
    <Stack gap="xs">
      <Notice level="info" title={text('window.run.other.title', { task: text(`window.report.workflow.${workflow}`) })}>
        {place === null ? text('window.run.other') : text('window.run.other.inPlace', { place: text(`window.step.${place}`) })}{' '}
        {text(changesServers(workflow) ? 'window.run.other.stopChanging' : 'window.run.other.stopLooking')}
      </Notice>
      <Button size="xs" variant="default" w="fit-content" loading={run.isCancelling} onClick={() => void stop()}>
        {text('window.run.other.stop')}
      </Button>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </Stack>
  );
}
