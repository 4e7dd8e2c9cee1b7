import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { SHORTEST_PASSPHRASE } from '../../../electron/shared/contract/bundles.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { PassphraseField } from './PassphraseField.tsx';
import classes from './bundle.module.css';

/** What goes into a bundle beside what always does. */
export interface ChosenOptions {
  readonly isSealed: boolean;
  readonly passphrase: string;
  readonly again: string;
  readonly withPrograms: boolean;
}

/** Nothing more than what always goes in. */
export const NO_OPTIONS: ChosenOptions = { isSealed: false, passphrase: '', again: '', withPrograms: false };

/** The passphrase to seal with; null without one, or as long as it is too short or was not given twice. */
export function passphraseOf({ isSealed, passphrase, again }: ChosenOptions): string | null {
  return isSealed && passphrase.length >= SHORTEST_PASSPHRASE && passphrase === again ? passphrase : null;
}

/** The options of an export. */
export function ExportOptions({
  options,
  isDisabled,
  onChange,
}: {
  readonly options: ChosenOptions;
  readonly isDisabled: boolean;
  readonly onChange: (options: ChosenOptions) => void;
}): ReactNode {
  const text = useText();
  const { isSealed, passphrase, again, withPrograms } = options;
  const isShort = passphrase !== '' && passphrase.length < SHORTEST_PASSPHRASE;
  // Only once it is as long as the other one: while it is typed it always differs.
  const differs = again !== '' && again !== passphrase && (again.length >= passphrase.length || !passphrase.startsWith(again));
  return (
    <section className={classes['options']} aria-labelledby="triad-bundle-options">
      <h2 id="triad-bundle-options">{text('window.bundle.options')}</h2>
      <Stack gap="md">
        <SwitchField
          label={text('window.bundle.programs')}
          note={text('window.bundle.programs.note')}
          isOn={withPrograms}
          isDisabled={isDisabled}
          onChange={(isOn) => {
            onChange({ ...options, withPrograms: isOn });
          }}
        />
        <SwitchField
          label={text('window.bundle.seal')}
          note={text('window.bundle.seal.note')}
          isOn={isSealed}
          isDisabled={isDisabled}
          onChange={(isOn) => {
            onChange({ ...options, isSealed: isOn, passphrase: '', again: '' });
          }}
        />
        {isSealed ? (
          <div className={classes['passphrase']}>
            <PassphraseField
              label={text('window.bundle.passphrase')}
              value={passphrase}
              error={isShort ? text('window.bundle.passphrase.short', { count: SHORTEST_PASSPHRASE }) : null}
              note={text('window.bundle.passphrase.note', { count: SHORTEST_PASSPHRASE })}
              onChange={(value) => {
                onChange({ ...options, passphrase: value });
              }}
            />
            <PassphraseField
              label={text('window.bundle.passphrase.again')}
              value={again}
              error={differs ? text('window.bundle.passphrase.differs') : null}
              onChange={(value) => {
                onChange({ ...options, again: value });
              }}
            />
          </div>
        ) : null}
      </Stack>
    </section>
  );
}
