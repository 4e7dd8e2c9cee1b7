import { Stack, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Change } from '../../../electron/shared/domain/change.ts';
import { actionOf, type ChangeAction } from '../../../electron/shared/domain/changeAction.ts';
import { changeWords, isOnWindows, type ChangeWords } from '../../../electron/shared/messages/changeWords.ts';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { DiffView } from '../../widgets/DiffView.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import classes from './review.module.css';

const SIGNS = { added: '+', changed: '~', removed: '−', kept: '=' } as const;

/** A sign for what is done, with its word for those who hear it. */
export function Sign({ action }: { readonly action: ChangeAction | 'kept' }): ReactNode {
  const text = useText();
  return (
    <span className={classes['sign']} data-action={action}>
      <span aria-hidden>{SIGNS[action]}</span>
      <VisuallyHidden>{text(`window.review.action.${action}`)}</VisuallyHidden>
    </span>
  );
}

/** One change: what is done; opened, the content or the difference, the commands, and what takes it back. */
export function ChangeRow({ change }: { readonly change: Change }): ReactNode {
  useText();
  const words = changeWords(change);
  return (
    <div className={classes['item']}>
      <Fold
        isPlain
        summary={
          <span className={classes['title']}>
            <Sign action={actionOf(change)} />
            <span>
              {words.title}
              {words.detail === '' ? null : <span className={classes['detail']}> {words.detail}</span>}
            </span>
          </span>
        }
      >
        <Stack gap="xs">
          <Content change={change} />
          {words.commands.length === 0 ? null : <Commands commands={words.commands} isWindows={isOnWindows(change)} />}
          <Undo words={words} />
        </Stack>
      </Fold>
    </div>
  );
}

function Content({ change }: { readonly change: Change }): ReactNode {
  const text = useText();
  if (change.kind !== 'file' || change.action === 'permissions') return null;
  if (change.holdsSecret)
    return <Text c="dimmed">{text(isOnWindows(change) ? 'window.review.secret.windows' : 'window.review.secret')}</Text>;
  return change.diff === null || change.diff === '' ? (
    <DiffView label={change.path} content={change.content} />
  ) : (
    <DiffView label={change.path} diff={change.diff} />
  );
}

function Commands({ commands, isWindows }: { readonly commands: readonly string[]; readonly isWindows: boolean }): ReactNode {
  const text = useText();
  return (
    <div>
      <Text size="sm" c="dimmed">
        {text(isWindows ? 'window.review.commands.windows' : 'window.review.commands')}
      </Text>
      <pre className={classes['command']}>{commands.join('\n')}</pre>
    </div>
  );
}

function Undo({ words }: { readonly words: ChangeWords }): ReactNode {
  const text = useText();
  return (
    <div className={classes['undo']}>
      <span>{text('window.review.undo')}</span>
      {words.isUndoCommand ? (
        <>
          <code>{words.undo.join('\n')}</code>
          <CopyButton isCompact label={text('window.review.copyUndo')} value={words.undo.join('\n')} />
        </>
      ) : (
        <span>{words.undo.join(' ')}</span>
      )}
    </div>
  );
}
