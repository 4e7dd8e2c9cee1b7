import { z } from 'zod';
import type { SecretName } from '../shared/domain/draft.ts';
import type { OnSecret } from './secrets.ts';
import { readVersionedFile, writePrivateFile } from './versionedFile.ts';

const VaultFile = z.object({ schemaVersion: z.literal(1), drafts: z.record(z.string(), z.record(z.string(), z.string())) });

/** What protects secrets on the disk; where it is not available nothing is written. */
export interface Protection {
  readonly isAvailable: boolean;
  encrypt(text: string): Buffer;
  decrypt(bytes: Buffer): string;
}

/** The secrets of drafts: in memory, and in a file only as the operating system's keychain protects them. */
export interface Vault {
  /** Keeps a secret; one of a draft that was forgotten is dropped: it was on its way when the draft was removed. */
  put(draft: string, name: SecretName, value: string): Promise<'keychain' | 'memory'>;
  get(draft: string, name: SecretName): string | null;
  namesOf(draft: string): readonly string[];
  /** All of a draft, by name: what takes the place of the environment in a run. */
  valuesOf(draft: string): Readonly<Record<string, string>>;
  forget(draft: string): Promise<void>;
}

/** Opens the vault. What the keychain no longer opens (another user, another machine) counts as not there. */
export async function openVault(file: string, protection: Protection, onSecret: OnSecret = () => undefined): Promise<Vault> {
  const values = new Map<string, Map<string, string>>();
  /** What the keychain does not open now, as it stands in the file: a keychain that is locked today may be open tomorrow. */
  const unopened = new Map<string, Map<string, string>>();
  const forgotten = new Set<string>();
  const kept = await readVersionedFile(file, VaultFile);
  for (const [draft, secrets] of Object.entries(kept?.drafts ?? {}))
    for (const [name, sealed] of Object.entries(secrets)) {
      try {
        if (!protection.isAvailable) throw new Error('there is no keychain');
        const value = protection.decrypt(Buffer.from(sealed, 'base64'));
        onSecret(value);
        values.set(draft, (values.get(draft) ?? new Map<string, string>()).set(name, value));
      } catch {
        // Asked for again.
        unopened.set(draft, (unopened.get(draft) ?? new Map<string, string>()).set(name, sealed));
      }
    }
  let writing: Promise<unknown> = Promise.resolve();
  const save = async (): Promise<void> => {
    if (!protection.isAvailable) return;
    const drafts = Object.fromEntries(
      [...new Set([...unopened.keys(), ...values.keys()])].map((draft) => [
        draft,
        {
          ...Object.fromEntries(unopened.get(draft) ?? []),
          ...Object.fromEntries(
            [...(values.get(draft) ?? [])].map(([name, value]) => [name, protection.encrypt(value).toString('base64')]),
          ),
        },
      ]),
    );
    const done = writing.then(async () => writePrivateFile(file, `${JSON.stringify({ schemaVersion: 1, drafts })}\n`));
    writing = done.catch(() => undefined);
    await done;
  };
  return {
    put: async (draft, name, value) => {
      onSecret(value);
      if (forgotten.has(draft)) return 'memory';
      values.set(draft, (values.get(draft) ?? new Map<string, string>()).set(name, value));
      await save();
      return protection.isAvailable ? 'keychain' : 'memory';
    },
    get: (draft, name) => values.get(draft)?.get(name) ?? null,
    namesOf: (draft) => [...(values.get(draft)?.keys() ?? [])],
    valuesOf: (draft) => Object.fromEntries(values.get(draft) ?? []),
    forget: async (draft) => {
      forgotten.add(draft);
      const wasSealed = unopened.delete(draft);
      if (values.delete(draft) || wasSealed) await save();
    },
  };
}
