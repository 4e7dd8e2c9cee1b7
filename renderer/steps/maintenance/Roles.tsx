import type { ReactNode } from 'react';
import type { ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import classes from './maintenance.module.css';

/** The picture of the roles with its caption; `isSecond`: it stands beside another one. */
export function Roles({
  layout,
  caption,
  isSecond = false,
}: {
  readonly layout: ClusterLayout | null;
  readonly caption: string;
  readonly isSecond?: boolean;
}): ReactNode {
  return layout === null ? null : (
    <figure className={classes['figure']}>
      <figcaption>{caption}</figcaption>
      <Topology id={isSecond ? 'patch-roles-then' : 'patch-roles'} layout={layout} title={caption} width={384} />
    </figure>
  );
}
