import type { ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import type { WindowsArchive } from '../../../electron/shared/domain/windowsArchive.ts';
import { WINDOWS_DISTRIBUTIONS } from '../../../electron/shared/domain/windowsDistribution.ts';
import { useDraft } from '../../state/draft.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { useText } from '../../widgets/useText.ts';

/** Whether a draft wants services of their own from an archive whose program is none. */
export function lacksOwnService({ windows }: Draft, archive: WindowsArchive | null): boolean {
  return windows?.service === 'own' && archive !== null && !WINDOWS_DISTRIBUTIONS[archive.distribution].isService;
}

/**
 * Whether the nodes on the Windows servers of a draft are services of their own, without Triad's program around them. Asked only where the archive's program can be one; once wanted, it
 * stays until it is switched off.
 */
export function OwnServiceField({ draft, archive }: { readonly draft: Draft; readonly archive: WindowsArchive | null }): ReactNode {
  const text = useText();
  const edit = useDraft((open) => open.edit);
  const isOn = draft.windows?.service === 'own';
  if (!isOn && (archive === null || !WINDOWS_DISTRIBUTIONS[archive.distribution].isService)) return null;
  return (
    <>
      <SwitchField
        label={text('window.redis.ownService')}
        help={text('window.redis.ownService.help')}
        isOn={isOn}
        note={text(isOn ? 'window.redis.ownService.on' : 'window.redis.ownService.off')}
        onChange={(isOwn) => {
          edit((before) => {
            const { service: _, ...others } = before.windows ?? { defenderExclusions: 'none' };
            return { ...before, windows: isOwn ? { ...others, service: 'own' } : others };
          });
        }}
      />
      {lacksOwnService(draft, archive) ? <Notice level="warn">{text('window.redis.ownService.wrong')}</Notice> : null}
    </>
  );
}
