import { useState, type ReactNode } from 'react';
import { maintainedServer } from '../../../electron/shared/domain/maintenancePhases.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun } from '../../state/runs.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { OpenFields } from '../../widgets/OpenFields.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import { EndedScreen } from './EndedScreen.tsx';
import { ImpactResult } from './ImpactResult.tsx';
import { LiveScreen, serverOf, UnknownScreen } from './LiveScreen.tsx';
import { NowScreen } from './NowScreen.tsx';
import { doneToday, serversLeft } from './patchDay.ts';
import { ReadyScreen } from './ReadyScreen.tsx';
import { isRollingKept, keepRolling } from './rolling.ts';
import { ServerSteps, type CurrentKind } from './ServerSteps.tsx';
import { usePatchDay, type PatchRun } from './usePatchDay.ts';

/** Patch day: one server after the other, and the way back to the planned roles. Where it stands is read from the servers each time. */
export function MaintenanceStep(): ReactNode {
  const text = useText();
  const { draft, reading, runs } = useDraft();
  const day = usePatchDay();
  const nowMs = useNow();
  const [isRolling, setRolling] = useState(() => isRollingKept(draft.id));
  /** The server that a run was started for here, and the result that was put away. */
  const [expected, setExpected] = useState<string | null>(null);
  const [putAway, setPutAway] = useState<string | null>(null);
  const { going, acting, seen, other } = day;
  const names = draft.servers.map(({ name }) => name.trim());
  const done = doneToday(runs, nowMs);
  const why = other !== null ? text('window.run.other.why') : going !== null ? text('window.maintenance.looking') : null;

  function roll(is: boolean): void {
    setRolling(is);
    keepRolling(draft.id, is);
  }
  async function start(workflow: 'maintenanceBegin' | 'maintenanceEnd', server: string): Promise<void> {
    setExpected(server);
    await startRun(workflow, { servers: [server], reviewed: seen?.runId ?? null });
  }
  async function begin(server: string, isInTurn: boolean): Promise<void> {
    roll(isInTurn);
    await start('maintenanceBegin', server);
  }

  if (!reading.ok)
    return (
      <StepFrame title={text('window.maintenance.title')} lead={text('window.maintenance.lead')}>
        <OpenFields title={text('window.maintenance.open.title')} />
      </StepFrame>
    );

  const [mark] = seen?.marks ?? [];
  const isInTurn = isRolling || done.size > 0;
  const stepsOf = (current: string | null, kind: CurrentKind): ReactNode =>
    isInTurn ? <ServerSteps servers={names} done={done} current={current} kind={kind} /> : null;

  if (going !== null && !going.isLook) {
    const server = serverOf(going, expected);
    return (
      <LiveScreen key={going.runId} acting={going} seen={day.seenBefore} server={server}>
        {going.workflow === 'restoreRoles' ? null : stepsOf(server, 'going')}
      </LiveScreen>
    );
  }

  const above = (
    <>
      <OtherRunNotice other={other} />
      {acting === null ? null : <Aftermath acting={acting} />}
      {day.lookFailure === null ? null : <RunFailure failure={day.lookFailure} />}
      {seen === null || seen.unreadableOn.length === 0 ? null : (
        <Notice level="warn" title={text('window.maintenance.unreadable')}>
          {text('window.maintenance.unreadable.lead', { servers: seen.unreadableOn.join(', ') })}
        </Notice>
      )}
    </>
  );
  if (seen === null)
    return (
      <UnknownScreen isLooking={going !== null} look={day.look} why={other === null ? null : text('window.run.other.why')}>
        {above}
      </UnknownScreen>
    );

  const record = acting !== null && acting.isNews && acting.run.status === 'ended' ? acting.run.record : null;
  if (mark !== undefined)
    return (
      <NowScreen
        seen={seen}
        mark={mark}
        why={why}
        isLooking={going !== null}
        onBack={async () => start('maintenanceEnd', mark.server)}
        onBeginAgain={async () => start('maintenanceBegin', mark.server)}
        look={day.look}
        above={
          <>
            {stepsOf(mark.server, 'now')}
            {above}
          </>
        }
        below={
          record?.workflow === 'maintenanceBegin' && record.failure === null ? (
            <ImpactResult record={record} title={text('window.maintenance.result.begin')} />
          ) : null
        }
      />
    );

  const isDone = record !== null && record.workflow !== 'maintenanceBegin' && record.failure === null && !record.wasAborted;
  if (isDone && putAway !== record.runId) {
    const left = names.filter((name) => !done.has(name) && name !== maintainedServer(record));
    const next = isRolling && record.workflow === 'maintenanceEnd' ? (left[0] ?? null) : null;
    const isAllDone = isRolling && record.workflow === 'maintenanceEnd' && left.length === 0;
    return (
      <EndedScreen
        record={record}
        seen={seen}
        next={next}
        isAllDone={isAllDone}
        why={why}
        onBegin={async (server) => start('maintenanceBegin', server)}
        onAnother={() => {
          roll(false);
          setPutAway(record.runId);
        }}
        above={
          <>
            {isRolling || done.size > 1 ? stepsOf(next, 'next') : null}
            {above}
          </>
        }
      />
    );
  }
  const cutOff = acting === null ? null : cutOffServer(acting);
  return (
    <ReadyScreen
      seen={seen}
      done={done}
      preferred={cutOff !== null && serversLeft(seen.plan, done)[0] !== cutOff ? cutOff : null}
      why={why}
      isLooking={going !== null}
      onBegin={begin}
      look={day.look}
      above={
        <>
          {stepsOf(null, 'next')}
          {above}
        </>
      }
      below={null}
    />
  );
}

/** The server of a run that never came to its end. */
function cutOffServer({ run }: PatchRun): string | null {
  const { record, status } = run;
  if (record === null || (status !== 'interrupted' && !record.wasAborted)) return null;
  return maintainedServer(record);
}

/** What became of the newest run where it did not end well: cut off, stopped, or failed with its cause and remedy. */
function Aftermath({ acting }: { readonly acting: PatchRun }): ReactNode {
  const text = useText();
  const { run, isNews, workflow } = acting;
  const { record } = run;
  if (run.failure !== null) return isNews ? <FailurePanel failure={run.failure} /> : null;
  if (record === null) return null;
  const phase = record.phases.findLast(({ outcome }) => outcome === null || outcome === 'aborted' || outcome === 'failed')?.phase;
  const task = `${text(`window.home.workflow.${workflow}`)}${phase === undefined ? '' : ` (${titleOf('phase', phase)})`}`;
  if (run.status === 'interrupted' || (record.wasAborted && record.finishedAt !== null))
    return (
      <Notice level="info" title={text(record.wasAborted ? 'window.maintenance.stopped' : 'window.maintenance.interrupted', { task })}>
        {text('window.maintenance.interrupted.lead')}
      </Notice>
    );
  if (!isNews || run.status !== 'ended' || record.failure === null) return null;
  return (
    <>
      <RunFailure failure={record.failure} />
      <Fold summary={text('window.log.label')} isPlain>
        <LogView lines={run.log} />
      </Fold>
    </>
  );
}
