import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { FailoverTimeline } from '../../../electron/shared/figures/FailoverTimeline.tsx';
import { TIMELINE, type TimelineTrial } from '../../../electron/shared/figures/timelineGeometry.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './failover.module.css';

/** Below this its labels would stand on each other: it scrolls instead. */
const LEAST_WIDTH = 560;

/** The timeline of a trial, as wide as there is room for. */
export function Timeline({ id, trial }: { readonly id: string; readonly trial: TimelineTrial }): ReactNode {
  const text = useText();
  const { ref, width } = useElementSize();
  return (
    <div>
      <div
        className={classes['timeline']}
        role="group"
        aria-label={text('report.timeline.title', { server: trial.server })}
        // May scroll sideways, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {/* Measured without the padding around it. */}
        <div ref={ref}>
          <FailoverTimeline id={id} trial={trial} width={width === 0 ? TIMELINE.width : Math.max(Math.floor(width), LEAST_WIDTH)} />
        </div>
      </div>
      <p className={classes['legend']}>
        <span className={classes['keyGood']}>{text('report.timeline.acknowledged')}</span>
        <span className={classes['keyFailed']}>{text('report.timeline.failed')}</span>
      </p>
    </div>
  );
}
