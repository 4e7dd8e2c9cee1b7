import { List, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { lostFailures, lostServersOf } from '../../../electron/shared/domain/lostServers.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject, formatSubject } from '../../../electron/shared/domain/subject.ts';
import { formatTimeOfDay } from '../../../electron/shared/domain/timeOfDay.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useOtherRun, useRun, type RunState } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { Empty } from '../../widgets/Empty.tsx';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { CheckGroups } from './CheckGroups.tsx';
import { findingsOf, type CheckFindings } from './checkFindings.ts';
import { MatrixPanel } from './MatrixPanel.tsx';

/** Logging in may take 15 s, looking and trying all ways a few seconds more. */
const CHECK_AT_MOST_MS = 30_000;

/** Step 5: the prerequisites on each server, and every way between them. */
export function ReachabilityStep(): ReactNode {
  const text = useText();
  const { draft, reading, edit } = useDraft();
  const goTo = useSession((session) => session.goTo);
  const run = useRun(draft.runs.check);
  const other = useOtherRun();
  const [startFailure, setStartFailure] = useState<Failure | null>(null);
  const { record } = run;
  // That checks failed is told by the checks themselves, each with what to do.
  const failure = record === null || record.failure?.code === 'check.failed' ? null : record.failure;
  const findings = record === null ? null : findingsOf(record);
  const lost = record === null ? [] : lostFailures(record);
  const isRunning = run.status === 'active' && run.failure === null;
  const isReady = run.status === 'ended' && failure === null && record?.wasAborted === false && findings?.blockers.length === 0;

  async function check(): Promise<void> {
    setStartFailure(null);
    try {
      await startRun('check');
    } catch (error) {
      setStartFailure(failureOf(error, adminSubject));
    }
  }

  async function letOpen(): Promise<void> {
    edit((one) => ({ ...one, firewall: { ...one.firewall, manage: true } }));
    await check();
  }

  const again = isRunning || other !== null || !reading.ok ? null : check;
  return (
    <StepFrame
      title={text('window.reachability.title')}
      lead={<Lead run={run} findings={findings} isReady={isReady} />}
      primary={primaryAction()}
      secondary={secondaryActions()}
    >
      <Stack gap="xl">
        <OtherRunNotice other={other} />
        {startFailure === null ? null : <FailurePanel failure={startFailure} onRetry={() => void check()} />}
        {run.failure === null ? null : <FailurePanel failure={run.failure} />}
        {failure === null ? null : (
          <RunFailure failure={failure} onRetry={() => void check()} retryLabel={text('window.reachability.checkAgain')} />
        )}
        {lost.map((one) => (
          <RunFailure
            key={formatSubject(one.subject)}
            failure={one}
            {...(again === null ? {} : { onRetry: () => void check(), retryLabel: text('window.reachability.checkAgain') })}
          />
        ))}
        {run.status === 'none' ? <WhatItDoes /> : null}
        {isRunning ? <Loading what={doing(record) ?? text('window.reachability.connecting')} atMostMs={CHECK_AT_MOST_MS} /> : null}
        {record === null || findings === null ? null : (
          <>
            <MatrixPanel record={record} findings={findings} onLetOpen={again === null ? null : letOpen} />
            {record.checks.length === 0 ? null : (
              <CheckGroups record={record} groups={findings.groups} onCheckAgain={again} onLetOpen={again === null ? null : letOpen} />
            )}
          </>
        )}
      </Stack>
    </StepFrame>
  );

  function primaryAction(): StepAction {
    if (isReady) {
      return {
        label: text('window.reachability.review'),
        onPress: () => {
          goTo('review');
        },
      };
    }
    const label = run.status === 'none' ? text('window.reachability.check') : text('window.reachability.checkAgain');
    if (isRunning) return { label: text('window.reachability.checking'), onPress: () => undefined, isBusy: true };
    if (!reading.ok) return { label, onPress: () => undefined, isDisabled: true, why: text('window.reachability.incomplete') };
    if (other !== null) return { label, onPress: () => undefined, isDisabled: true, why: text('window.run.other.why') };
    return { label, onPress: check };
  }

  function secondaryActions(): readonly StepAction[] {
    if (isRunning) return [{ label: text('window.reachability.stop'), onPress: run.cancel, isBusy: run.isCancelling }];
    return isReady ? [{ label: text('window.reachability.checkAgain'), onPress: check }] : [];
  }
}

/** The phase that runs now, in words. */
function doing(record: RunRecord | null): string | null {
  const phase = record?.phases.findLast(({ outcome }) => outcome === null)?.phase;
  return phase === undefined ? null : titleOf('phase', phase);
}

function Lead({
  run,
  findings,
  isReady,
}: {
  readonly run: RunState;
  readonly findings: CheckFindings | null;
  readonly isReady: boolean;
}): ReactNode {
  const text = useText();
  const { record, status } = run;
  if (record === null || findings === null || status === 'none') return text('window.reachability.lead');
  if (status === 'active') return text('window.reachability.lead.active', { count: record.checks.length });
  if (status === 'interrupted') return text('window.reachability.lead.interrupted');
  if (record.wasAborted) return text('window.reachability.lead.stopped');
  if (record.failure !== null && record.failure.code !== 'check.failed') return text('window.reachability.lead.failed');
  const lost = lostServersOf(record.checks, ({ subject }) => subject);
  if (lost.length > 0) return text('window.reachability.lead.lost', { servers: listNames(lost) });
  const count = findings.blockers.length;
  if (count > 1 && findings.blockers.every(({ subject }) => subject.kind === 'pair'))
    return text('window.reachability.lead.blockedWays', { count });
  if (count > 0) return count === 1 ? text('window.reachability.lead.blockedOne') : text('window.reachability.lead.blocked', { count });
  const values = { count: record.checks.length, time: formatTimeOfDay(record.finishedAt ?? record.startedAt) };
  const opened = findings.openings.length;
  if (isReady && opened > 0) return text('window.reachability.lead.readyWithOpenings', { ...values, opened });
  return text('window.reachability.lead.ready', values);
}

/** Before the first check: what it does, and that it leaves nothing behind. */
function WhatItDoes(): ReactNode {
  const text = useText();
  return (
    <Empty title={text('window.reachability.empty')}>
      <List maw="40rem" spacing={6}>
        <List.Item>{text('window.reachability.empty.servers')}</List.Item>
        <List.Item>{text('window.reachability.empty.ways')}</List.Item>
        <List.Item>{text('window.reachability.empty.nothing')}</List.Item>
      </List>
      <Text c="dimmed">{text('window.reachability.empty.time')}</Text>
    </Empty>
  );
}
