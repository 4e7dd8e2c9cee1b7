import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../electron/shared/domain/failure.ts';
import { previewPlan } from '../../../electron/shared/domain/previewPlan.ts';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import { isFaultIn } from '../../../electron/shared/domain/liveTrial.ts';
import { isInjected } from '../../../electron/shared/domain/markMessage.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { laterBy } from '../../../electron/shared/domain/timeOfDay.ts';
import { triedVerdict } from '../../../electron/shared/domain/triedServers.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useOtherRun, useRun, type RunState } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { useCurrentTest, useTried } from '../../state/tried.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { OpenFields } from '../../widgets/OpenFields.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { Said } from '../../widgets/Said.tsx';
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { sayTried } from '../../widgets/triedWords.ts';
import { textOf, useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { clusterAfter, type ClusterStanding } from './clusterAfter.ts';
import { LiveTest } from './LiveTest.tsx';
import { choiceAtFirst, Setup, type Choice } from './Setup.tsx';
import { TrialResult } from './TrialResult.tsx';
import { TrialStates } from './TrialStates.tsx';
import classes from './failover.module.css';

/** Step 8: loses servers on purpose and shows what clients notice. */
export function FailoverStep(): ReactNode {
  const runId = useCurrentTest();
  const run = useRun(runId);
  /** Whether another test is being prepared although there has been one. */
  const [isAgain, setAgain] = useState(false);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const isSetup = run.status !== 'active' && (isAgain || run.status === 'none');
  return isSetup ? (
    <SetupScreen
      failure={isAgain ? null : run.failure}
      needsName={run.record?.failure?.code === 'failover.holdsKeys'}
      onStarted={(servers) => {
        setChosen(servers);
        setAgain(false);
      }}
    />
  ) : (
    <TestScreen
      run={run}
      chosen={chosen}
      onAgain={() => {
        setAgain(true);
      }}
    />
  );
}

/** What the button says: the loss of a server by its own name, everything else as a trial. */
function startLabel({ victims, scenario }: Choice): string {
  const isLoss = scenario === 'serverLost';
  if (victims.kind === 'all') return textOf(isLoss ? 'window.failover.startAll' : 'window.failover.tryAll');
  return textOf(isLoss ? 'window.failover.startOne' : 'window.failover.tryOne', { server: victims.server });
}

function SetupScreen({
  failure,
  needsName,
  onStarted,
}: {
  /** Why the last test cannot be shown. */
  readonly failure: Failure | null;
  readonly needsName: boolean;
  readonly onStarted: (servers: readonly string[]) => void;
}): ReactNode {
  const text = useText();
  const { reading } = useDraft();
  const other = useOtherRun();
  const goTo = useSession((session) => session.goTo);
  const tried = useTried();
  const plan = reading.ok ? previewPlan(reading.spec) : null;
  const preset = reading.ok ? reading.spec.failoverTest : undefined;
  const [choice, setChoice] = useState(() => choiceAtFirst(plan, preset));
  const { victims, scenario, also, typed } = choice;
  const label = startLabel(choice);

  async function start(): Promise<void> {
    const servers = victims.kind === 'all' ? [] : [victims.server];
    const started = await startRun('failoverTest', {
      servers,
      scenario,
      ...(also.length === 0 ? {} : { measures: ['application' as const, ...also] }),
      ...(needsName ? { namedCluster: typed.trim() } : {}),
    });
    if (started !== null) onStarted(victims.kind === 'all' ? (plan?.servers.map(({ name }) => name) ?? []) : servers);
  }

  function primary(): StepAction {
    const why =
      plan === null
        ? text('window.failover.incomplete')
        : other !== null
          ? text('window.run.other.why')
          : needsName && typed.trim() !== plan.cluster
            ? text('window.failover.name.why')
            : choice.isAgreed
              ? null
              : text('window.failover.consent.why');
    return { label, onPress: start, isDanger: true, ...(why === null ? {} : { isDisabled: true, why }) };
  }

  return (
    <StepFrame
      title={text('window.failover.title')}
      lead={text('window.failover.lead')}
      primary={primary()}
      secondary={[
        {
          label: text('window.failover.skip'),
          onPress: () => {
            goTo('report');
          },
        },
      ]}
    >
      <OtherRunNotice other={other} />
      {failure === null ? null : <FailurePanel failure={failure} />}
      {plan === null ? (
        <OpenFields title={text('window.failover.open.title')} />
      ) : (
        <Setup plan={plan} choice={choice} tried={tried} needsName={needsName} preset={preset} onChange={setChoice} />
      )}
    </StepFrame>
  );
}

function TestScreen({
  run,
  chosen,
  onAgain,
}: {
  readonly run: RunState;
  readonly chosen: readonly string[] | null;
  readonly onAgain: () => void;
}): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const tried = useTried();
  const { record, live, status } = run;
  const isGoing = status === 'active';
  const wasInjected = run.log.some((line) => isInjected(line.text));
  const standing = record === null || isGoing ? null : clusterAfter(record, wasInjected);
  const toReport = (): void => {
    goTo('report');
  };

  function secondary(): readonly StepAction[] {
    if (!isGoing) return [{ label: text('window.failover.again'), onPress: onAgain }];
    // While a server is down the way out is large and beside it.
    if (live.trial !== null && isFaultIn(live.trial)) return [];
    return [{ label: text('window.failover.stop'), onPress: run.cancel, isBusy: run.isCancelling }];
  }

  return (
    <StepFrame
      title={text('window.failover.title')}
      lead={<Lead run={run} />}
      secondary={secondary()}
      {...(isGoing ? {} : { primary: { label: text('window.failover.toReport'), onPress: toReport } })}
    >
      <Stack gap="lg">
        {run.failure === null ? null : <FailurePanel failure={run.failure} />}
        {record === null ? <Loading what={text('window.failover.preparing')} /> : null}
        {record === null || record.failure === null || record.wasAborted ? null : <RunFailure failure={record.failure} />}
        {record === null ? null : <TrialStates record={record} current={live.trial?.server ?? null} chosen={chosen} tried={tried} />}
        {record === null || isGoing || triedVerdict(tried)?.isWhole !== false ? null : <Text>{sayTried(tried)}</Text>}
        {standing === null || record === null ? null : <Standing standing={standing} record={record} />}
        {record === null ? null : <Notes record={record} />}
        {record !== null && isGoing ? <LiveTest run={run} record={record} onHeal={() => void run.cancel().catch(() => undefined)} /> : null}
        {record?.trials.map((trial) => (
          <TrialResult key={trial.startedAt} trial={trial} plan={record.plan} isOpen={!isGoing && record.trials.length === 1} />
        ))}
        {record === null ? null : (
          <Fold summary={text('window.log.label')} isPlain>
            <LogView lines={run.log} />
          </Fold>
        )}
      </Stack>
    </StepFrame>
  );
}

function Lead({ run }: { readonly run: RunState }): ReactNode {
  const text = useText();
  const { record, status } = run;
  if (status === 'active') return text(run.isCancelling ? 'window.failover.lead.stopping' : 'window.failover.lead.active');
  if (status === 'interrupted') return text('window.failover.lead.interrupted');
  if (record === null) return text('window.failover.lead');
  return (
    <Group gap="xs" align="baseline" wrap="nowrap">
      <VerdictMark verdict={record.verdict ?? 'unknown'} />
      <span>{sentenceOf(record)}</span>
    </Group>
  );
}

function sentenceOf(record: RunRecord): string {
  return storyOf(record, record.verdict ?? 'unknown', toleranceAfter(record));
}

function Standing({ standing, record }: { readonly standing: ClusterStanding; readonly record: RunRecord }): ReactNode {
  const text = useText();
  const isWell = standing.kind === 'asPlanned' || standing.kind === 'untouched' || standing.kind === 'returned';
  const Symbol = isWell ? IconInfoCircle : IconAlertTriangle;
  return (
    <section className={classes['standing']} data-well={isWell} aria-label={text('window.failover.state')}>
      <Symbol size="1.25rem" aria-hidden />
      <div>
        <Text fw={600}>{text('window.failover.state')}</Text>
        <Text>
          {standing.kind === 'serverDown' || standing.kind === 'serverOff'
            ? text(`window.failover.state.${standing.kind}`, { server: standing.server })
            : text(`window.failover.state.${standing.kind}`)}
        </Text>
        <SeenAt at={record.finishedAt ?? laterBy(record.startedAt, record.durationMs)} />
      </div>
    </section>
  );
}

/** What the test warns of, but for the roles: how the cluster stands says that better. */
function Notes({ record }: { readonly record: RunRecord }): ReactNode {
  const notes = record.notes.filter(({ level, message }) => level !== 'info' && !message.code.startsWith('cluster.rolesNotAsPlanned'));
  if (notes.length === 0) return null;
  return (
    <ul className={classes['notes']}>
      {notes.map((note) => (
        <li key={`${note.atMs} ${note.message.code}`}>
          <VerdictMark verdict={note.level === 'error' ? 'fail' : 'warn'} />
          <span>
            <Said>{say(note.message)}</Said>
          </span>
        </li>
      ))}
    </ul>
  );
}
