import type { ReactElement, ReactNode } from 'react';

/** A part of the page with a heading that the contents lead to. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <div className="section-head">
        <h2 id={`${id}-heading`}>{title}</h2>
        {note !== undefined && <div className="note">{note}</div>}
      </div>
      {children}
    </section>
  );
}
