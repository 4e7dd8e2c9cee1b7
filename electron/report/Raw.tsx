import type { ReactElement } from 'react';
import { formatCount } from '../shared/domain/reportFormat.ts';
import { text } from '../shared/figures/text.ts';

/** Longer texts than this (a log, a listing) are cut in the page, so that it stays small enough to mail; report.json holds them whole. */
const MOST_CHARACTERS = 6000;

/** Text as a machine gave it: evidence, a file, commands. */
export function Raw({ children, className = '' }: { readonly children: string; readonly className?: string }): ReactElement {
  const rest = children.length - MOST_CHARACTERS;
  return (
    <pre className={className}>
      {rest > 0 ? children.slice(0, MOST_CHARACTERS) : children}
      {rest > 0 && <span className="clipped">{`\n${text('report.page.clipped', { count: formatCount(rest) })}`}</span>}
    </pre>
  );
}

/** A unified diff, with added and removed lines told apart by sign, colour and background. */
export function Diff({ children }: { readonly children: string }): ReactElement {
  const lines = children.slice(0, MOST_CHARACTERS).split('\n');
  return (
    <pre className="diff">
      {lines.map((line, index) => (
        <span key={`${index} ${line}`} className={kindOf(line)}>
          {`${line}\n`}
        </span>
      ))}
      {children.length > MOST_CHARACTERS && (
        <span className="clipped">{text('report.page.clipped', { count: formatCount(children.length - MOST_CHARACTERS) })}</span>
      )}
    </pre>
  );
}

function kindOf(line: string): string {
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return line.startsWith('@@') ? 'place' : 'same';
}
