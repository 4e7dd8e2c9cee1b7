import { randomBytes } from 'node:crypto';
import type { PasswordKeeper } from '../passwordKeeper.ts';
import { keptPassword } from '../passwordKeeper.ts';
import { sinceRemoval } from '../runSummaries.ts';
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
 * of a cluster that was installed always stays, also where this computer has forgotten it: the servers have it. Tells whether one is known here.
 */
export async function generateRedisPassword(context: WindowContext, draftId: string, anew: boolean): Promise<boolean> {
  const known = (await redisPassword(context, draftId)) !== null;
  if (known && !anew) return true;
  const runs = sinceRemoval(await runsOfDraft(context, await context.drafts.load(draftId), new Map()));
  if (runs.some(({ workflow }) => workflow === 'install')) return known;
  await context.vault.put(draftId, 'REDIS_PASSWORD', madePassword());
  return true;
}

function madePassword(): string {
  return randomBytes(32).toString('base64url');
}

/** Keeps a cluster's password in the vault: in the keychain, or in memory where there is none. A file that the command line has made is still read. */
export function vaultPasswordKeeper({ vault, home, platform }: WindowContext, draftId: string, cluster: string): PasswordKeeper {
  return {
    read: async () => keptPassword(home, cluster, (secret) => platform.hideSecret(secret)),
    keep: async (found) => {
      // The one that the admin has seen in the window is the one that an installation uses.
      const value = found ?? vault.get(draftId, 'REDIS_PASSWORD') ?? madePassword();
      await vault.put(draftId, 'REDIS_PASSWORD', value);
      return value;
    },
  };
}
