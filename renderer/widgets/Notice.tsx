import { Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

/** What a notice takes. */
export interface NoticeProps {
  /** `warn`: something is not as one would expect; `info`: good to know. */
  readonly level: 'info' | 'warn';
  readonly title?: string;
  readonly children: ReactNode;
}

/** A few words that must not be overlooked, and are no failure. */
export function Notice({ level, title, children }: NoticeProps): ReactNode {
  const Symbol = level === 'warn' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={classes['notice']} data-level={level} role="note">
      <Symbol size="1.25rem" aria-hidden />
      <div>
        {title === undefined ? null : <Text fw={600}>{title}</Text>}
        <Text component="div">{children}</Text>
      </div>
    </div>
  );
}
