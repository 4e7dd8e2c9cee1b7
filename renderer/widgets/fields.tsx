import { NativeSelect, PasswordInput, SegmentedControl, Switch, Text, TextInput } from '@mantine/core';
import { useId, useState, type ClipboardEvent, type ReactNode } from 'react';
import type { SecretName } from '../../electron/shared/domain/draft.ts';
import { failureOf } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { useDraft } from '../state/draft.ts';
import { useBeforeLeaving } from '../state/leaving.ts';
import { FieldFrame, NOTE_LAST, type FieldProps } from './FieldFrame.tsx';
import { HelpBubble } from './HelpBubble.tsx';
import { useFieldError } from './useFieldError.ts';
import { useText } from './useText.ts';
import classes from './fields.module.css';

/** What a field for text takes. */
export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** For addresses, paths, hashes. */
  readonly isMono?: boolean;
  /** A unit behind the value, such as `ms`. */
  readonly unit?: string;
  readonly onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly inputMode?: 'text' | 'numeric';
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactNode {
  const { label, help, note, path, value, onChange, isDisabled = false, isRequired = false, isMono = false } = props;
  const id = useId();
  const { error, onBlur } = useFieldError(path, value, props.error);
  return (
    <FieldFrame id={id} label={label} isRequired={isRequired} {...(help === undefined ? {} : { help })}>
      <TextInput
        id={id}
        value={value}
        error={error}
        disabled={isDisabled}
        required={isRequired}
        onBlur={onBlur}
        inputMode={props.inputMode ?? 'text'}
        autoComplete="off"
        spellCheck={false}
        className={isMono ? (classes['mono'] ?? '') : ''}
        rightSection={props.unit === undefined ? undefined : <span className={classes['unit']}>{props.unit}</span>}
        rightSectionWidth={props.unit === undefined ? undefined : '3rem'}
        description={note}
        inputWrapperOrder={NOTE_LAST}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        {...(props.onPaste === undefined ? {} : { onPaste: props.onPaste })}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    </FieldFrame>
  );
}

/** A whole number. The draft holds what was typed, whatever it is: the specification's rules tell when it is none. */
export function NumberField(props: Omit<TextFieldProps, 'inputMode' | 'isMono' | 'onPaste'>): ReactNode {
  return <TextField {...props} inputMode="numeric" />;
}

/** What a field for one of several values takes. */
export interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly isDisabled?: boolean }[];
  readonly onChange: (value: Value) => void;
}

/** One of several values, by the system's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>): ReactNode {
  const { label, help, note, path, value, options, onChange, isDisabled = false, isRequired = false } = props;
  const id = useId();
  const { error, onBlur } = useFieldError(path, value, props.error);
  return (
    <FieldFrame id={id} label={label} isRequired={isRequired} {...(help === undefined ? {} : { help })}>
      <NativeSelect
        id={id}
        value={value}
        error={error}
        disabled={isDisabled}
        onBlur={onBlur}
        description={note}
        inputWrapperOrder={NOTE_LAST}
        data={options.map((option) => ({ value: option.value, label: option.label, disabled: option.isDisabled ?? false }))}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      />
    </FieldFrame>
  );
}

/** One of two to four values, all of them in sight. */
export function ChoiceField<Value extends string>(props: SelectFieldProps<Value>): ReactNode {
  const { label, help, note, value, options, onChange, isDisabled = false } = props;
  const id = useId();
  return (
    <FieldFrame id={id} label={label} {...(help === undefined ? {} : { help })} note={note}>
      <SegmentedControl<Value>
        id={id}
        fullWidth
        size="sm"
        value={value}
        disabled={isDisabled}
        aria-label={label}
        data={options.map((option) => ({ value: option.value, label: option.label, disabled: option.isDisabled ?? false }))}
        onChange={onChange}
      />
    </FieldFrame>
  );
}

/** What a switch takes. */
export interface SwitchFieldProps extends FieldProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off, in effect at once. */
export function SwitchField({ label, help, note, isOn, onChange, isDisabled = false }: SwitchFieldProps): ReactNode {
  const noteId = useId();
  const hasNote = note !== undefined && note !== null;
  return (
    <div>
      <div className={classes['switch']}>
        <Switch
          label={label}
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={hasNote ? noteId : undefined}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
        {help === undefined ? null : <HelpBubble about={label}>{help}</HelpBubble>}
      </div>
      {hasNote ? (
        <Text size="sm" c="dimmed" id={noteId} mt={4}>
          {note}
        </Text>
      ) : null}
    </div>
  );
}

/** What a field for a secret takes. */
export interface SecretFieldProps extends Omit<FieldProps, 'path'> {
  readonly name: SecretName;
  readonly onStored?: () => void;
}

/**
 * A secret of the open draft. What is typed is handed to the core when the field is left or Enter is pressed, and forgotten here; a stored
 * one is never shown again, only replaced.
 */
export function SecretField({
  name,
  label,
  help,
  note,
  error,
  onStored,
  isDisabled = false,
  isRequired = false,
}: SecretFieldProps): ReactNode {
  const text = useText();
  const id = useId();
  const isKnown = useDraft(({ knownSecrets }) => knownSecrets.has(name));
  const storeSecret = useDraft((open) => open.storeSecret);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  async function store(): Promise<void> {
    if (typed === '') return;
    try {
      await storeSecret(name, typed);
      setTyped('');
      setProblem(null);
      onStored?.();
    } catch (cause) {
      const failure = failureOf(cause, adminSubject);
      setProblem(say({ code: failure.code, values: failure.values }));
    }
  }

  useBeforeLeaving(() => {
    void store();
  });

  const state = isKnown && typed === '' ? text('window.secret.stored') : null;
  return (
    <FieldFrame id={id} label={label} isRequired={isRequired} {...(help === undefined ? {} : { help })}>
      <PasswordInput
        id={id}
        value={typed}
        error={error ?? problem}
        disabled={isDisabled}
        autoComplete="off"
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': text('window.secret.show', { label }) }}
        placeholder={isKnown ? '••••••••' : ''}
        description={note ?? state}
        inputWrapperOrder={NOTE_LAST}
        // The kit marks the frame only.
        aria-invalid={(error ?? problem) !== null || undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onBlur={() => {
          void store();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void store();
        }}
      />
    </FieldFrame>
  );
}
