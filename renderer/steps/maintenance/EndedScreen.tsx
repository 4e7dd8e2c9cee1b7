import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { layoutOf } from '../../../electron/shared/domain/reportLayout.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { maintainedServer } from '../../../electron/shared/domain/maintenancePhases.ts';
import { toleranceAfter } from '../../../electron/shared/domain/provedTolerance.ts';
import { storyOf } from '../../../electron/shared/figures/story.ts';
import { useSession } from '../../state/session.ts';
import { SeenAt } from '../../widgets/SeenAt.tsx';
import { StepFrame, type StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { ImpactResult } from './ImpactResult.tsx';
import { movesFor, refusalsFor, type Seen } from './patchDay.ts';
import { Roles } from './Roles.tsx';
import { MayGo, WhatHappens } from './WhatHappens.tsx';
import classes from './maintenance.module.css';

/** What the page after a maintenance, or after a restore, takes. */
export interface EndedScreenProps {
  readonly record: RunRecord;
  readonly seen: Seen;
  /** The server whose turn it is, where all are maintained in turn. */
  readonly next: string | null;
  /** All of them in turn have had theirs with this one. */
  readonly isAllDone: boolean;
  readonly why: string | null;
  readonly onBegin: (server: string) => Promise<unknown>;
  readonly onAnother: () => void;
  readonly above: ReactNode;
}

/** After a maintenance has ended, or the roles are restored: the verdict, what clients noticed, and the way on. */
export function EndedScreen({ record, seen, next, isAllDone, why, onBegin, onAnother, above }: EndedScreenProps): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const verdict = record.verdict ?? 'unknown';
  const view = record.views.after ?? record.views.before;
  const refusals = next === null ? null : refusalsFor(seen, next);
  const hindrance = why ?? (next === null || refusals?.length === 0 ? null : text('window.maintenance.mayNot.why'));
  const toReport: StepAction = {
    label: text('window.maintenance.result.report'),
    onPress: () => {
      goTo('report');
    },
  };
  const another: StepAction = {
    label: text(next === null ? 'window.maintenance.result.another' : 'window.maintenance.result.pauseHere'),
    onPress: onAnother,
  };

  return (
    <StepFrame
      title={title()}
      lead={
        <Group gap="xs" align="baseline" wrap="nowrap">
          <VerdictMark verdict={verdict} />
          <span>{storyOf(record, verdict, toleranceAfter(record))}</span>
        </Group>
      }
      primary={
        next === null
          ? toReport
          : {
              label: text('window.maintenance.begin', { server: next }),
              onPress: () => onBegin(next),
              ...(hindrance === null ? {} : { isDisabled: true, why: hindrance }),
            }
      }
      secondary={[another]}
    >
      <div className={classes['page']}>
        {above}
        {next !== null && refusals?.length !== 0 ? <MayGo server={next} refusals={refusals} /> : null}
        <div className={classes['columns']}>
          <div className={classes['column']}>
            <ImpactResult record={record} title={text('window.maintenance.result.clients')} />
            {next === null ? null : <WhatHappens seen={seen} server={next} />}
          </div>
          <div className={classes['column']}>
            <Roles layout={view === null ? null : layoutOf(record.plan, view, 'after')} caption={text('window.maintenance.layout.now')} />
            <SeenAt at={seen.at} />
            {next !== null && movesFor(seen, next).length > 0 && refusals?.length === 0 ? (
              <MayGo server={next} refusals={refusals} />
            ) : null}
          </div>
        </div>
      </div>
    </StepFrame>
  );

  function title(): string {
    if (isAllDone) return text('window.maintenance.result.all');
    if (record.workflow === 'restoreRoles') return text('window.maintenance.result.restore');
    const server = maintainedServer(record);
    return server === null ? text('window.maintenance.result.endAny') : text('window.maintenance.result.end', { server });
  }
}
