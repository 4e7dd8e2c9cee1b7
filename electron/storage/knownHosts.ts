import { z } from 'zod';
import { HostKey } from '../shared/domain/server.ts';
import { formatEndpoint } from '../shared/domain/address.ts';
import { readVersionedFile, writePrivateFile } from './versionedFile.ts';

const KnownHostsFile = z.object({
  schemaVersion: z.literal(1),
  hosts: z.record(z.string(), HostKey),
});

type Target = { readonly address: string; readonly port: number };

/** The SSH host keys that the admin has accepted, one per endpoint. */
export interface KnownHosts {
  /** The accepted key of an endpoint, or null. */
  keyOf(endpoint: Target): HostKey | null;
  /** Remembers a key and writes the file. Several at once are written in their order. */
  accept(endpoint: Target, key: HostKey): Promise<void>;
  /** Forgets an endpoint given as `host:port`; false when it was not known. */
  forget(endpoint: string): Promise<boolean>;
}

/** Opens the file of accepted host keys; a missing one is empty. Throws `storage.damaged` for one that cannot be read. */
export async function openKnownHosts(file: string): Promise<KnownHosts> {
  const hosts = new Map(Object.entries((await readVersionedFile(file, KnownHostsFile))?.hosts ?? {}));
  let writing: Promise<void> = Promise.resolve();
  const save = (): Promise<void> => {
    writing = writing.then(async () =>
      writePrivateFile(
        file,
        `${JSON.stringify({ schemaVersion: 1, hosts: Object.fromEntries([...hosts].toSorted(([a], [b]) => (a < b ? -1 : 1))) }, null, 2)}\n`,
      ),
    );
    return writing;
  };
  return {
    keyOf: (endpoint) => hosts.get(formatEndpoint(endpoint)) ?? null,
    accept: async (endpoint, key) => {
      hosts.set(formatEndpoint(endpoint), key);
      await save();
    },
    forget: async (endpoint) => {
      const wasKnown = hosts.delete(endpoint);
      if (wasKnown) await save();
      return wasKnown;
    },
  };
}
