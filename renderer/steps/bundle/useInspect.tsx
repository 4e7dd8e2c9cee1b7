import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { BundleComparison, BundleContent } from '../../../electron/shared/contract/bundles.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { Empty } from '../../widgets/Empty.tsx';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import type { StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { Differences } from './Differences.tsx';
import { InspectedBundle } from './InspectedBundle.tsx';
import type { BundleTab } from './tab.ts';

/** Looks into a bundle, and compares it. */
export function useInspect(): BundleTab {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const name = useDraft(({ draft }) => draft.name.trim());
  const [content, setContent] = useState<BundleContent | null>(null);
  const [comparison, setComparison] = useState<BundleComparison | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<'reading' | 'comparing' | null>(null);

  async function attempt(what: 'reading' | 'comparing', work: () => Promise<void>): Promise<void> {
    setBusy(what);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setBusy(null);
    }
  }

  const choose = async (): Promise<void> =>
    attempt('reading', async () => {
      let found: BundleContent | null;
      try {
        found = await call('bundles.inspect');
      } catch (error) {
        // What was shown before is not the file that was chosen now.
        setContent(null);
        setComparison(null);
        throw error;
      }
      if (found === null) return;
      setContent(found);
      setComparison(null);
    });

  const compare = async (other: 'cluster' | 'bundle'): Promise<void> =>
    attempt('comparing', async () => {
      if (content === null) return;
      const found = await call('bundles.compare', { draft: draftId, file: content.file.id, with: other });
      if (found !== null) setComparison(found);
    });

  const chooseOne: StepAction = {
    label: text(content === null ? 'window.bundle.choose' : 'window.bundle.chooseOther'),
    onPress: choose,
    isBusy: busy !== null,
  };
  return {
    primary:
      content === null
        ? chooseOne
        : { label: text('window.bundle.compareCluster'), onPress: async () => compare('cluster'), isBusy: busy !== null },
    secondary: content === null ? [] : [chooseOne, { label: text('window.bundle.compareBundle'), onPress: async () => compare('bundle') }],
    body: (
      <Stack gap="lg">
        {failure === null ? null : <FailurePanel failure={failure} />}
        {busy === null ? null : <Loading what={text(`window.bundle.${busy}`)} />}
        {comparison === null ? null : <Differences comparison={comparison} />}
        {content === null ? (
          failure === null ? (
            <Empty title={text('window.bundle.inspect.empty')} lead={text('window.bundle.inspect.lead')} />
          ) : null
        ) : (
          <>
            {content.cluster === name ? null : <Notice level="info">{text('window.bundle.otherName')}</Notice>}
            <InspectedBundle content={content} />
          </>
        )}
      </Stack>
    ),
  };
}
