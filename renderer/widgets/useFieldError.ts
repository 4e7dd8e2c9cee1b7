import { useState } from 'react';
import type { Draft } from '../../electron/shared/domain/draft.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { draftStore } from '../state/draft.ts';

/** What a field shows as its error, and what it tells when it is left. */
export interface FieldError {
  readonly error: string | null;
  readonly onBlur: () => void;
}

/**
 * When a field says what is wrong: not while something is typed into it for the first time, and an empty one only after it was left, or
 * after the step's action was tried. Then at once, at every key.
 */
export function useFieldError(path: string | undefined, value: string, given: string | null | undefined): FieldError {
  const [wasLeft, setLeft] = useState(value !== '');
  const open = draftStore(({ current }) => current);
  const onBlur = (): void => {
    setLeft(true);
  };
  if (given !== undefined && given !== null) return { error: given, onBlur };
  const issue = path === undefined ? null : (open?.issueAt(path) ?? null);
  if (open === null || issue === null) return { error: null, onBlur };
  return { error: wasLeft || open.showsEmpty ? issueText(issue, open.draft) : null, onBlur };
}

/** An issue of the specification as a sentence below its field: the catalogue's text goes on after the field's name. */
export function issueText(issue: Message, draft: Draft): string {
  const values = Object.fromEntries(Object.entries(issue.values).map(([name, value]) => [name, nameOfServer(value, draft)]));
  const text = say({ code: issue.code, values });
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** `servers[0]`, as the specification file says it, by the name that the admin gave. */
function nameOfServer(value: string | number, draft: Draft): string | number {
  const index = /^servers\[(\d)\]$/u.exec(String(value))?.[1];
  return index === undefined ? value : (draft.servers[Number(index)]?.name ?? value);
}
