import { randomBytes } from 'node:crypto';
import { keptPassword } from '../secretsOfSpec.ts';
import { clusterNameOf, runsOfDraft, type WindowContext } from './windowContext.ts';

/** The Redis password of a draft: the one that a cluster of this name has already, else the one in the vault. Null where there is none yet. */
export async function redisPassword(context: WindowContext, draftId: string): Promise<string | null> {
  const draft = await context.drafts.load(draftId);
  const inVault = context.vault.get(draftId, 'REDIS_PASSWORD');
  if (draft.redis.password === 'own') return inVault;
  const name = clusterNameOf(draft);
  // A kept password is that of the cluster on these servers, and of no other that had the same name.
  if (name === null || (await runsOfDraft(context, draft, new Map())).length === 0) return inVault;
  return (await keptPassword(context.home, name, (secret) => context.platform.hideSecret(secret))) ?? inVault;
}

/**
 * Makes the Redis password of a draft: 256 random bits in URL-safe characters. One that is there stays unless a new one is asked for; the one
 * of a cluster that was installed always stays.
 */
export async function generateRedisPassword(context: WindowContext, draftId: string, anew: boolean): Promise<void> {
  if ((await redisPassword(context, draftId)) !== null && !anew) return;
  await context.vault.put(draftId, 'REDIS_PASSWORD', randomBytes(32).toString('base64url'));
}
