import { Button, Text } from '@mantine/core';
import { IconBook2, IconFileCode, IconListCheck, IconLockOff, IconPackage, type Icon } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { ExportedFolder } from '../../../electron/shared/contract/bundles.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { EXPORT_KINDS, type ExportKind } from '../../../electron/shared/domain/plainExport.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { ChoiceField } from '../../widgets/fields.tsx';
import { Loading } from '../../widgets/Loading.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { useText } from '../../widgets/useText.ts';
import { PlainFolder } from './PlainFolder.tsx';
import classes from './bundle.module.css';

const PARTS = [
  ['files', IconFileCode],
  ['programs', IconPackage],
  ['readme', IconBook2],
] as const satisfies readonly (readonly [string, Icon])[];

type Stage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'written'; readonly folder: ExportedFolder };

/** The way out of Triad: the cluster as a folder for Ansible or a shell. It is not what the screen is for, so its button is not the primary one. */
export function PlainExport(): ReactNode {
  const text = useText();
  const whyId = useId();
  const draftId = useDraft(({ draft }) => draft.id);
  const isReady = useDraft(({ reading }) => reading.ok);
  const flush = useDraft((open) => open.flush);
  const [kind, setKind] = useState<ExportKind>('ansible');
  const [stage, setStage] = useState<Stage>({ kind: 'ready' });
  const isWriting = stage.kind === 'writing';
  const end = useRef<HTMLDivElement>(null);
  // In a low window what came of it would lie below the button's edge of the page.
  useEffect(() => {
    if (stage.kind !== 'ready') end.current?.scrollIntoView({ block: 'nearest' });
  }, [stage]);

  async function write(): Promise<void> {
    if (!isReady || isWriting) return;
    setStage({ kind: 'writing' });
    try {
      await flush();
      const folder = await call('bundles.exportPlain', { draft: draftId, as: kind });
      setStage(folder === null ? { kind: 'unsaved' } : { kind: 'written', folder });
    } catch (error) {
      setStage({ kind: 'failed', failure: failureOf(error, adminSubject) });
    }
  }

  return (
    <section className={classes['plain']} aria-labelledby="triad-bundle-plain">
      <h2 id="triad-bundle-plain">{text('window.bundle.plain.title')}</h2>
      <Text size="sm">{text('window.bundle.plain.lead')}</Text>
      <div className={classes['columns']}>
        <div>
          <h3>{text('window.bundle.plain.holds')}</h3>
          <ul>
            <li>
              <IconListCheck size="1.15rem" aria-hidden />
              <span>{text(`window.bundle.plain.holds.${kind}`)}</span>
            </li>
            {PARTS.map(([part, Symbol]) => (
              <li key={part}>
                <Symbol size="1.15rem" aria-hidden />
                <span>{text(`window.bundle.plain.holds.${part}`)}</span>
              </li>
            ))}
          </ul>
        </div>
        <div className={classes['plainChoice']}>
          <ChoiceField
            label={text('window.bundle.plain.kind')}
            value={kind}
            options={EXPORT_KINDS.map((value) => ({ value, label: text(`window.bundle.plain.kind.${value}`) }))}
            isDisabled={isWriting}
            onChange={(chosen) => {
              setKind(chosen);
              // What stands there is about the other kind.
              setStage({ kind: 'ready' });
            }}
          />
          <Button
            variant="default"
            // Not `disabled`: it keeps the focus, and the reason below it can be read.
            aria-disabled={!isReady || isWriting}
            aria-busy={isWriting}
            aria-describedby={isReady ? undefined : whyId}
            onClick={() => void write()}
          >
            {text('window.bundle.plain.write')}
          </Button>
          {isReady ? null : (
            <Text size="sm" c="dimmed" id={whyId}>
              {text('window.bundle.incomplete')}
            </Text>
          )}
        </div>
      </div>
      <div className={classes['noSecret']} role="note">
        <IconLockOff size="1.15rem" aria-hidden />
        <Text size="sm">{text('window.bundle.plain.noSecret')}</Text>
      </div>
      <div ref={end}>
        {isWriting ? <Loading what={text('window.bundle.plain.making')} /> : null}
        {stage.kind === 'unsaved' ? <Notice level="info">{text('window.bundle.plain.notSaved')}</Notice> : null}
        {stage.kind === 'failed' ? <FailurePanel failure={stage.failure} /> : null}
        {stage.kind === 'written' ? <PlainFolder folder={stage.folder} /> : null}
      </div>
    </section>
  );
}
