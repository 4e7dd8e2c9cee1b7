import type { ReactNode } from 'react';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useAnswer } from '../../widgets/useAnswer.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './history.module.css';

/** The outages of the newest kept failover tests of this cluster over time: the page that `triad history trend --html` writes, without scripts and without rights. */
export function ShownTrend({ onBack }: { readonly onBack: () => void }): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const settings = useSession((session) => session.settings);
  const { value, failure } = useAnswer(draftId, async () => ({ link: await call('history.trend', draftId) }));
  return (
    <StepFrame
      title={text('window.history.trend')}
      primary={{ label: text('window.history.back'), onPress: onBack }}
      onBack={onBack}
      isTall
    >
      {failure === null ? null : <FailurePanel failure={failure} />}
      {value === null && failure === null ? <Loading what={text('window.history.comparing')} /> : null}
      {value !== null && value.link === null ? <Notice level="info">{text('window.history.trend.none')}</Notice> : null}
      {value === null || value.link === null ? null : (
        <iframe
          key={`${settings.theme} ${settings.language}`}
          className={classes['trend']}
          title={text('window.history.trend.frame')}
          src={value.link}
          sandbox=""
        />
      )}
    </StepFrame>
  );
}
