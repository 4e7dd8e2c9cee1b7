import { Text } from '@mantine/core';
import { IconBinaryTree2, IconBook2, IconFileCode, IconHistory, IconKey, IconLockOff, IconPackage, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../widgets/useText.ts';
import classes from './bundle.module.css';

const PARTS = [
  ['plan', IconBinaryTree2],
  ['files', IconFileCode],
  ['seen', IconKey],
  ['programs', IconPackage],
  ['runs', IconHistory],
  ['readme', IconBook2],
] as const satisfies readonly (readonly [string, Icon])[];

/** Before the export: what is in a bundle, that no secret is, and beside it what can be chosen. */
export function WhatItHolds({ isSealed, children }: { readonly isSealed: boolean; readonly children: ReactNode }): ReactNode {
  const text = useText();
  return (
    <div className={classes['columns']}>
      <section className={classes['holds']} aria-labelledby="triad-bundle-holds">
        <h2 id="triad-bundle-holds">{text('window.bundle.holds')}</h2>
        <ul>
          {PARTS.map(([part, Symbol]) => (
            <li key={part}>
              <Symbol size="1.15rem" aria-hidden />
              <span>{text(`window.bundle.holds.${part}`)}</span>
            </li>
          ))}
        </ul>
        <div className={classes['noSecret']} role="note">
          <IconLockOff size="1.15rem" aria-hidden />
          <Text size="sm">{text(isSealed ? 'window.bundle.noSecretButSealed' : 'window.bundle.noSecret')}</Text>
        </div>
        <Text size="sm" c="dimmed">
          {text('window.bundle.first')}
        </Text>
      </section>
      {children}
    </div>
  );
}
