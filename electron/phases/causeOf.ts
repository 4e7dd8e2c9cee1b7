import type { Failure } from '../shared/domain/failure.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { say } from '../shared/messages/message.ts';
import type { RunContext } from './runContext.ts';

/** What a lost SSH connection looks like to those who talk to Redis through it. */
const MAY_BE_LOST: ReadonlySet<string> = new Set([
  'redis.unreachable',
  'cluster.noAgreement',
  'cluster.notReady',
  'cluster.replicaNotInSync',
]);
/** The streams through a connection may end a moment before the connection itself is told to be lost. */
const NEWS_MS = 300;

/** The lost connection behind a failure of Redis or of the cluster, so that the admin is not sent to look at a node. Null where all stand. */
export async function causeOf(context: RunContext, failure: Failure): Promise<Failure | null> {
  if (!MAY_BE_LOST.has(failure.code)) return null;
  // A server that the run goes on without is told already, and is the cause of nothing that comes later.
  const reached = [...context.hosts].filter(([name]) => !context.lost.has(name));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const noNews = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), NEWS_MS);
  });
  const lost = await Promise.race([noNews, ...reached.map(async ([, host]) => host.lost)]);
  clearTimeout(timer);
  if (!(lost instanceof FailureError)) return null;
  return { ...lost.failure, evidence: say({ code: failure.code, values: failure.values }) };
}
