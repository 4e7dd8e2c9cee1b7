import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { basePhase, joinedPhase, PATCH_PHASES, type PatchWorkflow } from '../../../electron/shared/domain/maintenancePhases.ts';
import { formatDuration } from '../../../electron/shared/domain/reportFormat.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import type { LiveRun } from '../../state/runFold.ts';
import { StateSymbol } from '../../widgets/StateSymbol.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './maintenance.module.css';

/** Phases that nobody waits for; they are shown when they go wrong. */
const QUIET: ReadonlySet<string> = new Set([
  'requireConfirmation',
  'lockServers',
  'findPassword',
  'requireNoMaintenance',
  'decideProbeRoute',
  'confirmChanges',
]);
const LOUD: ReadonlySet<string> = new Set(['failed', 'aborted', 'cutOff']);

/** A phase that took less says nothing of its time. */
const LEAST_TIME_MS = 10;

/** The phases of a run one below the other, each with its state, what it does now, and how long it took. */
export function PhaseList({
  workflow,
  record,
  live,
  isGoingOn,
}: {
  readonly workflow: PatchWorkflow;
  readonly record: RunRecord;
  readonly live: LiveRun;
  readonly isGoingOn: boolean;
}): ReactNode {
  const text = useText();
  const rows = PATCH_PHASES[workflow].map((phase) => ({ phase, ...joinedPhase(record, phase, isGoingOn) }));
  return (
    <ol className={classes['phases']} aria-label={text('window.maintenance.phases')}>
      {rows
        .filter(({ phase, state }) => !QUIET.has(phase) || LOUD.has(state))
        .map(({ phase, state, durationMs }) => {
          const doing = state === 'running' ? doingOf(live, phase) : null;
          return (
            <li key={phase} className={classes['phase']} data-state={state} aria-current={state === 'running' ? 'step' : undefined}>
              <StateSymbol state={state} />
              <span className={classes['title']}>
                {titleOf('phase', phase)}
                <VisuallyHidden>: {text(`window.install.state.${state}`)}</VisuallyHidden>
              </span>
              <span className={classes['time']}>
                {durationMs === null || durationMs < LEAST_TIME_MS || state === 'waiting' ? null : formatDuration(durationMs)}
              </span>
              {doing === null ? null : <span className={classes['doing']}>{doing}</span>}
            </li>
          );
        })}
    </ol>
  );
}

/** What a phase says that it is doing, of whichever server. */
function doingOf(live: LiveRun, phase: string): string | null {
  for (const [key, message] of live.progress) if (basePhase(key.split('/')[0] ?? '') === phase) return say(message);
  return null;
}
