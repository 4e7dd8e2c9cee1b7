import { Group, NativeSelect, Tabs, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import type { TriedServer } from '../../../electron/shared/domain/triedServers.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { useDraft } from '../../state/draft.ts';
import { useRun } from '../../state/runs.ts';
import { useTried } from '../../state/tried.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { sayTried } from '../../widgets/triedWords.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ConnectPanel } from './ConnectPanel.tsx';
import { NextPanel } from './NextPanel.tsx';
import { firstReport, minuteOf, reportedRuns, type ReportedRun } from './reportRuns.ts';
import { ReportPanel } from './ReportPanel.tsx';
import classes from './report.module.css';

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
  const finish = { label: text('window.report.finish'), onPress: goHome };

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
    <StepFrame title={title()} lead={record === null || isValidating ? null : <About record={record} tried={tried} />} primary={finish}>
      {isValidating ? <Loading what={running} /> : null}
      {run.failure === null ? null : <FailurePanel failure={run.failure} />}
      <Tabs value={tab} onChange={setTab} keepMounted={false} classNames={{ panel: classes['tab'] ?? '' }}>
        <div className={classes['tabs']}>
          <Tabs.List className={classes['tabList'] ?? ''}>
            {(['report', 'connect', 'next'] as const).map((name) => (
              <Tabs.Tab key={name} value={name}>
                {text(`window.report.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <div className={classes['which']}>
            <NativeSelect
              size="xs"
              aria-label={text('window.report.which')}
              value={runId}
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
          </div>
        </div>
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

/** What the run was; below it what all tests together have proved, so that a test of one server hides none before it. */
function About({ record, tried }: { readonly record: RunRecord; readonly tried: readonly TriedServer[] }): ReactNode {
  const text = useText();
  return (
    <Group gap="md" className={classes['about'] ?? ''}>
      <VerdictMark verdict={record.verdict ?? 'unknown'} />
      <Text c="dimmed">
        {text('window.report.about', { task: text(`window.report.workflow.${record.workflow}`), at: minuteOf(record.startedAt) })}
      </Text>
      {record.workflow === 'check' || record.workflow === 'remove' ? null : (
        <Text>{text('window.report.tried', { tried: sayTried(tried) })}</Text>
      )}
    </Group>
  );
}
