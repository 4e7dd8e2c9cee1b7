import { IconClockPause, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../../electron/shared/contract/procedures.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './history.module.css';

/** How a kept run stands: its verdict, or that it goes on, here or elsewhere, or that it has no end. */
export function RunStanding({ entry }: { readonly entry: HistoryEntry }): ReactNode {
  const text = useText();
  if (entry.isActive || entry.isElsewhere === true)
    return (
      <span className={classes['standing']} data-is="active">
        <IconPlayerPlay size="1.15em" aria-hidden />
        {text(entry.isActive ? 'window.history.state.active' : 'window.history.state.elsewhere')}
      </span>
    );
  if (entry.isInterrupted || entry.wasAborted)
    return (
      <span className={classes['standing']} data-is="interrupted">
        <IconClockPause size="1.15em" aria-hidden />
        {text(entry.isInterrupted ? 'window.history.state.interrupted' : 'window.history.state.stopped')}
      </span>
    );
  return <VerdictMark verdict={entry.verdict ?? 'unknown'} />;
}
