import type { ReactElement } from 'react';

/** A sentence of the catalogue, in which what stands between backticks is something to type. */
export function Words({ children }: { readonly children: string }): ReactElement {
  const parts = children.split('`');
  // An odd number of backticks is no mark-up but something that a server said.
  if (parts.length % 2 === 0) return <>{children}</>;
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))}</>;
}
