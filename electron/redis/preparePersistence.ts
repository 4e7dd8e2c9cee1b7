import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Persistence } from '../shared/domain/spec.ts';
import { message, say } from '../shared/messages/message.ts';
import { pause, type CallBounds } from './bounded.ts';
import { parseInfo, type InfoFields } from './parseInfo.ts';
import type { RedisNode } from './redisNode.ts';

/** What a node is to be prepared for, and for how long one write of its data may take. */
export interface PreparePersistenceOptions {
  readonly persistence: Persistence;
  /** The planned value of `save`. */
  readonly save: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Told of each command that changes something. */
  readonly emit: (command: string) => void;
}

const POLL_MS = 50;

/**
 * Has a running node write its data in the way that the planned persistence reads at a start, while the present way goes on too; true when
 * something was changed. Redis 7 reads either append-only files or the snapshot: a node that starts with a new configuration beside data of the
 * old kind comes back empty. So this comes before the new configuration is written, and the old way is switched off only after it. `none` reads
 * and keeps nothing, there is nothing to prepare. Throws `redis.persistenceNotChanged` when the data could not be written within the deadline.
 */
export async function preparePersistence(node: RedisNode, options: PreparePersistenceOptions): Promise<boolean> {
  const { persistence, save, signal } = options;
  if (persistence === 'none') return false;
  const bounds: CallBounds = { signal };
  const endsAt = performance.now() + options.deadlineMs;
  const refuse = (reason: Message, info: InfoFields): Error =>
    fail('redis.persistenceNotChanged', node.subject, {
      values: { node: node.node, persistence, reason: say(reason) },
      evidence: [...info]
        .filter(([name]) => /^(?:aof|rdb)_/u.test(name))
        .map((pair) => pair.join(':'))
        .join('\n'),
      retryable: true,
    });
  const waitFor = async (isIt: (info: InfoFields) => boolean): Promise<InfoFields> => {
    for (;;) {
      const info = parseInfo(String(await node.call(['INFO', 'persistence'], bounds)));
      if (isIt(info)) return info;
      if (performance.now() > endsAt) throw refuse(message('cluster.why.stillWriting', { seconds: options.deadlineMs / 1000 }), info);
      await pause(POLL_MS, signal, node.subject);
    }
  };
  const requireWritten = (info: InfoFields, status: string): void => {
    if (info.get(status) !== 'ok') throw refuse(message('cluster.why.writeFailed'), info);
  };
  const change = async (words: readonly [string, ...string[]]): Promise<void> => {
    await node.call(words, bounds);
    options.emit(words.map((word) => (word === '' ? '""' : word)).join(' '));
  };

  const found = await node.configGet(['appendonly', 'save'], bounds);
  const isAppendOnly = found.get('appendonly') === 'yes';
  if (persistence === 'aof') {
    if (!isAppendOnly) await change(['CONFIG', 'SET', 'appendonly', 'yes']);
    // Until its first rewrite is done, a file that was just switched on holds nothing of what was there before. Also after an interrupted run.
    // One that failed is tried again and again by Redis itself; the first failure is told.
    const hasFailed = (one: InfoFields): boolean => !isWriting(one) && one.get('aof_last_bgrewrite_status') !== 'ok';
    const info = await waitFor((one) => hasFailed(one) || (isIdle(one) && one.get('aof_enabled') === '1'));
    requireWritten(info, 'aof_last_bgrewrite_status');
    return !isAppendOnly;
  }
  if (!isAppendOnly && found.get('save') === save) return false;
  // With save points a node that is stopped in order writes a last snapshot of its own.
  if (found.get('save') !== save) await change(['CONFIG', 'SET', 'save', save]);
  // One child at a time: a snapshot for a replica, or a rewrite, is waited for; one that has begun since is told by BGSAVE itself.
  await waitFor(isIdle);
  await change(['BGSAVE']);
  requireWritten(await waitFor(isIdle), 'rdb_last_bgsave_status');
  return true;
}

/** Whether a child of the node writes something. */
function isWriting(info: InfoFields): boolean {
  return ['rdb_bgsave_in_progress', 'aof_rewrite_in_progress'].some((name) => info.get(name) !== '0');
}

/** Whether no child of the node writes anything, or is about to. */
function isIdle(info: InfoFields): boolean {
  return !isWriting(info) && info.get('aof_rewrite_scheduled') === '0';
}
