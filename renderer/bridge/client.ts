import type { TriadBridge } from '../../electron/shared/contract/bridge.ts';
import { procedures, type ProcedureInput, type ProcedureName, type ProcedureOutput } from '../../electron/shared/contract/procedures.ts';
import { streams, type StreamInput, type StreamName, type StreamValue } from '../../electron/shared/contract/streams.ts';
import { fail, Failure, FailureError } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { takeFirstReply } from './firstReply.ts';

declare global {
  interface Window {
    /** Published by the preload; absent when the page is opened outside the app. */
    triad?: TriadBridge;
  }
}

/** What parses: as much of a schema as is needed here, so that the output's type follows from the procedure's name. */
interface Reader<Value> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: Value } | { readonly success: false; readonly error: { readonly message: string } };
}

const procedureTable: {
  readonly [Name in ProcedureName]: { readonly input: Reader<unknown>; readonly output: Reader<ProcedureOutput<Name>> };
} = procedures;
const streamTable: { readonly [Name in StreamName]: { readonly output: Reader<StreamValue<Name>> } } = streams;

const lostListeners = new Set<(failure: Failure) => void>();

/** Tells when the core does not answer any more (it ended, or its answers make no sense); the window then can only be started anew. */
export function onCoreLost(listener: (failure: Failure) => void): () => void {
  lostListeners.add(listener);
  return () => {
    lostListeners.delete(listener);
  };
}

function lost(reason: string, cause?: unknown): FailureError {
  const error = fail('internal', adminSubject, {
    values: { reason },
    evidence: cause instanceof Error ? (cause.stack ?? cause.message) : '',
  });
  for (const listener of lostListeners) listener(error.failure);
  return error;
}

function bridge(): TriadBridge {
  if (window.triad === undefined) throw lost('the window has no connection to the core');
  return window.triad;
}

/** A value that does not fit the contract: a fault of the program, told as what it is and never passed on. */
function misfit(what: string, reason: string): FailureError {
  return fail('internal', adminSubject, { values: { reason: `${what} does not fit the contract` }, evidence: reason });
}

/**
 * Asks the core. Rejects with a `FailureError` that carries the core's failure; input and output are parsed by the contract on this end,
 * too, so that a fault of either end shows where it happened.
 */
export async function call<Name extends ProcedureName>(
  name: Name,
  ...given: undefined extends ProcedureInput<Name> ? [] : [input: ProcedureInput<Name>]
): Promise<ProcedureOutput<Name>> {
  const input: unknown = given[0];
  const checked = procedureTable[name].input.safeParse(input);
  if (!checked.success) throw misfit(`the input of ${name}`, checked.error.message);
  let reply: unknown;
  try {
    reply = await (takeFirstReply(name) ?? bridge().call(name, checked.data));
  } catch (error) {
    throw error instanceof FailureError ? error : lost(`the core does not answer ${name}`, error);
  }
  const answer = readReply(name, reply);
  if (!answer.ok) throw new FailureError(answer.failure);
  const output = procedureTable[name].output.safeParse(answer.value);
  if (!output.success) throw misfit(`the answer to ${name}`, output.error.message);
  return output.data;
}

function readReply(
  name: string,
  reply: unknown,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure } {
  if (typeof reply === 'object' && reply !== null && 'ok' in reply) {
    if (reply.ok === true) return { ok: true, value: 'value' in reply ? reply.value : undefined };
    const failure = Failure.safeParse('failure' in reply ? reply.failure : undefined);
    if (failure.success) return { ok: false, failure: failure.data };
  }
  throw misfit(`the reply to ${name}`, JSON.stringify(reply));
}

/** How long one turn may parse before the window gets its next frame, in milliseconds. A journal of 20,000 events arrives in large batches. */
const PARSE_TURN_MS = 8;

/**
 * Follows a stream until the returned function is called. The listener gets batches of parsed values in order: small ones at once, large
 * ones in several turns of at most {@link PARSE_TURN_MS}. A value that does not fit the contract ends the stream with `onFailure`.
 */
export function follow<Name extends StreamName>(
  name: Name,
  input: StreamInput<Name>,
  onValues: (values: readonly StreamValue<Name>[]) => void,
  onFailure: (failure: Failure) => void = () => undefined,
): () => void {
  const { output } = streamTable[name];
  let isOver = false;
  let isWaiting = false;
  let waiting: (readonly unknown[])[] = [];
  let unsubscribe: () => void = () => undefined;

  function stop(): void {
    if (isOver) return;
    isOver = true;
    waiting = [];
    unsubscribe();
  }

  function parseSome(): void {
    isWaiting = false;
    const end = performance.now() + PARSE_TURN_MS;
    while (waiting.length > 0 && !isOver) {
      const batch = waiting[0] ?? [];
      const values: StreamValue<Name>[] = [];
      let read = 0;
      while (read < batch.length && (read % 16 !== 15 || performance.now() < end)) {
        const value = output.safeParse(batch[read]);
        if (!value.success) {
          stop();
          onFailure(misfit(`a value of ${name}`, value.error.message).failure);
          return;
        }
        values.push(value.data);
        read += 1;
      }
      if (read === batch.length) waiting.shift();
      else waiting[0] = batch.slice(read);
      if (values.length > 0) onValues(values);
      if (waiting.length > 0 && performance.now() >= end) {
        isWaiting = true;
        setTimeout(parseSome, 0);
        return;
      }
    }
  }

  try {
    unsubscribe = bridge().subscribe(name, input, (values) => {
      if (isOver || values.length === 0) return;
      waiting.push(values);
      if (!isWaiting) parseSome();
    });
  } catch (error) {
    onFailure(error instanceof FailureError ? error.failure : lost(`the core does not answer ${name}`, error).failure);
  }
  return stop;
}
