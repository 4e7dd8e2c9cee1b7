import { PasswordInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { FieldFrame, NOTE_LAST } from '../../widgets/FieldFrame.tsx';
import { useText } from '../../widgets/useText.ts';

/** A passphrase as it is typed. It is handed to the core once, kept nowhere, and forgotten with the screen. */
export function PassphraseField({
  label,
  value,
  note,
  error,
  onChange,
  onEnter,
}: {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly error?: string | null;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
}): ReactNode {
  const text = useText();
  const id = useId();
  return (
    <FieldFrame id={id} label={label}>
      <PasswordInput
        id={id}
        value={value}
        error={error ?? null}
        maxLength={1024}
        autoComplete="off"
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': text('window.secret.show', { label }) }}
        description={note}
        inputWrapperOrder={NOTE_LAST}
        aria-invalid={(error ?? null) !== null || undefined}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
        }}
      />
    </FieldFrame>
  );
}
