import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RunComparison } from '../../../electron/shared/contract/history.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useAnswer } from '../../widgets/useAnswer.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './history.module.css';

/** What has changed from the earlier of two runs to the later. */
export function Comparison({ runs, onBack }: { readonly runs: readonly [string, string]; readonly onBack: () => void }): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const { value: comparison, failure } = useAnswer([draftId, ...runs].join(' '), async () =>
    call('history.compare', { draft: draftId, runs: [...runs] }),
  );
  return (
    <StepFrame title={text('window.history.compared')} primary={{ label: text('window.history.back'), onPress: onBack }} onBack={onBack}>
      {failure === null ? null : <FailurePanel failure={failure} />}
      {comparison === null && failure === null ? <Loading what={text('window.history.comparing')} /> : null}
      {comparison === null ? null : <Compared comparison={comparison} />}
    </StepFrame>
  );
}

function Compared({ comparison }: { readonly comparison: RunComparison }): ReactNode {
  const text = useText();
  const { before, after, checks, facts, figures } = comparison;
  return (
    <Stack gap="lg">
      <div className={classes['heads']}>
        {[['before', before] as const, ['after', after] as const].map(([which, run]) => (
          <section key={which} aria-label={text(`window.history.${which}`)}>
            <div className={classes['aside']}>{text(`window.history.${which}`)}</div>
            <div className={classes['headTitle']}>
              {text('window.history.report', { what: text(`window.report.workflow.${run.workflow}`), when: minuteOf(run.startedAt) })}
            </div>
            <VerdictMark verdict={run.verdict} />
          </section>
        ))}
      </div>
      {checks.length + facts.length > 0 ? null : <VerdictMark verdict="pass" label={text('window.history.compared.same')} />}
      {checks.length === 0 ? null : (
        <Fold isOpenAtFirst summary={text('window.history.compared.checks')}>
          <Changes head={text('window.history.check')}>
            {checks.map(({ id, title, subject, before: was, after: is, observed }) => (
              <tr key={`${id} ${subject}`}>
                <th scope="row">
                  {title}
                  <div className={classes['aside']}>{[subject, observed].filter((part) => part !== '').join(' · ')}</div>
                </th>
                <td>{markOf(was)}</td>
                <td>{markOf(is)}</td>
              </tr>
            ))}
          </Changes>
        </Fold>
      )}
      {differences('facts', facts, true)}
      {differences('figures', figures, checks.length + facts.length === 0)}
    </Stack>
  );

  function markOf(verdict: Verdict | null): ReactNode {
    return verdict === null ? (
      <span className={classes['aside']}>{text('window.history.notMade')}</span>
    ) : (
      <VerdictMark verdict={verdict} />
    );
  }

  function differences(which: 'facts' | 'figures', rows: RunComparison['facts'], isOpen: boolean): ReactNode {
    if (rows.length === 0) return null;
    return (
      <Fold isOpenAtFirst={isOpen} summary={text(`window.history.compared.${which}`)}>
        <Changes head={text('window.history.matter')}>
          {rows.map(({ what, subject, before: was, after: is }) => (
            <tr key={`${what} ${subject}`}>
              <th scope="row">
                {what}
                {subject === '' ? null : <div className={classes['aside']}>{subject}</div>}
              </th>
              <td>{was ?? '–'}</td>
              <td>{is ?? '–'}</td>
            </tr>
          ))}
        </Changes>
      </Fold>
    );
  }
}

function Changes({ head, children }: { readonly head: string; readonly children: ReactNode }): ReactNode {
  const text = useText();
  return (
    // Scrolls by itself where it is too wide, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['scrolled']} role="region" aria-label={head} tabIndex={0}>
      <table className={classes['table']} data-is="changes">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col">{text('window.history.before')}</th>
            <th scope="col">{text('window.history.after')}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
