import { Group, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { HelpBubble } from './HelpBubble.tsx';

/** What every field takes. Words are texts of the catalogue, already in the reader's language. */
export interface FieldProps {
  readonly label: string;
  /** Two sentences: what it is, and why it matters. */
  readonly help?: string;
  /** Where the value stands in the specification (`servers.1.address`): what is wrong there is shown below the field. */
  readonly path?: string;
  /** What is wrong, where no path of the specification tells. */
  readonly error?: string | null;
  /** A consequence of the present value, shown below it. */
  readonly note?: ReactNode;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
}

/** A label with its help beside it (a button inside a label would be pressed by it), and the field below. */
export function FieldFrame({
  id,
  label,
  help,
  note,
  isRequired = false,
  children,
}: Pick<FieldProps, 'label' | 'help' | 'note' | 'isRequired'> & { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <Group gap={4} mb={4} wrap="nowrap" align="center">
        <Input.Label htmlFor={id} required={isRequired}>
          {label}
        </Input.Label>
        {help === undefined ? null : <HelpBubble about={label}>{help}</HelpBubble>}
      </Group>
      {children}
      {note === undefined || note === null ? null : <Input.Description mt={4}>{note}</Input.Description>}
    </div>
  );
}

/**
 * Below a field first what is wrong, then what the value means. A field of the kit takes its note as `description`: it sets `aria-describedby`
 * itself, and what it is given is lost.
 */
export const NOTE_LAST: ('input' | 'error' | 'description')[] = ['input', 'error', 'description'];
