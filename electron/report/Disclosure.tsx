import type { ReactElement, ReactNode } from 'react';

/** What {@link Disclosure} holds. */
export interface DisclosureProps {
  readonly summary: ReactNode;
  readonly isOpen?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Something that can be opened; on paper it always is. */
export function Disclosure({ summary, isOpen = false, className = '', children }: DisclosureProps): ReactElement {
  return (
    <details className={className} open={isOpen}>
      <summary>{summary}</summary>
      <div className="disclosed">{children}</div>
    </details>
  );
}
