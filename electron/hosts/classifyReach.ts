import type { Reach } from '../shared/domain/matrix.ts';
import type { ProbeTarget } from './host.ts';
import { BUS_PORT_OFFSET } from '../shared/domain/address.ts';

/** What one attempt saw, from whichever machine it was made. */
export interface ProbeSight {
  /** The connection was accepted by something. */
  readonly isConnected: boolean;
  /** The first line that came, without its end. */
  readonly line: string;
  /** The time was over. */
  readonly isTimedOut: boolean;
  /** What the system said: an error's name (`ECONNREFUSED`) or the C library's English words. */
  readonly words: string;
}

/** What is expected behind a port: a listener of ours with its word, a node's data port, or its bus port. */
export type Expectation = { readonly kind: 'word'; readonly word: string } | { readonly kind: 'data' } | { readonly kind: 'bus' };

/** A target without a word is a node; it is the bus port of the target that is `BUS_PORT_OFFSET` lower, else a data port. */
export function expectationOf(target: ProbeTarget, all: readonly ProbeTarget[]): Expectation {
  if (target.nonce !== null) return { kind: 'word', word: target.nonce };
  const isBus = all.some((other) => other.address === target.address && other.port === target.port - BUS_PORT_OFFSET);
  return { kind: isBus ? 'bus' : 'data' };
}

/** What a Redis says to PING, with or without a password, also while it loads its data or protects itself. */
const REDIS_ANSWER = /^(?:\+PONG|-NOAUTH|-ERR|-LOADING|-DENIED|-WRONGPASS|-MASTERDOWN|-BUSY|-MISCONF|-NOPERM)/u;

/** Names what an attempt saw. */
export function classifyReach(sight: ProbeSight, expected: Expectation): Reach {
  if (sight.isConnected) {
    switch (expected.kind) {
      case 'word':
        return sight.line === expected.word ? 'open' : 'intercepted';
      case 'data':
        return REDIS_ANSWER.test(sight.line) ? 'open' : 'intercepted';
      case 'bus':
        // The bus has no greeting; that something accepts is all that can be told.
        return 'open';
    }
  }
  if (/refused/iu.test(sight.words)) return 'refused';
  if (
    /no route to host|unreachable|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|host is down|permitted|permission denied|EACCES|EPERM/iu.test(
      sight.words,
    )
  )
    return 'unreachable';
  if (sight.isTimedOut || /timed? ?out/iu.test(sight.words)) return 'filtered';
  // A reset before the connection stood: something in the way rejects by it.
  if (/reset/iu.test(sight.words)) return 'refused';
  return 'unknown';
}
