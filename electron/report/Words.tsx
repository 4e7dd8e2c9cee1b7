import type { ReactElement } from 'react';

/** A sentence in which what stands between backticks is something to type. */
function Sentence({ children }: { readonly children: string }): ReactElement {
  const parts = children.split('`');
  // An odd number of backticks is no mark-up but something that a server said.
  if (parts.length % 2 === 0) return <>{children}</>;
  return <>{parts.map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part))}</>;
}

/** A text of the catalogue: one sentence, or several lines of which the indented ones are something to type. */
export function Words({ children }: { readonly children: string }): ReactElement {
  const lines = children.split('\n');
  if (lines.length === 1) return <Sentence>{children}</Sentence>;
  return (
    <>
      {lines.map((line, index) =>
        line.startsWith(' ') ? (
          <code className="line" key={`${index} ${line}`}>
            {line}
          </code>
        ) : (
          <span className="line" key={`${index} ${line}`}>
            <Sentence>{line}</Sentence>
          </span>
        ),
      )}
    </>
  );
}
