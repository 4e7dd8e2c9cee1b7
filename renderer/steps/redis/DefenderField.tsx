import type { ReactNode } from 'react';
import { useDraft } from '../../state/draft.ts';
import { SwitchField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';

/** Whether Triad has Microsoft Defender leave its folders alone on the Windows servers of a draft. */
export function DefenderField(): ReactNode {
  const text = useText();
  const isOn = useDraft(({ draft }) => draft.windows?.defenderExclusions === 'add');
  const edit = useDraft((open) => open.edit);
  return (
    <SwitchField
      label={text('window.redis.defender')}
      help={text('window.redis.defender.help')}
      isOn={isOn}
      note={text(isOn ? 'window.redis.defender.on' : 'window.redis.defender.off')}
      onChange={(adds) => {
        edit((before) => ({ ...before, windows: { ...before.windows, defenderExclusions: adds ? 'add' : 'none' } }));
      }}
    />
  );
}
