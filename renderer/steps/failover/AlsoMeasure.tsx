import { Checkbox, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Measure } from '../../../electron/shared/domain/noticed.ts';
import { useText } from '../../widgets/useText.ts';

/** What is measured only where it is asked for. */
export type AlsoMeasured = Exclude<Measure, 'application'>;

const CHOICES: readonly AlsoMeasured[] = ['readers', 'wait'];

/** What a failover test measures beside its own writes, to be chosen. */
export function AlsoMeasure({
  also,
  onChange,
}: {
  readonly also: readonly AlsoMeasured[];
  readonly onChange: (also: readonly AlsoMeasured[]) => void;
}): ReactNode {
  const text = useText();
  return (
    <Stack gap="xs">
      <Text size="sm">{text('window.failover.also.note')}</Text>
      {CHOICES.map((one) => (
        <Checkbox
          key={one}
          size="sm"
          checked={also.includes(one)}
          label={text(`window.failover.also.${one}`)}
          description={text(`window.failover.also.${one}.note`)}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            onChange(CHOICES.filter((choice) => (choice === one ? checked : also.includes(choice))));
          }}
        />
      ))}
    </Stack>
  );
}
