import type { ReactElement } from 'react';
import { typedParts } from '../shared/messages/typedParts.ts';

/** A sentence in which what stands between backticks is something to type. */
function Sentence({ children }: { readonly children: string }): ReactElement {
  return <>{typedParts(children).map(({ text, isTyped }, index) => (isTyped ? <code key={`${index} ${text}`}>{text}</code> : text))}</>;
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
