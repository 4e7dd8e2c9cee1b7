import { procedures, type ProcedureName, type Reply } from '../../shared/contract/procedures.ts';
import { FailureError, type Failure } from '../../shared/domain/failure.ts';
import type { Message } from '../../shared/domain/message.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import type { ShellLog } from '../log/logFile.ts';
import type { Redactor } from '../log/redact.ts';
import type { ContractApi } from './contractApi.ts';
import { dataProblem } from './plainData.ts';
import type { Refusal, createRefusalLog } from './refusal.ts';

/** The most that one call or subscription may carry, counted about as JSON would take. Drafts have a few kB; copied texts up to a million characters. */
export const MAX_INPUT_BYTES = 1_100_000;

/** Calls that may wait for their answers at the same time. A window has a handful. */
const MAX_CALLS_AT_ONCE = 100;

/** What the server of calls needs. */
export interface CallServerOptions {
  /** The core; it may still be loading. */
  readonly api: () => Promise<ContractApi>;
  readonly log: ShellLog;
  readonly refuse: ReturnType<typeof createRefusalLog>;
  readonly redactor: Redactor;
}

/** Answers one call from the window that was already found to be ours. Never rejects. */
export type CallServer = (name: unknown, input: unknown) => Promise<Reply<unknown>>;

/** Makes the server of calls: what is not in the table, or not as the table says, gets a failure and does not reach the core. */
export function createCallServer({ api, log, refuse, redactor }: CallServerOptions): CallServer {
  let waiting = 0;

  const refused = (refusal: Refusal, name: string): Reply<never> => {
    refuse(refusal, { name });
    return failed(internal(refusalTexts[refusal]()));
  };

  const run = async (name: ProcedureName, input: unknown): Promise<Reply<unknown>> => {
    const { procedures: handlers } = await api();
    const handler = handlers[name];
    const value = procedures[name].output.safeParse(await handler(input));
    if (value.success) return { ok: true, value: value.data };
    log.error('contract.outputWrong', new Error(placesOf(value.error.issues)), { name });
    return failed(internal(message('shell.refused.answer')));
  };

  return async (name, input) => {
    if (!isProcedureName(name)) return refused('unknown', '');
    const problem = dataProblem(input, MAX_INPUT_BYTES);
    if (problem !== null) return refused(problem === 'tooLarge' ? 'tooLarge' : 'malformed', name);
    const parsed = procedures[name].input.safeParse(input);
    if (!parsed.success) return refused('malformed', name);
    if (waiting >= MAX_CALLS_AT_ONCE) return refused('tooMany', name);
    hideSecrets(redactor, name, parsed.data);
    waiting += 1;
    try {
      const reply = await run(name, parsed.data);
      if (reply.ok && name === 'secrets.reveal' && typeof reply.value === 'string') redactor.hide(reply.value);
      return reply;
    } catch (error) {
      log.error('contract.failed', error, { name });
      return failed(failureForWindow(error, redactor));
    } finally {
      waiting -= 1;
    }
  };
}

const refusalTexts: Readonly<Record<Refusal, () => Message>> = {
  unknown: () => message('shell.refused.unknown'),
  malformed: () => message('shell.refused.malformed'),
  tooLarge: () => message('shell.refused.tooLarge'),
  tooMany: () => message('shell.refused.tooMany'),
  foreign: () => message('shell.refused.foreign'),
};

/** The answer to a caller that is not our own window. */
export function foreignReply(): Reply<never> {
  return failed(internal(refusalTexts.foreign()));
}

function isProcedureName(name: unknown): name is ProcedureName {
  return typeof name === 'string' && Object.hasOwn(procedures, name);
}

/** A secret that passes through here is known to the log from now on. */
function hideSecrets(redactor: Redactor, name: ProcedureName, input: unknown): void {
  if (name !== 'secrets.store') return;
  const { data } = procedures[name].input.safeParse(input);
  if (data !== undefined) redactor.hide(data.value);
}

/** What the window may know of an error: a foreseen failure as it is; of any other the sentence, and its stack only in the log. */
function failureForWindow(error: unknown, redactor: Redactor): Failure {
  if (error instanceof FailureError) return error.failure.code === 'internal' ? { ...error.failure, evidence: '' } : error.failure;
  const reason = redactor.redact(error instanceof Error ? error.message : String(error));
  return { code: 'internal', subject: adminSubject, values: { reason }, evidence: '', retryable: false };
}

function internal(reason: Message): Failure {
  return { code: 'internal', subject: adminSubject, values: { reason: say(reason) }, evidence: '', retryable: false };
}

function failed(failure: Failure): Reply<never> {
  return { ok: false, failure };
}

/** Where a value is not as its schema says, without the value. */
export function placesOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string | undefined }[]): string {
  return issues.map(({ path, code }) => `${path.map(String).join('.')}: ${code ?? ''}`).join('; ');
}
