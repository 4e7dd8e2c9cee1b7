import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HomeCard } from '../../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { listNames } from '../../../electron/shared/figures/reportWords.ts';
import { call } from '../../bridge/client.ts';
import { homeStore, removeCard } from '../../state/home.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';
import { cardFacts } from './cardFacts.ts';

/** Asks before a draft is deleted or an installed cluster is forgotten here, and names what goes and what stays. */
export function RemoveDialog({ card, onClose }: { readonly card: HomeCard; readonly onClose: () => void }): ReactNode {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  // A cluster that runs is no draft: what goes and what stays is something else.
  const { isThere } = cardFacts(card, homeStore.getState().readAtMs);
  const name = card.name.trim() === '' ? text('window.frame.unnamed') : card.name;

  async function save(): Promise<void> {
    if (card.draftId === null) return;
    setFailure(null);
    try {
      const file = await call('drafts.export', card.draftId);
      setSavedAs(file?.name ?? null);
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  async function remove(): Promise<void> {
    if (card.draftId === null) return;
    setBusy(true);
    try {
      await removeCard(card.draftId);
      onClose();
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={text(isThere ? 'window.home.forgetTitle' : 'window.home.removeTitle', { name })}
      withCloseButton={false}
    >
      <Stack>
        {isThere ? (
          <>
            <Text>{text('window.home.forget.lost')}</Text>
            <Text>{text('window.home.forget.stays', { name, servers: listNames(card.tried.map(({ server }) => server)) })}</Text>
            <Text>{text('window.home.forget.back')}</Text>
          </>
        ) : (
          <Text>{text('window.home.removeLead')}</Text>
        )}
        {savedAs === null ? null : <Text role="status">{text('window.home.forget.saved', { name: savedAs })}</Text>}
        {failure === null ? null : <FailurePanel failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {text('window.frame.cancel')}
          </Button>
          {isThere ? (
            <Button variant="default" onClick={() => void save()}>
              {text('window.home.forget.save')}
            </Button>
          ) : null}
          <Button
            color="red"
            loading={isBusy}
            onClick={() => {
              void remove();
            }}
          >
            {text(isThere ? 'window.home.forgetAction' : 'window.home.removeAction', { name })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
