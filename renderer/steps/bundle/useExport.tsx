import { Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ExportedBundle } from '../../../electron/shared/contract/bundles.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { titleOf } from '../../../electron/shared/messages/titleOf.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun, useOtherRun, useRun } from '../../state/runs.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { OtherRunNotice } from '../../widgets/OtherRunNotice.tsx';
import { RunFailure } from '../../widgets/RunFailure.tsx';
import type { StepAction } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { ExportOptions, NO_OPTIONS, passphraseOf, type ChosenOptions } from './ExportOptions.tsx';
import { Exported } from './Exported.tsx';
import { PlainExport } from './PlainExport.tsx';
import type { BundleTab } from './tab.ts';
import { WhatItHolds } from './WhatItHolds.tsx';

/** A validation of the practice servers takes 2 s; logging in to slow ones may take 15. */
const VALIDATE_AT_MOST_MS = 30_000;

/** `unsaved`: validated, and the admin has closed the dialog that asks for a place. */
type Stage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'validating' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'written'; readonly bundle: ExportedBundle };

/** Validates the cluster and writes its bundle. */
export function useExport(): BundleTab {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const isReady = useDraft(({ reading }) => reading.ok);
  const [options, setOptions] = useState<ChosenOptions>(NO_OPTIONS);
  const [stage, setStage] = useState<Stage>({ kind: 'ready' });
  const [runId, setRunId] = useState<string | null>(null);
  const run = useRun(runId);
  const other = useOtherRun();
  const saved = useRef<string | null>(null);
  const isValidating = stage.kind === 'validating';
  const passphrase = passphraseOf(options);
  const isUnsealed = options.isSealed && passphrase === null;

  async function validate(): Promise<void> {
    setStage({ kind: 'ready' });
    setRunId(null);
    const started = await startRun('validate');
    if (started === null) return;
    setRunId(started);
    setStage({ kind: 'validating' });
  }

  async function save(): Promise<void> {
    setStage({ kind: 'saving' });
    try {
      const bundle = await call('bundles.export', { draft: draftId, passphrase, withPrograms: options.withPrograms });
      if (bundle === null) {
        setStage({ kind: 'unsaved' });
        return;
      }
      setStage({ kind: 'written', bundle });
      // What stands below goes on to say what is in the one that was written.
      setOptions({ ...options, passphrase: '', again: '' });
    } catch (error) {
      setStage({ kind: 'failed', failure: failureOf(error, adminSubject) });
    }
  }

  const { record, status, failure: lostFailure } = run;
  // What it found goes in, whatever the verdict; it must only have come to its end.
  const hasEnded = record !== null && status === 'ended' && record.failure === null;
  useEffect(() => {
    if (!isValidating || !hasEnded || saved.current === runId) return;
    saved.current = runId;
    void save();
  });

  const runFailure = lostFailure ?? (isValidating && status === 'ended' ? (record?.failure ?? null) : null);
  const isGoing = isValidating && runFailure === null && status !== 'interrupted';
  const phase = record?.phases.findLast(({ outcome }) => outcome === null)?.phase;
  const isBusy = isGoing || stage.kind === 'saving';

  return {
    primary: primaryAction(),
    secondary: secondaryActions(),
    body: (
      <Stack gap="lg">
        <OtherRunNotice other={isValidating ? null : other} />
        {runFailure === null ? null : (
          <>
            <RunFailure failure={runFailure} />
            <Notice level="warn">{text('window.bundle.notValidated')}</Notice>
          </>
        )}
        {stage.kind === 'failed' ? <FailurePanel failure={stage.failure} /> : null}
        {stage.kind === 'unsaved' ? <Notice level="info">{text('window.bundle.notSaved')}</Notice> : null}
        {isGoing ? (
          <Loading what={phase === undefined ? text('window.bundle.validating') : titleOf('phase', phase)} atMostMs={VALIDATE_AT_MOST_MS} />
        ) : null}
        {stage.kind === 'saving' ? <Loading what={text('window.bundle.making')} /> : null}
        {stage.kind === 'written' ? <Exported bundle={stage.bundle} /> : null}
        <WhatItHolds isSealed={options.isSealed}>
          <ExportOptions options={options} isDisabled={isBusy} onChange={setOptions} />
        </WhatItHolds>
        <PlainExport />
      </Stack>
    ),
  };

  function primaryAction(): StepAction {
    if (isGoing) return { label: text('window.bundle.exporting'), onPress: () => undefined, isBusy: true };
    if (stage.kind === 'saving') return { label: text('window.bundle.saving'), onPress: () => undefined, isBusy: true };
    const why = whyNot();
    const blocked = why === null ? {} : { isDisabled: true, why };
    return stage.kind === 'unsaved'
      ? { label: text('window.bundle.save'), onPress: save, ...blocked }
      : { label: text('window.bundle.export'), onPress: validate, ...blocked };
  }

  function whyNot(): string | null {
    if (!isReady) return text('window.bundle.incomplete');
    if (other !== null) return text('window.run.other.why');
    return isUnsealed ? text('window.bundle.whyPassphrase') : null;
  }

  function secondaryActions(): readonly StepAction[] {
    if (isGoing) return [{ label: text('window.bundle.stop'), onPress: run.cancel, isBusy: run.isCancelling }];
    return stage.kind === 'unsaved' ? [{ label: text('window.bundle.export'), onPress: validate }] : [];
  }
}
