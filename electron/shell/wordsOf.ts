import { FailureError } from '../shared/domain/failure.ts';
import { isMessageCode, message, say } from '../shared/messages/message.ts';
import type { Redactor } from './log/redact.ts';

/** An error in words for a native dialog: what happened and what to do where it was foreseen, else its own sentence. Without secrets. */
export function wordsOf(error: unknown, redactor: Redactor): { readonly message: string; readonly detail: string } {
  if (error instanceof FailureError && error.failure.code !== 'internal') {
    const { code, values } = error.failure;
    const remedy = `${code}.remedy`;
    return {
      message: redactor.redact(say({ code, values })),
      detail: isMessageCode(remedy) ? redactor.redact(say({ code: remedy, values })) : '',
    };
  }
  const reason = redactor.redact(error instanceof Error ? error.message : String(error));
  return { message: say(message('shell.fault.title')), detail: say(message('shell.fault.detail', { reason })) };
}
