import { BUS_PORT_OFFSET } from './address.ts';
import type { Draft } from './draft.ts';
import { specInputOf } from './draft.ts';
import { ClusterSpec } from './spec.ts';

const redisFields = ClusterSpec.shape.redis.unwrap().shape;

function redisInput(draft: Draft, key: string): unknown {
  const { redis } = specInputOf(draft);
  return typeof redis === 'object' && redis !== null ? Reflect.get(redis, key) : undefined;
}

/** Memory for the data of each process, bytes, while the rest of the draft may still be unfinished; null while the field holds no amount. */
export function maxMemoryBytesOf(draft: Draft): number | null {
  return redisFields.maxMemory.safeParse(redisInput(draft, 'maxMemory')).data ?? null;
}

/** The node timeout, milliseconds; null while the field holds none. */
export function nodeTimeoutMsOf(draft: Draft): number | null {
  return redisFields.nodeTimeoutMs.safeParse(redisInput(draft, 'nodeTimeoutMs')).data ?? null;
}

/** A data port and its bus port; null while the field holds no port that can be used. */
export function portPairOf(
  draft: Draft,
  field: 'masterPort' | 'replicaPort',
): { readonly dataPort: number; readonly busPort: number } | null {
  const dataPort = redisFields[field].safeParse(redisInput(draft, field)).data ?? null;
  return dataPort === null ? null : { dataPort, busPort: dataPort + BUS_PORT_OFFSET };
}
