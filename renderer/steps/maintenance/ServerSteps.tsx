import { IconArrowRight, IconCheck, IconCircleDashed, IconPointFilled, IconTool } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatAge } from '../../widgets/age.ts';
import { useNow } from '../../widgets/useNow.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './maintenance.module.css';

const SYMBOLS = { done: IconCheck, going: IconPointFilled, now: IconTool, next: IconArrowRight, waiting: IconCircleDashed } as const;

/** A run works on it, it is in maintenance, or its turn comes next. */
export type CurrentKind = 'going' | 'now' | 'next';

/** The servers of a patch day in their order: done, in maintenance, next, or still to come. */
export function ServerSteps({
  servers,
  done,
  current,
  kind: currentKind,
}: {
  readonly servers: readonly string[];
  /** When each one's maintenance ended. */
  readonly done: ReadonlyMap<string, string>;
  /** The one in maintenance, or the next one; null where none is left. */
  readonly current: string | null;
  /** What is true of it. */
  readonly kind: CurrentKind;
}): ReactNode {
  const text = useText();
  const nowMs = useNow();
  return (
    <ol className={classes['steps']} aria-label={text('window.maintenance.steps')}>
      {servers.map((server, index) => {
        const doneAt = done.get(server);
        const kind = server === current ? currentKind : doneAt === undefined ? 'waiting' : 'done';
        const Symbol = SYMBOLS[kind];
        return (
          <li key={server} className={classes['step']} aria-current={server === current ? 'step' : undefined}>
            <span className={classes['count']}>{text('window.maintenance.steps.count', { index: index + 1, count: servers.length })}</span>
            <span className={classes['server']}>{server}</span>
            <span className={classes['state']} data-kind={kind}>
              <Symbol size="1em" aria-hidden />
              {kind === 'done'
                ? text('window.maintenance.steps.done', { age: formatAge(doneAt ?? '', nowMs) })
                : text(`window.maintenance.steps.${kind}`)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
