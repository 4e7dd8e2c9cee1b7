import { IconChevronRight } from '@tabler/icons-react';
import { useDeferredValue, useId, useState, type ReactNode } from 'react';
import classes from './Fold.module.css';

/** What a fold takes. */
export interface FoldProps {
  /** What always stands there: the name of the button that opens and closes it. No buttons in it. */
  readonly summary: ReactNode;
  /** Whether it is open until somebody has pressed it; may change while a run goes on. */
  readonly isOpenAtFirst?: boolean;
  /** Without lines above and below, for a fold within a fold. */
  readonly isPlain?: boolean;
  readonly children: ReactNode;
}

/** A heading that opens and closes what is below it. What is closed is not drawn: a plan may hold hundreds of lines. */
export function Fold({ summary, isOpenAtFirst = false, isPlain = false, children }: FoldProps): ReactNode {
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? isOpenAtFirst;
  // The press shows at once, and a long log in a pass of its own: both in one would hold up a frame.
  const isDrawn = useDeferredValue(isOpen) && isOpen;
  return (
    <div className={classes['fold']} data-plain={isPlain}>
      <button
        type="button"
        className={classes['head']}
        aria-expanded={isOpen}
        aria-controls={isDrawn ? id : undefined}
        onClick={() => {
          setChosen(!isOpen);
        }}
      >
        <IconChevronRight size="1rem" className={classes['arrow'] ?? ''} aria-hidden />
        <span className={classes['summary']}>{summary}</span>
      </button>
      {isDrawn ? (
        <div id={id} className={classes['body']}>
          {children}
        </div>
      ) : null}
    </div>
  );
}
