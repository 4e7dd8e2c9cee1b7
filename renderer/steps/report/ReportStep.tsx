import { Group, NativeSelect, Tabs, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { useDraft } from '../../state/draft.ts';
import { useRun } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ConnectPanel } from './ConnectPanel.tsx';
import { NextPanel } from './NextPanel.tsx';
import { firstReport, minuteOf, reportedRuns } from './reportRuns.ts';
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
    <StepFrame title={title()} lead={record === null || isValidating ? null : <About record={record} />} primary={finish}>
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
                  task: text(`window.report.workflow.${one.workflow}`),
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

  function title(): string {
    if (isValidating) return running;
    if (record === null) return text('window.report.title.reading');
    return storyOf(record, record.verdict ?? 'unknown', toleranceAfter(record));
  }
}

function About({ record }: { readonly record: RunRecord }): ReactNode {
  const text = useText();
  return (
    <Group gap="md">
      <VerdictMark verdict={record.verdict ?? 'unknown'} />
      <Text c="dimmed">
        {text('window.report.about', { task: text(`window.report.workflow.${record.workflow}`), at: minuteOf(record.startedAt) })}
      </Text>
    </Group>
  );
}
