import { List, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { canBeRepeatedInPart, seenAtOf, type CheckChoice } from '../../../electron/shared/domain/checkAgain.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { lostFailures, lostServersOf } from '../../../electron/shared/domain/lostServers.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject, formatSubject } from '../../../electron/shared/domain/subject.ts';
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
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { CheckGroups } from './CheckGroups.tsx';
import { findingsOf, type CheckFindings } from './checkFindings.ts';
import { MatrixPanel } from './MatrixPanel.tsx';
import type { RunAgainWay } from './RunAgain.tsx';

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
  /** What is shown until the first event of a check in part: its choice, and the keyboard's place, must not be lost. */
  const [earlier, setEarlier] = useState<RunRecord | null>(null);
  const record = run.record ?? (run.status === 'active' ? earlier : null);
  // That checks failed is told by the checks themselves, each with what to do.
  const failure = record === null || record.failure?.code === 'check.failed' ? null : record.failure;
  const findings = record === null ? null : findingsOf(record);
  const lost = record === null ? [] : lostFailures(record);
  const isRunning = run.status === 'active' && run.failure === null;
  const isReady = run.status === 'ended' && failure === null && record?.wasAborted === false && findings?.blockers.length === 0;

  async function check(choice: CheckChoice | null = null): Promise<void> {
    setStartFailure(null);
    setEarlier(choice === null ? null : record);
    try {
      await startRun('check', choice === null || record === null ? {} : { again: { run: record.runId, choice } });
    } catch (error) {
      setStartFailure(failureOf(error, adminSubject));
    }
  }

  async function letOpen(): Promise<void> {
    edit((one) => ({ ...one, firewall: { ...one.firewall, manage: true } }));
    await check();
  }

  async function exclude(): Promise<void> {
    edit((one) => ({ ...one, windows: { ...one.windows, defenderExclusions: 'add' } }));
    await check();
  }

  const checkAll = async (): Promise<void> => check();
  const checkFailed = async (): Promise<void> => check('failed');
  const isFree = !isRunning && other === null && reading.ok;
  const again = isFree ? checkAll : null;
  const canRepeatPart = record !== null && canBeRepeatedInPart(record);
  const whyNot = whyNotInPart();
  const runAgain: RunAgainWay =
    whyNot === null ? { run: async (checks) => check(checks.map(({ id, subject }) => ({ id, subject }))) } : { why: whyNot };
  return (
    <StepFrame
      title={text('window.reachability.title')}
      lead={
        <>
          <Lead run={run} record={record} findings={findings} isReady={isReady} />
          {record === null || run.status === 'active' ? null : <Seen record={record} />}
        </>
      }
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
            <MatrixPanel record={record} findings={findings} onLetOpen={again === null ? null : letOpen} runAgain={runAgain} />
            {record.checks.length === 0 ? null : (
              <CheckGroups
                record={record}
                groups={findings.groups}
                runAgain={runAgain}
                onLetOpen={again === null ? null : letOpen}
                onExclude={again === null ? null : exclude}
              />
            )}
          </>
        )}
      </Stack>
    </StepFrame>
  );

  /** Why no part of the check can be looked at again now; null: it can. */
  function whyNotInPart(): string | null {
    if (isRunning) return text('window.reachability.runAgain.busy');
    if (other !== null) return text('window.run.other.why');
    if (!reading.ok) return text('window.reachability.incomplete');
    return canRepeatPart ? null : text('window.reachability.failedAgain.incomplete');
  }

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
    return canRepeatPart ? { label: text('window.reachability.failedAgain'), onPress: checkFailed } : { label, onPress: checkAll };
  }

  function secondaryActions(): readonly StepAction[] {
    if (isRunning) return [{ label: text('window.reachability.stop'), onPress: run.cancel, isBusy: run.isCancelling }];
    if (run.status === 'none' || !isFree) return [];
    const all: StepAction = { label: text('window.reachability.checkAgain'), onPress: checkAll };
    const why = isReady ? text('window.reachability.failedAgain.none') : text('window.reachability.failedAgain.incomplete');
    const failed: StepAction = { label: text('window.reachability.failedAgain'), onPress: () => undefined, isDisabled: true, why };
    if (isReady) return [failed, all];
    // What is not the primary action stands beside it: all after a check that came to its end, nothing but all after another.
    return canRepeatPart ? [all] : [failed];
  }
}

/** When what is shown was seen. */
function Seen({ record }: { readonly record: RunRecord }): ReactNode {
  const [oldest] = record.checks.map((check) => seenAtOf(check, record)).toSorted();
  return (
    <SeenAt
      at={record.finishedAt ?? record.startedAt}
      from={record.adminMachine}
      oldest={record.checks.some((check) => check.isKept === true) ? oldest : undefined}
    />
  );
}

/** The phase that runs now, in words. */
function doing(record: RunRecord | null): string | null {
  const phase = record?.phases.findLast(({ outcome }) => outcome === null)?.phase;
  return phase === undefined ? null : titleOf('phase', phase);
}

function Lead({
  run,
  record,
  findings,
  isReady,
}: {
  readonly run: RunState;
  readonly record: RunRecord | null;
  readonly findings: CheckFindings | null;
  readonly isReady: boolean;
}): ReactNode {
  const text = useText();
  const { status } = run;
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
  const opened = findings.openings.length;
  if (isReady && opened > 0) return text('window.reachability.lead.readyWithOpenings', { opened, count: findings.summary?.ways ?? opened });
  return text('window.reachability.lead.ready', { count: record.checks.length });
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
