import { z } from 'zod';
import { Message } from '../domain/message.ts';
import { ClusterPlan } from '../domain/plan.ts';

/** Where a cluster is looked for that somebody else has installed. An empty password: it has none. */
export const AdoptionWish = z.strictObject({ address: z.string().max(300), name: z.string().max(40), password: z.string().max(4096) });
export type AdoptionWish = z.infer<typeof AdoptionWish>;

/** What was found there: the cluster with the specification that describes it, or everything in which it is not as Triad knows one. */
export const FoundCluster = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), id: z.string().regex(/^[0-9a-f]{32}$/u), plan: ClusterPlan, text: z.string() }),
  z.object({ kind: z.literal('deviates'), deviations: z.array(Message) }),
]);
export type FoundCluster = z.infer<typeof FoundCluster>;
