import type { ReactNode } from 'react';
import { useDraft } from '../../state/draft.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';

/** Whether the nodes on the Windows servers of a draft are services of their own, without Triad's program around them. */
export function OwnServiceField(): ReactNode {
  const text = useText();
  const isOn = useDraft(({ draft }) => draft.windows?.service === 'own');
  const edit = useDraft((open) => open.edit);
  return (
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
  );
}
