import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { experimentalRedisOf } from '../../../electron/shared/domain/experimentalRedis.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { lostFailures, lostServersOf } from '../../../electron/shared/domain/lostServers.ts';
import { missingCommands } from '../../../electron/shared/domain/missingCommands.ts';
import { formatCount } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject, formatSubject } from '../../../electron/shared/domain/subject.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useOtherRun, useRun } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { Empty } from '../../widgets/Empty.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { momentWords } from '../../widgets/age.ts';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { WindowsNotice } from '../../widgets/WindowsNotice.tsx';
import { ClusterChanges } from './ClusterChanges.tsx';
import { ServerChanges } from './ServerChanges.tsx';
import classes from './review.module.css';

/** Logging in may take 15 s, looking a few seconds more. */
const LOOK_AT_MOST_MS = 25_000;

/** What a finished plan asks for, in numbers. */
function totalsOf(record: RunRecord): { readonly changes: number; readonly servers: number; readonly commands: number } {
  return {
    changes: record.plannedChanges.reduce((sum, { changes }) => sum + changes.length, 0),
    servers: record.plannedChanges.filter(({ changes }) => changes.length > 0).length,
    commands: missingCommands(record).length,
  };
}

/** Step 6: everything that an installation would do, before it does any of it. */
export function ReviewStep(): ReactNode {
  const text = useText();
  const { draft, reading, runs } = useDraft();
  const goTo = useSession((session) => session.goTo);
  const run = useRun(draft.runs.plan);
  const other = useOtherRun();
  const nowMs = useNow();
  const [startFailure, setStartFailure] = useState<Failure | null>(null);
  /** The plan that was confirmed: another one, or the same looked at again, needs another confirmation. */
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const { record } = run;
  const runId = draft.runs.plan;
  const isRunning = run.status === 'active' && run.failure === null;
  const isComplete = run.status === 'ended' && record !== null && record.failure === null && !record.wasAborted;
  /** Servers that could not be looked at: what would be done there nobody knows, so nothing can be confirmed. */
  const lost = isComplete ? lostFailures(record) : [];
  const installing = runs.find(({ workflow, isActive }) => workflow === 'install' && isActive);
  /** Something was installed since: what stands here is what was to be done then. */
  const isOutdated = record !== null && runs.some(({ workflow, startedAt }) => workflow === 'install' && startedAt > record.startedAt);
  const hasBegun = useRef(false);

  async function look(): Promise<void> {
    setStartFailure(null);
    setConfirmed(null);
    setSavedAs(null);
    try {
      await startRun('plan');
    } catch (error) {
      setStartFailure(failureOf(error, adminSubject));
    }
  }

  // Looking changes nothing, so it waits for no further press.
  useEffect(() => {
    if (hasBegun.current || runId !== null || other !== null || !reading.ok) return;
    hasBegun.current = true;
    void look();
  });

  async function install(): Promise<void> {
    if (record === null || runId === null) return;
    // The run asks again only when it finds something else to do than what was reviewed here.
    const started = await startRun('install', { reviewed: runId });
    if (started !== null) goTo('install');
  }

  async function save(): Promise<void> {
    if (runId === null) return;
    const file = await call('plans.export', runId);
    setSavedAs(file?.name ?? null);
  }

  return (
    <StepFrame title={text('window.review.title')} lead={lead()} primary={primaryAction()} secondary={secondaryActions()}>
      <Stack gap="lg">
        <OtherRunNotice other={other} />
        {startFailure === null ? null : <RunFailure failure={startFailure} onRetry={() => void look()} />}
        {run.failure === null ? null : <RunFailure failure={run.failure} />}
        {record === null || record.failure === null ? null : (
          <RunFailure failure={record.failure} onRetry={() => void look()} retryLabel={text('window.review.lookAgain')} />
        )}
        {lost.map((one) => (
          <RunFailure
            key={formatSubject(one.subject)}
            failure={one}
            onRetry={() => void look()}
            retryLabel={text('window.review.lookAgain')}
          />
        ))}
        {runId === null && startFailure === null ? (
          <Empty title={text('window.review.empty')} lead={text(reading.ok ? 'window.review.empty.lead' : 'window.review.incomplete')} />
        ) : null}
        {isRunning ? <Loading what={text('window.review.looking')} atMostMs={LOOK_AT_MOST_MS} /> : null}
        {isComplete && isOutdated ? (
          <Notice level="info">{text(installing === undefined ? 'window.review.outdated' : 'window.review.installing')}</Notice>
        ) : null}
        {isComplete ? <WindowsNotice servers={record.plan.servers} /> : null}
        {isComplete ? experimentNotice(record) : null}
        {isComplete ? <Plan record={record} /> : null}
        {isComplete && !isOutdated && lost.length === 0 ? confirmation(record) : null}
      </Stack>
    </StepFrame>
  );

  function experimentNotice({ plan }: RunRecord): ReactNode {
    const experiment = experimentalRedisOf(plan);
    return experiment === null ? null : <Notice level="warn">{text('windowsArchive.experimental', { name: experiment.name })}</Notice>;
  }

  function lead(): string {
    if (record === null || !isComplete) return text('window.review.lead');
    if (lost.length > 0)
      return text('window.review.lead.lost', { servers: listNames(lostServersOf(record.checks, ({ subject }) => subject)) });
    const { changes, servers, commands } = totalsOf(record);
    const moment = momentWords(record.startedAt, nowMs);
    if (changes === 0 && commands === 0) return text('window.review.lead.nothing', { moment });
    if (changes === 0) return text('window.review.lead.commands', { commands: formatCount(commands), moment });
    if (servers === record.plan.servers.length) return text('window.review.lead.changesAll', { changes: formatCount(changes), moment });
    return text('window.review.lead.changes', { changes: formatCount(changes), servers, moment });
  }

  function confirmation(shown: RunRecord): ReactNode {
    const { changes, commands } = totalsOf(shown);
    if (changes === 0 && commands === 0) return null;
    const servers = shown.plan.servers.map(({ name }) => name).join(', ');
    return (
      <Stack gap="sm">
        {draft.runs.check === null ? <Notice level="info">{text('window.review.notChecked')}</Notice> : null}
        {savedAs === null ? null : <span role="status">{text('window.review.saved', { name: savedAs })}</span>}
        <Checkbox
          className={classes['confirm'] ?? ''}
          checked={confirmed !== null && confirmed === runId}
          onChange={(event) => {
            setConfirmed(event.currentTarget.checked ? runId : null);
          }}
          label={text('window.review.confirm', { servers, cluster: shown.plan.cluster })}
        />
      </Stack>
    );
  }

  function primaryAction(): StepAction {
    if (installing !== undefined)
      return {
        label: text('window.review.toInstall'),
        onPress: () => {
          goTo('install');
        },
      };
    const busy = other === null ? {} : { isDisabled: true, why: text('window.run.other.why') };
    if (isComplete && (isOutdated || lost.length > 0)) return { label: text('window.review.lookAgain'), onPress: look, ...busy };
    if (!isComplete) {
      const why = !reading.ok ? text('window.review.incomplete') : other !== null ? text('window.run.other.why') : null;
      return isRunning
        ? { label: text('window.review.busy'), onPress: () => undefined, isBusy: true }
        : {
            label: text('window.review.look'),
            onPress: look,
            ...(why === null ? {} : { isDisabled: true, why }),
          };
    }
    const { changes, commands, servers } = totalsOf(record);
    if (changes === 0 && commands === 0) return { label: text('window.review.verify'), onPress: install, ...busy };
    const isDisabled = confirmed !== runId;
    return {
      label:
        changes === 0
          ? text('window.review.form', { commands: formatCount(commands) })
          : text(servers === 1 ? 'window.review.installOne' : 'window.review.install', { changes: formatCount(changes), servers }),
      onPress: install,
      isDisabled,
      ...(isDisabled ? { why: text('window.review.why') } : {}),
      ...busy,
    };
  }

  function secondaryActions(): readonly StepAction[] {
    if (isRunning) return [{ label: text('window.review.stop'), onPress: run.cancel, isBusy: run.isCancelling }];
    if (!isComplete) return [];
    return [
      ...(isOutdated || lost.length > 0
        ? []
        : [
            {
              label: text('window.review.lookAgain'),
              onPress: look,
              ...(other === null ? {} : { isDisabled: true, why: text('window.run.other.why') }),
            },
          ]),
      { label: text('window.review.save'), onPress: save },
    ];
  }
}

/** The tree: a branch for each server, and one for the cluster. */
function Plan({ record }: { readonly record: RunRecord }): ReactNode {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { plan, plannedChanges, facts } = record;
  const lost = lostServersOf(record.checks, ({ subject }) => subject);
  return (
    <section aria-label={text('window.review.tree')}>
      <Group justify="flex-end" mb={4}>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {text(isOpen ? 'window.review.closeAll' : 'window.review.openAll')}
        </Button>
      </Group>
      {plan.servers
        .filter(({ name }) => !lost.includes(name))
        .map(({ name, address }) => (
          <ServerChanges
            // A new key draws the branch anew, as it is at first.
            key={`${name} ${isOpen}`}
            isOpen={isOpen}
            server={name}
            address={address}
            changes={plannedChanges.find(({ server }) => server === name)?.changes ?? []}
            facts={facts.find(({ server }) => server === name)}
          />
        ))}
      {lost.length > 0 ? null : <ClusterChanges key={`cluster ${isOpen}`} isOpen={isOpen} plan={plan} commands={missingCommands(record)} />}
    </section>
  );
}
