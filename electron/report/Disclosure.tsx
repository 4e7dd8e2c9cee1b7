import { createContext, useContext, type ReactElement, type ReactNode } from 'react';

/** What a page is made for: to be read in a window, or to be printed as it is. */
export type Medium = 'screen' | 'paper';

/** The medium of the page that is being rendered. */
export const MediumContext = createContext<Medium>('screen');

/** What {@link Disclosure} holds. */
export interface DisclosureProps {
  readonly summary: ReactNode;
  readonly isOpen?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * Something that can be opened; on paper it always is. A browser of today opens it by the style for print. Others leave what is closed out of the print
 * (Chromium before 131, Firefox before 143), so a page that is made for paper has it open from the beginning.
 */
export function Disclosure({ summary, isOpen = false, className = '', children }: DisclosureProps): ReactElement {
  const isPaper = useContext(MediumContext) === 'paper';
  return (
    <details className={className} open={isOpen || isPaper}>
      <summary>{summary}</summary>
      <div className="disclosed">{children}</div>
    </details>
  );
}
