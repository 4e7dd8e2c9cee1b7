import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PATCH_WORKFLOWS, maintainedServer, type PatchWorkflow } from '../../../electron/shared/domain/maintenancePhases.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOf } from '../../../electron/shared/domain/reportLayout.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { LogView } from '../../widgets/LogView.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useElapsed } from '../../widgets/useElapsed.ts';
import { useText } from '../../widgets/useText.ts';
import type { Seen } from './patchDay.ts';
import { PhaseList } from './PhaseList.tsx';
import { Roles } from './Roles.tsx';
import type { PatchRun } from './usePatchDay.ts';
import classes from './maintenance.module.css';

const WORDS = { maintenanceBegin: 'begin', maintenanceEnd: 'end', restoreRoles: 'restore' } as const satisfies Record<
  PatchWorkflow,
  string
>;
const LOOK_AT_MOST_MS = 15_000;

/** What a run is called while it goes on: with its server, as soon as that is known. */
function useTitle(workflow: PatchWorkflow, server: string | null): string {
  const text = useText();
  if (workflow === 'restoreRoles') return text('window.maintenance.restore.title');
  const word = WORDS[workflow];
  return server === null ? text(`window.maintenance.${word}.titleAny`) : text(`window.maintenance.${word}.title`, { server });
}

/** The server that a run is about: by its phases, by what it waits for, else what this window started it for. */
export function serverOf({ run }: PatchRun, expected: string | null): string | null {
  const { record, live } = run;
  const waited = [...live.progress.values()].find(({ code }) => code === 'maintenance.waiting')?.values['server'];
  return (record === null ? null : maintainedServer(record)) ?? (waited === undefined ? expected : String(waited));
}

/** A run that moves masters, while it goes on: its phases, the roles, and the way to stop it. */
export function LiveScreen({
  acting,
  seen,
  server,
  children,
}: {
  readonly acting: PatchRun;
  readonly seen: Seen | null;
  /** The server that it is about; null where none, or not known yet. */
  readonly server: string | null;
  /** What stands above it: the servers of a patch day. */
  readonly children?: ReactNode;
}): ReactNode {
  const text = useText();
  const { run } = acting;
  const { record, live } = run;
  const workflow = PATCH_WORKFLOWS.find((one) => one === acting.workflow) ?? 'restoreRoles';
  const title = useTitle(workflow, server);
  const elapsedMs = useElapsed(run, true);
  const view = record?.views.after ?? record?.views.before ?? seen?.view ?? null;
  const plan = record?.plan ?? seen?.plan ?? null;
  const layout = plan === null || view === null ? null : layoutOf(plan, view, 'before');

  return (
    <StepFrame
      title={title}
      lead={
        run.isCancelling
          ? text('window.maintenance.live.stopping')
          : text('window.maintenance.live.lead', { elapsed: formatDuration(Math.floor(elapsedMs / 1000) * 1000) })
      }
      primary={{
        label: text(run.isCancelling ? 'window.maintenance.stopping' : `window.maintenance.${WORDS[workflow]}.active`),
        onPress: () => undefined,
        isBusy: true,
      }}
      secondary={
        run.isCancelling
          ? []
          : [{ label: text('window.maintenance.stop'), onPress: run.cancel, isDanger: true, why: text('window.maintenance.stop.what') }]
      }
    >
      <div className={classes['page']}>
        {children}
        {record === null ? (
          <Loading what={title} atMostMs={LOOK_AT_MOST_MS} />
        ) : (
          <div className={classes['columns']}>
            <PhaseList workflow={workflow} record={record} live={live} isGoingOn />
            <Roles layout={layout} caption={text('window.maintenance.layout.last')} />
          </div>
        )}
        <Fold summary={text('window.log.label')} isPlain>
          <LogView lines={run.log} />
        </Fold>
      </div>
    </StepFrame>
  );
}

/** While nothing is known yet: that it is being read, why that failed, or the way to it. */
export function UnknownScreen({
  isLooking,
  children,
  look,
  why,
}: {
  readonly isLooking: boolean;
  readonly children: ReactNode;
  readonly look: () => Promise<void>;
  readonly why: string | null;
}): ReactNode {
  const text = useText();
  return (
    <StepFrame
      title={text('window.maintenance.title')}
      lead={text('window.maintenance.lead')}
      primary={{
        label: text('window.maintenance.look'),
        onPress: look,
        ...(isLooking ? { isBusy: true } : {}),
        ...(why === null ? {} : { isDisabled: true, why }),
      }}
    >
      <div className={classes['page']}>
        {children}
        {isLooking ? (
          <Loading what={text('window.maintenance.looking')} atMostMs={LOOK_AT_MOST_MS} />
        ) : (
          <section>
            <h2>{text('window.maintenance.notSeen')}</h2>
            <Text c="dimmed">{text('window.maintenance.notSeen.lead')}</Text>
          </section>
        )}
      </div>
    </StepFrame>
  );
}
