import type { ServerFacts } from '../../shared/domain/server.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { CheckContext } from '../checkContext.ts';

/** One row of the table: what server-1 is like, and what the check says of it. */
export interface ServerRow {
  readonly check: string;
  readonly name: string;
  readonly facts?: Partial<ServerFacts>;
  /** All facts, where the others matter too. */
  readonly all?: readonly ServerFacts[];
  readonly context?: CheckContext;
  readonly verdict: Verdict;
  /** Codes of the observation and, where there is one, of the remedy. */
  readonly says: string;
  /** Texts that must stand in observation or remedy, so that numbers and names are right. */
  readonly naming?: readonly string[];
}
