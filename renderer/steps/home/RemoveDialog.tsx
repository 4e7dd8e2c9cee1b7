import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HomeCard } from '../../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { removeCard } from '../../state/home.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';

/** Asks before a draft is deleted, and names what it hits and what it leaves. */
export function RemoveDialog({ card, onClose }: { readonly card: HomeCard; readonly onClose: () => void }): ReactNode {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const name = card.name.trim() === '' ? text('window.frame.unnamed') : card.name;

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
    <Modal opened onClose={onClose} title={text('window.home.removeTitle', { name })} withCloseButton={false}>
      <Stack>
        <Text>{text('window.home.removeLead')}</Text>
        {failure === null ? null : <FailurePanel failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {text('window.frame.cancel')}
          </Button>
          <Button
            color="red"
            loading={isBusy}
            onClick={() => {
              void remove();
            }}
          >
            {text('window.home.removeAction', { name })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
