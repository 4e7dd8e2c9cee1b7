import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import type { WindowsArchive } from '../../../electron/shared/domain/windowsArchive.ts';
import { isExperimental, WINDOWS_DISTRIBUTIONS } from '../../../electron/shared/domain/windowsDistribution.ts';
import { useDraft } from '../../state/draft.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';

/** What it means that the archive's distribution is experimental, and the box by which the admin says yes to it. */
export function ExperimentalField({ draft, archive }: { readonly draft: Draft; readonly archive: WindowsArchive }): ReactNode {
  const text = useText();
  const edit = useDraft((open) => open.edit);
  const showsEmpty = useDraft((open) => open.showsEmpty);
  const { distribution } = archive;
  const { name } = WINDOWS_DISTRIBUTIONS[distribution];
  const isTaken = draft.redis.windowsArchive?.experimental === distribution;

  function take(isWanted: boolean): void {
    edit((now) => {
      if (now.redis.windowsArchive === undefined) return now;
      const { experimental: _, ...archiveWords } = now.redis.windowsArchive;
      const word = isWanted && isExperimental(distribution) ? { experimental: distribution } : {};
      return { ...now, redis: { ...now.redis, windowsArchive: { ...archiveWords, ...word } } };
    });
  }

  return (
    <>
      <VerdictMark verdict="warn" label={text('windowsArchive.experimental', { name })} />
      <Checkbox
        label={text('window.redis.windowsArchive.experimental.yes', { name })}
        checked={isTaken}
        data-attention={(showsEmpty && !isTaken) || undefined}
        error={showsEmpty && !isTaken ? text('window.redis.windowsArchive.experimental.needed', { name }) : null}
        onChange={(event) => {
          take(event.currentTarget.checked);
        }}
      />
    </>
  );
}
