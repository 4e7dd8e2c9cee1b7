import type { ReactElement } from 'react';
import type { ReportChange, ReportServer } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { Diff, Raw } from './Raw.tsx';

interface Content {
  readonly title: string;
  readonly content: string;
  readonly isDiff: boolean;
  readonly servers: Set<string>;
}

function contentOf({ diff, content }: ReportChange): { readonly content: string; readonly isDiff: boolean } | null {
  if (diff !== null && diff !== '') return { content: diff, isDiff: true };
  return diff === null && content !== null ? { content, isDiff: false } : null;
}

/**
 * On paper, what was written into files, each once with the servers that it holds for: beside every change of every server it would be most of the
 * report, and the same three times.
 */
export function ContentsOnPaper({ servers }: { readonly servers: readonly ReportServer[] }): ReactElement | null {
  const contents = new Map<string, Content>();
  for (const { name, appliedChanges, plannedChanges } of servers) {
    for (const change of [...appliedChanges, ...plannedChanges]) {
      const found = contentOf(change);
      if (found === null) continue;
      const key = `${change.title} ${found.content}`;
      const known = contents.get(key) ?? { ...found, title: change.title, servers: new Set<string>() };
      known.servers.add(name);
      contents.set(key, known);
    }
  }
  if (contents.size === 0) return null;
  return (
    <div className="on-paper">
      <h3>{text('report.changes.contents')}</h3>
      <div className="contents">
        {[...contents].map(([key, { title, content, isDiff, servers: names }]) => (
          <div key={key}>
            <h4>
              {title} <span className="muted">{[...names].join(', ')}</span>
            </h4>
            {isDiff ? <Diff>{content}</Diff> : <Raw>{content}</Raw>}
          </div>
        ))}
      </div>
    </div>
  );
}
