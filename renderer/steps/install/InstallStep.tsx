import { Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useOtherRun, useRun, type RunState } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { Empty } from '../../widgets/Empty.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useElapsed } from '../../widgets/useElapsed.ts';
import { useText } from '../../widgets/useText.ts';
import { CellDetail } from './CellDetail.tsx';
import { DoneAndOpen } from './DoneAndOpen.tsx';
import { brokenCell, currentPhase, type LaneCell } from './lanes.ts';
import { Lanes } from './Lanes.tsx';
import { VerifiedCluster } from './VerifiedCluster.tsx';

/** How an installation stands, as the screen tells it. */
type Standing = 'none' | 'active' | 'stopping' | 'done' | 'stopped' | 'failed' | 'interrupted';

function standingOf(run: RunState): Standing {
  const { record } = run;
  if (run.status === 'none') return 'none';
  if (run.status === 'interrupted') return 'interrupted';
  if (run.status === 'active' || record === null) return run.isCancelling ? 'stopping' : 'active';
  if (record.wasAborted) return 'stopped';
  return record.failure === null && record.verdict !== 'fail' && record.verdict !== 'unknown' ? 'done' : 'failed';
}

/** Step 7: the installation as it goes on, and the cluster at its end. */
export function InstallStep(): ReactNode {
  const text = useText();
  const { draft } = useDraft();
  const goTo = useSession((session) => session.goTo);
  const run = useRun(draft.runs.install);
  const other = useOtherRun();
  const [chosen, setChosen] = useState<{ readonly runId: string | null; readonly cell: LaneCell | null } | null>(null);
  const standing = standingOf(run);
  const isGoingOn = standing === 'active' || standing === 'stopping';
  const { record } = run;
  const broken = record === null || isGoingOn ? null : brokenCell(record);
  // What broke opens itself, until somebody looks at something else.
  const selected = chosen !== null && chosen.runId === draft.runs.install ? chosen.cell : broken;
  const select = (cell: LaneCell | null): void => {
    setChosen({ runId: draft.runs.install, cell });
  };

  async function again(): Promise<void> {
    setChosen(null);
    await startRun('install', { reviewed: draft.runs.plan });
  }

  return (
    <StepFrame
      title={text('window.install.title')}
      lead={<Lead run={run} standing={standing} />}
      primary={primaryAction()}
      secondary={secondaryActions()}
    >
      <Stack gap="lg">
        <OtherRunNotice other={other} />
        {standing === 'none' ? <Empty title={text('window.install.empty')} lead={text('window.install.empty.lead')} /> : null}
        {run.failure === null ? null : <RunFailure failure={run.failure} />}
        {standing === 'interrupted' && record !== null ? (
          <Notice level="warn" title={text('window.install.interrupted.title', { phase: phaseWords(record) })}>
            {text('window.install.interrupted')}
          </Notice>
        ) : null}
        {record === null && isGoingOn && run.failure === null ? <Loading what={text('window.install.starting')} atMostMs={15_000} /> : null}
        {record === null ? null : <Body record={record} run={run} standing={standing} selected={selected} onSelect={select} />}
      </Stack>
    </StepFrame>
  );

  function primaryAction(): StepAction {
    const toReview = (label: string): StepAction => ({
      label,
      onPress: () => {
        goTo('review');
      },
    });
    switch (standing) {
      case 'none':
        return toReview(text('window.install.review'));
      case 'active':
      case 'stopping':
        return {
          label: text(standing === 'active' ? 'window.install.running' : 'window.install.stopping'),
          onPress: () => undefined,
          isBusy: true,
        };
      case 'done':
        return {
          label: text('window.install.toFailover'),
          onPress: () => {
            goTo('failover');
          },
        };
      case 'stopped':
      case 'failed':
      case 'interrupted':
        // Without a plan nobody has reviewed what would be done now: the settings were changed.
        if (draft.runs.plan === null) return toReview(text('window.install.reviewAgain'));
        return {
          label: text(standing === 'failed' ? 'window.install.retry' : 'window.install.goOn'),
          onPress: again,
          ...(other === null ? {} : { isDisabled: true, why: text('window.run.other.why') }),
        };
    }
  }

  function secondaryActions(): readonly StepAction[] {
    switch (standing) {
      case 'active':
        return [{ label: text('window.install.stop'), onPress: run.cancel, isDanger: true, why: text('window.install.stop.what') }];
      case 'done':
        return [
          {
            label: text('window.install.toReport'),
            onPress: () => {
              goTo('report');
            },
          },
        ];
      case 'stopped':
      case 'failed':
      case 'interrupted':
        return draft.runs.plan === null
          ? []
          : [
              {
                label: text('window.install.reviewAgain'),
                onPress: () => {
                  goTo('review');
                },
              },
            ];
      case 'none':
      case 'stopping':
        return [];
    }
  }
}

function phaseWords(record: RunRecord): string {
  const phase = currentPhase(record);
  return phase === null ? '–' : titleOf('phase', phase);
}

function Lead({ run, standing }: { readonly run: RunState; readonly standing: Standing }): ReactNode {
  const text = useText();
  const { record } = run;
  const elapsedMs = useElapsed(run, standing === 'active' || standing === 'stopping');
  if (standing === 'none' || record === null) return text('window.install.lead');
  const duration = formatDuration(record.durationMs);
  switch (standing) {
    case 'active':
      return text('window.install.lead.active', { phase: phaseWords(record), elapsed: formatDuration(Math.floor(elapsedMs / 100) * 100) });
    case 'stopping':
      return text('window.install.lead.stopping');
    case 'done':
      return record.appliedChanges.length === 0 && record.clusterCommands.length === 0
        ? text('window.install.lead.nothing', { cluster: record.cluster, duration })
        : text('window.install.lead.done', { cluster: record.cluster, duration });
    case 'stopped':
      return text('window.install.lead.stopped', { phase: phaseWords(record), duration });
    case 'failed':
      return text('window.install.lead.failed', { phase: phaseWords(record), duration });
    case 'interrupted':
      return text('window.install.lead.interrupted');
  }
}

interface BodyProps {
  readonly record: RunRecord;
  readonly run: RunState;
  readonly standing: Standing;
  readonly selected: LaneCell | null;
  readonly onSelect: (cell: LaneCell | null) => void;
}

function Body({ record, run, standing, selected, onSelect }: BodyProps): ReactNode {
  const text = useText();
  const isGoingOn = standing === 'active' || standing === 'stopping';
  const isBroken = standing === 'stopped' || standing === 'failed' || standing === 'interrupted';
  const detail =
    selected === null ? null : (
      <CellDetail
        key={`${selected.phase} ${selected.server ?? ''}`}
        record={record}
        log={run.log}
        cell={selected}
        isGoingOn={isGoingOn}
        onClose={() => {
          onSelect(null);
        }}
      />
    );
  return (
    <>
      {standing === 'done' && record.views.after !== null ? <VerifiedCluster record={record} view={record.views.after} /> : null}
      {/* What broke stands before everything else. */}
      {isBroken ? detail : null}
      {isBroken ? <DoneAndOpen record={record} /> : null}
      <Lanes record={record} live={run.live} isGoingOn={isGoingOn} selected={selected} onSelect={onSelect} />
      {isBroken ? null : detail}
      <Fold summary={text('window.install.log')}>
        <LogView lines={run.log} />
      </Fold>
    </>
  );
}
