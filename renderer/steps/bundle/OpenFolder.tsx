import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { FailurePanel } from '../../widgets/FailurePanel.tsx';
import { useText } from '../../widgets/useText.ts';

/** Opens the folder of a file that was written, in the file manager. */
export function OpenFolder({ fileId }: { readonly fileId: string }): ReactNode {
  const text = useText();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function open(): Promise<void> {
    setFailure(null);
    try {
      await call('bundles.openFolder', fileId);
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  return (
    <>
      <Button mt="sm" size="xs" variant="default" leftSection={<IconFolderOpen size="1rem" aria-hidden />} onClick={() => void open()}>
        {text('window.bundle.openFolder')}
      </Button>
      {failure === null ? null : <FailurePanel failure={failure} />}
    </>
  );
}
