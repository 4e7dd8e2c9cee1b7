import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from './useText.ts';
import classes from './DiffView.module.css';

/** One line of a diff; `mark` is read aloud with it, because colour and sign alone are not. */
type DiffLine = { readonly kind: 'added' | 'removed' | 'kept' | 'place'; readonly text: string };

/** The lines of a unified diff, without the two that name its files. */
export function diffLines(diff: string): readonly DiffLine[] {
  return diff
    .replace(/\n$/u, '')
    .split('\n')
    .filter((line) => !/^(?:---|\+\+\+|Index:|={5,}|\\ No newline)/u.test(line))
    .map((line): DiffLine => {
      if (line.startsWith('@@')) return { kind: 'place', text: line };
      if (line.startsWith('+')) return { kind: 'added', text: line.slice(1) };
      if (line.startsWith('-')) return { kind: 'removed', text: line.slice(1) };
      return { kind: 'kept', text: line.replace(/^ /u, '') };
    });
}

/** What a diff view takes: a unified diff, or for a new file its whole content. */
export type DiffViewProps = { readonly label: string } & ({ readonly diff: string } | { readonly content: string });

const SIGNS = { added: '+', removed: '−', kept: ' ', place: ' ' } as const;

/** A unified diff, or a whole new file. `label` names what it shows, such as the file's path. */
export function DiffView(props: DiffViewProps): ReactNode {
  const text = useText();
  const lines =
    'diff' in props
      ? diffLines(props.diff)
      : props.content
          .replace(/\n$/u, '')
          .split('\n')
          .map((line): DiffLine => ({ kind: 'added', text: line }));
  return (
    // Scrolls by itself, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['diff']} role="region" aria-label={text('window.diff.label', { file: props.label })} tabIndex={0}>
      <table>
        <tbody>
          {lines.map((line, index) => (
            // The lines of a diff never move.
            <tr key={index} className={classes[line.kind]}>
              <td className={classes['sign']}>
                {SIGNS[line.kind]}
                {line.kind === 'added' || line.kind === 'removed' ? (
                  <VisuallyHidden>{text(`window.diff.${line.kind}`)}</VisuallyHidden>
                ) : null}
              </td>
              <td>
                <code>{line.text}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
