import { Button, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { TakenBundle } from '../../../electron/shared/contract/bundles.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { startRun } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { Said } from '../../widgets/Said.tsx';
import { useText } from '../../widgets/useText.ts';
import { HostKeys } from './HostKeys.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import type { BundleTab } from './tab.ts';
import classes from './bundle.module.css';

/** What came with a bundle that was opened, and what is still to be given. */
export function useTaken(taken: TakenBundle | null, onChange: (taken: TakenBundle) => void): BundleTab {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  return {
    primary: {
      label: text('window.bundle.taken.validate'),
      onPress: async () => {
        // Asks for the logins that are missing, where there are any.
        if ((await startRun('validate')) !== null) goTo('report');
      },
    },
    body: taken === null ? null : <Taken taken={taken} onChange={onChange} />,
  };
}

function Taken({ taken, onChange }: { readonly taken: TakenBundle; readonly onChange: (taken: TakenBundle) => void }): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const missing = useDraft((open) => open.missingSecrets().length);
  const { file, cluster, servers, newRuns, hostKeys, absentFiles, hasPassword } = taken;
  return (
    <Stack gap="lg">
      <section className={classes['holds']} aria-labelledby="triad-bundle-taken">
        <h2 id="triad-bundle-taken">{text('window.bundle.taken', { file: file.name })}</h2>
        <ul>
          {[
            text('window.bundle.taken.spec', { cluster, servers: listNames(servers.map(({ name, address }) => `${name} (${address})`)) }),
            newRuns === 0 ? text('window.bundle.taken.noRuns') : text('window.bundle.taken.runs', { count: newRuns }),
            text('window.bundle.taken.keys', { count: hostKeys.length }),
          ].map((line) => (
            <li key={line}>
              <IconCircleCheck size="1.15rem" aria-hidden />
              <span>{line}</span>
            </li>
          ))}
        </ul>
        <Text size="sm" c="dimmed">
          {text('window.bundle.taken.lead')}
        </Text>
      </section>
      <section className={classes['given']} aria-labelledby="triad-bundle-give">
        <h2 id="triad-bundle-give" className={classes['wide']}>
          {text('window.bundle.give')}
        </h2>
        <Gift title={text('window.bundle.give.logins')} isOpen={missing > 0}>
          <Text size="sm">{text(missing > 0 ? 'window.bundle.give.logins.note' : 'window.bundle.give.logins.known')}</Text>
          {missing > 0 || absentFiles.length > 0 ? (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                goTo('servers');
              }}
            >
              {text('window.bundle.give.logins.go')}
            </Button>
          ) : null}
        </Gift>
        <Gift title={text('window.bundle.give.password')} isOpen={!hasPassword && taken.isSealed}>
          <Password taken={taken} onChange={onChange} />
        </Gift>
        {absentFiles.length === 0 ? null : (
          <Gift title={text('window.bundle.give.files')} isOpen>
            <Text size="sm">{text('window.bundle.give.files.note', { files: listNames(absentFiles) })}</Text>
          </Gift>
        )}
        <Gift title={text('window.bundle.give.keys')} isOpen isWide>
          <Text size="sm">
            <Said>{text('window.bundle.give.keys.note')}</Said>
          </Text>
          <div>
            <HostKeys hostKeys={hostKeys} />
          </div>
        </Gift>
      </section>
    </Stack>
  );
}

function Gift({
  title,
  isOpen,
  isWide = false,
  children,
}: {
  readonly title: string;
  /** Whether it is still to be given. */
  readonly isOpen: boolean;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const Symbol = isOpen ? IconCircleDashed : IconCircleCheck;
  return (
    <div className={`${classes['gift'] ?? ''} ${isWide ? (classes['wide'] ?? '') : ''}`}>
      <h3 data-open={isOpen}>
        <Symbol size="1.15rem" aria-hidden />
        {title}
      </h3>
      {children}
    </div>
  );
}

function Password({ taken, onChange }: { readonly taken: TakenBundle; readonly onChange: (taken: TakenBundle) => void }): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const [passphrase, setPassphrase] = useState('');
  const [isOpening, setOpening] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  if (taken.hasPassword) return <Text size="sm">{text('window.bundle.give.password.known')}</Text>;
  if (!taken.isSealed) return <Text size="sm">{text('window.bundle.give.password.found')}</Text>;

  async function open(): Promise<void> {
    if (passphrase === '' || isOpening) return;
    setOpening(true);
    setFailure(null);
    try {
      const opened = await call('bundles.openSealed', { draft: draftId, passphrase });
      setPassphrase('');
      onChange(opened);
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setOpening(false);
    }
  }

  return (
    <>
      <Text size="sm">{text('window.bundle.give.password.sealed')}</Text>
      <div>
        <PassphraseField label={text('window.bundle.passphrase')} value={passphrase} onChange={setPassphrase} onEnter={() => void open()} />
      </div>
      <Button size="xs" variant="default" disabled={passphrase === ''} aria-busy={isOpening} onClick={() => void open()}>
        {text(isOpening ? 'window.bundle.give.password.opening' : 'window.bundle.give.password.open')}
      </Button>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </>
  );
}
