import { Group, NativeSelect, Tabs, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { StepId } from '../../../electron/shared/domain/draft.ts';
import type { WorkflowId } from '../../../electron/shared/domain/events.ts';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import type { TriedServer } from '../../../electron/shared/domain/triedServers.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useRun } from '../../state/runs.ts';
import { useTried } from '../../state/tried.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { ReportPanel } from '../../widgets/ReportPanel.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { sayTried } from '../../widgets/triedWords.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ConnectPanel } from './ConnectPanel.tsx';
import { NextPanel } from './NextPanel.tsx';
import { firstReport, reportedRuns, type ReportedRun } from './reportRuns.ts';
import classes from './report.module.css';

/** The step in which a run is done again. */
const STEP_OF = { check: 'reachability', install: 'install', failoverTest: 'failover' } as const satisfies Partial<
  Record<WorkflowId, StepId>
>;

/** Step 9: the verdict, the report, how clients connect, and what to do next. */
export function ReportStep(): ReactNode {
  const text = useText();
  const runs = useDraft((open) => open.runs);
  const refreshRuns = useDraft((open) => open.refreshRuns);
  const known = useDraft(({ draft }) => draft.runs);
  const goHome = useSession((session) => session.goHome);
  const goTo = useSession((session) => session.goTo);
  const [chosen, setChosen] = useState<string | null>(null);
  const [tab, setTab] = useState<string | null>('report');
  const validation = useRun(known.validate);
  const seen = [useRun(known.install).record, useRun(known.failoverTest).record, validation.record];
  const reported = reportedRuns(runs, seen);
  const runId = chosen ?? firstReport(reported);
  const run = useRun(runId);
  const { record } = run;
  const tried = useTried();
  useEffect(() => {
    refreshRuns().catch(() => undefined); // what was read at the opening of the draft stays
  }, [refreshRuns]);
  // What an older run has seen is no news while a new one looks.
  const isValidating = validation.status === 'active';
  const running = text('window.frame.running', { step: text('window.report.workflow.validate') });
  const finish: StepAction = { label: text('window.report.finish'), onPress: goHome };
  const help = helpFor(record);

  if (runId === null)
    return (
      <StepFrame
        title={text('window.report.title.none')}
        lead={text('window.report.lead.none')}
        primary={{
          label: text('window.report.toTest'),
          onPress: () => {
            goTo('failover');
          },
        }}
      >
        {null}
      </StepFrame>
    );
  return (
    <StepFrame
      title={title()}
      lead={<About record={isValidating ? null : record} tried={tried} which={which(runId)} />}
      primary={help ?? finish}
      secondary={help === null ? [] : [finish]}
      isTall={tab === 'report'}
    >
      {isValidating ? <Loading what={running} /> : null}
      {run.failure === null ? null : <FailurePanel failure={run.failure} />}
      <Tabs
        value={tab}
        onChange={setTab}
        keepMounted={false}
        classNames={{ root: classes['tabsRoot'] ?? '', panel: classes['tab'] ?? '' }}
        data-tall={tab === 'report'}
      >
        <Tabs.List>
          {(['report', 'connect', 'next'] as const).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text(`window.report.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="report">
          <ReportPanel runId={runId} />
        </Tabs.Panel>
        <Tabs.Panel value="connect">
          <ConnectPanel runId={runId} />
        </Tabs.Panel>
        <Tabs.Panel value="next">
          {record === null ? (
            <Loading what={text('window.report.title.reading')} />
          ) : (
            <NextPanel
              record={record}
              onShow={(id) => {
                setChosen(id);
                setTab('report');
              }}
              onStart={() => {
                setChosen(runId);
              }}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </StepFrame>
  );

  /** The reports there are: none that was proved before is out of sight. */
  function which(shown: string): ReactNode {
    return (
      <NativeSelect
        size="xs"
        aria-label={text('window.report.which')}
        value={shown}
        data={reported.map((one) => ({
          value: one.runId,
          label: text('window.report.which.entry', {
            at: minuteOf(one.startedAt),
            task: taskOf(one),
            verdict: text(`report.verdict.${one.verdict ?? 'unknown'}`),
          }),
        }))}
        onChange={(event) => {
          setChosen(event.currentTarget.value);
        }}
      />
    );
  }

  /** Where a verdict is not good, what helps comes first: finishing would leave it so. */
  function helpFor(shown: RunRecord | null): StepAction | null {
    if (shown === null || isValidating) return null;
    const { workflow, verdict } = shown;
    const isOnTab = tab === 'next';
    const toNext: StepAction | null = isOnTab ? null : { label: text('window.report.tab.next'), onPress: () => setTab('next') };
    if (verdict === 'passWithoutTolerance') return toNext;
    if (verdict !== 'fail' && verdict !== 'unknown') return null;
    switch (workflow) {
      case 'check':
      case 'install':
      case 'failoverTest': {
        const step = STEP_OF[workflow];
        return { label: text('window.run.putRight', { step: text(`window.step.${step}`) }), onPress: () => goTo(step) };
      }
      case 'validate':
        return {
          label: text('window.report.validateAgain'),
          onPress: async () => {
            // Its end is the news: what was chosen before would look like its result.
            if ((await startRun('validate')) !== null) setChosen(null);
          },
        };
      case 'plan':
      case 'restoreRoles':
      case 'maintenanceBegin':
      case 'maintenanceEnd':
      case 'maintenanceStatus':
      case 'remove':
        return toNext;
    }
  }

  /** What a run did; a test of one server names it, since the next one is of another. */
  function taskOf({ workflow, trials }: ReportedRun): string {
    const servers = [...new Set(trials.map(({ server }) => server))];
    return workflow === 'failoverTest' && servers.length > 0 && servers.length < tried.length
      ? text('window.report.which.test', { servers: listNames(servers) })
      : text(`window.report.workflow.${workflow}`);
  }

  function title(): string {
    if (isValidating) return running;
    if (record === null) return text('window.report.title.reading');
    return storyOf(record, record.verdict ?? 'unknown', toleranceAfter(record));
  }
}

/** The verdict and which run it is of; below it what all tests together have proved, so that a test of one server hides none before it. */
function About({
  record,
  tried,
  which,
}: {
  readonly record: RunRecord | null;
  readonly tried: readonly TriedServer[];
  readonly which: ReactNode;
}): ReactNode {
  const text = useText();
  const isOfCluster = record !== null && record.workflow !== 'check' && record.workflow !== 'remove';
  return (
    <Group gap="0.25rem 1rem">
      {record === null ? null : <VerdictMark verdict={record.verdict ?? 'unknown'} />}
      {which}
      {isOfCluster ? <Text size="sm">{text('window.report.tried', { tried: sayTried(tried) })}</Text> : null}
    </Group>
  );
}
