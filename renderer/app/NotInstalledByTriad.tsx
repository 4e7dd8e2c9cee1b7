import type { ReactNode } from 'react';
import { useDraft } from '../state/draft.ts';
import { useSession } from '../state/session.ts';
import { StepFrame } from '../widgets/StepFrame.tsx';
import { useText } from '../widgets/useText.ts';

/** What stands in the place of every step that would change a cluster which Triad did not install. */
export function NotInstalledByTriad(): ReactNode {
  const text = useText();
  const cluster = useDraft(({ draft }) => draft.name);
  const goTo = useSession((session) => session.goTo);
  return (
    <StepFrame
      title={text('window.adopt.only.title', { cluster })}
      lead={text('window.adopt.only.lead')}
      primary={{
        label: text('window.adopt.only.report'),
        onPress: () => {
          goTo('report');
        },
      }}
    >
      {null}
    </StepFrame>
  );
}
