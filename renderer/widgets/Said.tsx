import { Fragment, type ReactNode } from 'react';
import { typedParts } from '../../electron/shared/messages/typedParts.ts';

/** A text of the catalogue; what its backticks mark is shown as something to type. */
export function Said({ children }: { readonly children: string }): ReactNode {
  return (
    <>
      {typedParts(children).map(({ text, isTyped }, index) =>
        isTyped ? <code key={`${index} ${text}`}>{text}</code> : <Fragment key={`${index} ${text}`}>{text}</Fragment>,
      )}
    </>
  );
}
