import type { ProcedureName } from '../../shared/contract/procedures.ts';
import type { StreamName } from '../../shared/contract/streams.ts';

/**
 * What answers a call. Written as a method, so that a handler of any one input fits: the servers of the contract hand it only what the table's
 * schema for its name has parsed.
 */
type Procedure = { handle(input: unknown): Promise<unknown> }['handle'];

/** What feeds a subscription until the returned function is called. */
type Stream = { open(input: unknown, push: (values: readonly unknown[]) => void): () => void }['open'];

/** What implements the contract, seen from where it is served. */
export interface ContractApi {
  readonly procedures: Readonly<Record<ProcedureName, Procedure>>;
  readonly streams: Readonly<Record<StreamName, Stream>>;
}
