import { Button, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { WorkflowId } from '../../../electron/shared/domain/events.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useRun, type StartOptions } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { useText } from '../../widgets/useText.ts';
import { ActionCard } from './ActionCard.tsx';
import { RemoveCard } from './RemoveCard.tsx';
import { isPlanOfDraft } from './isPlanOfDraft.ts';
import { exchangedNodes } from './reportRuns.ts';
import classes from './report.module.css';

type NextWorkflow = Extract<WorkflowId, 'validate' | 'remove'>;
const RESTORING: readonly WorkflowId[] = ['restoreRoles', 'maintenanceEnd'];
type Started = Readonly<Partial<Record<NextWorkflow, string>>>;

/** The newest run of a kind: one that was started here, else what the core has kept, so that a reload of the window loses none. */
function useNewest(workflow: NextWorkflow, started: Started): ReturnType<typeof useRun> & { readonly id: string | null } {
  const kept = useDraft(({ runs }) => runs.find((run) => run.workflow === workflow)?.runId ?? null);
  const id = started[workflow] ?? kept;
  return { ...useRun(id), id };
}

/** What to do with a cluster that runs: look at it, test it, keep it, or take it away. */
export function NextPanel({
  record,
  onShow,
  onStart,
}: {
  readonly record: RunRecord;
  /** Shows the report of a run. */
  readonly onShow: (runId: string) => void;
  /** Something was started: the report that is on the screen stays. */
  readonly onStart: () => void;
}): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const [started, setStarted] = useState<Started>({});
  const validate = useNewest('validate', started);
  const remove = useNewest('remove', started);
  // What stands on the screen for patch day, and may have put the roles right since.
  const restored = useDraft(({ runs }) => runs.find((run) => RESTORING.includes(run.workflow) && run.finishedAt !== null)?.runId ?? null);
  const { plan } = record;
  const exchanged = exchangedNodes([record, validate.record, useRun(restored).record]);
  const isBusy = [validate, remove].some(({ status }) => status === 'active');
  const busy = isBusy ? { why: text('window.report.next.busy') } : {};
  // A run follows the draft; this page names what the plan of the report names.
  const isSamePlan = useDraft(({ reading }) => isPlanOfDraft(plan, reading));
  const whyOfPlan = isBusy ? text('window.report.next.busy') : isSamePlan ? null : text('window.report.next.otherPlan');

  const start =
    (workflow: NextWorkflow, options: StartOptions = {}) =>
    async (): Promise<void> => {
      onStart();
      const runId = await startRun(workflow, options);
      if (runId !== null) setStarted((before) => ({ ...before, [workflow]: runId }));
    };
  const shows = (id: string | null, isEnded: boolean): { readonly onShow?: () => void } =>
    id === null || !isEnded
      ? {}
      : {
          onShow: () => {
            onShow(id);
          },
        };

  const toMaintenance = (
    <div>
      <Button
        variant="default"
        onClick={() => {
          goTo('maintenance');
        }}
      >
        {text('window.report.next.maintenance.start')}
      </Button>
    </div>
  );

  return (
    <div className={classes['cards']}>
      {exchanged.length === 0 || plan.adopted === true ? null : (
        <section className={classes['card']} aria-labelledby="triad-next-restore">
          <h2 id="triad-next-restore">{text('window.report.next.restore')}</h2>
          <Text>{text('window.report.next.restore.about')}</Text>
          <Text fw={600}>{text('window.report.next.restore.needed', { nodes: exchanged.join(', ') })}</Text>
          {toMaintenance}
        </section>
      )}
      <ActionCard
        title={text('window.report.next.validate')}
        action={{
          label: text('window.report.next.validate.start'),
          start: start('validate'),
          other: { label: text('window.report.next.validate.redisOnly'), start: start('validate', { redisOnly: true }) },
          ...busy,
        }}
        run={validate}
        {...shows(validate.id, validate.status === 'ended')}
      >
        <Text>{text('window.report.next.validate.about')}</Text>
        <Text size="sm" c="dimmed">
          {text('window.report.next.validate.redisOnly.about')}
        </Text>
      </ActionCard>
      {plan.adopted === true ? null : (
        <>
          <section className={classes['card']} aria-labelledby="triad-next-test">
            <h2 id="triad-next-test">{text('window.report.next.test')}</h2>
            <Text>{text('window.report.next.test.about')}</Text>
            <div>
              <Button
                variant="default"
                onClick={() => {
                  goTo('failover');
                }}
              >
                {text('window.report.next.test.start')}
              </Button>
            </div>
          </section>
          <section className={classes['card']} aria-labelledby="triad-next-maintenance">
            <h2 id="triad-next-maintenance">{text('window.report.next.maintenance')}</h2>
            <Text>{text('window.report.next.maintenance.about')}</Text>
            {exchanged.length > 0 ? null : toMaintenance}
            <Text c="dimmed">{text('window.report.next.rhythm')}</Text>
          </section>
          <RemoveCard
            plan={plan}
            run={remove}
            blocked={whyOfPlan}
            onRemove={async (deleteData) => start('remove', { deleteData, reviewed: record.runId })()}
            {...shows(remove.id, remove.status === 'ended')}
          />
        </>
      )}
    </div>
  );
}
