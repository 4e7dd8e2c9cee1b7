import { expect, it } from 'vitest';
import { emptyDraft, type Draft } from './draft.ts';
import { maxMemoryBytesOf, nodeTimeoutMsOf, portPairOf } from './draftValues.ts';

const draft = emptyDraft('0'.repeat(32), '2026-01-01T00:00:00Z', '7.0.15');
const withRedis = (redis: Partial<Draft['redis']>): Draft => ({ ...draft, redis: { ...draft.redis, ...redis } });

it('reads the fields of a draft that has no servers yet', () => {
  expect(maxMemoryBytesOf(draft)).toBe(256 * 1024 ** 2);
  expect(nodeTimeoutMsOf(draft)).toBe(5000);
  expect(portPairOf(draft, 'masterPort')).toEqual({ dataPort: 7000, busPort: 17_000 });
  expect(portPairOf(withRedis({ replicaPort: ' 7101 ' }), 'replicaPort')).toEqual({ dataPort: 7101, busPort: 17_101 });
});

it('has no value for what cannot be read', () => {
  const odd = withRedis({ maxMemory: 'much', nodeTimeoutMs: '5 s', masterPort: '80', replicaPort: '60000' });
  expect([maxMemoryBytesOf(odd), nodeTimeoutMsOf(odd), portPairOf(odd, 'masterPort'), portPairOf(odd, 'replicaPort')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect([maxMemoryBytesOf(withRedis({ maxMemory: '' })), nodeTimeoutMsOf(withRedis({ nodeTimeoutMs: '' }))]).toEqual([null, null]);
});
