import { Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Settings } from '../../electron/shared/contract/procedures.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { useSession } from '../state/session.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { ChoiceField, SelectField } from '../widgets/fields.tsx';
import { useText } from '../widgets/useText.ts';

const THEMES = ['system', 'light', 'dark'] as const;
const LANGUAGES = ['system', 'en', 'pt'] as const;

/** How the window looks and speaks. Every change is in effect at once. */
export function SettingsDialog(): ReactNode {
  const text = useText();
  const { dialog, showDialog, settings, saveSettings } = useSession();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function save(change: Partial<Settings>): Promise<void> {
    try {
      setFailure(null);
      await saveSettings({ ...settings, ...change });
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    }
  }

  return (
    <Modal
      opened={dialog === 'settings'}
      onClose={() => {
        showDialog(null);
      }}
      title={text('window.settings.title')}
      closeButtonProps={{ 'aria-label': text('window.frame.close') }}
    >
      <Stack>
        <ChoiceField
          label={text('window.settings.theme')}
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: text(`window.settings.theme.${value}`) }))}
          onChange={(theme) => {
            void save({ theme });
          }}
        />
        <SelectField
          label={text('window.settings.language')}
          value={settings.language}
          options={LANGUAGES.map((value) => ({ value, label: text(`window.settings.language.${value}`) }))}
          onChange={(language) => {
            void save({ language });
          }}
        />
        {failure === null ? null : <FailurePanel failure={failure} />}
      </Stack>
    </Modal>
  );
}
