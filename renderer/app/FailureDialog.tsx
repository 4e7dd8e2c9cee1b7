import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../state/session.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { useText } from '../widgets/useText.ts';

/** Tells what failed where no screen can. */
export function FailureDialog(): ReactNode {
  const text = useText();
  const { failure, hideFailure } = useSession();
  if (failure === null) return null;
  return (
    <Modal
      opened
      size="lg"
      onClose={hideFailure}
      title={text('window.failure.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      <FailurePanel failure={failure} />
    </Modal>
  );
}
