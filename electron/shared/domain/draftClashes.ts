import { HostAddress } from './address.ts';
import type { Draft } from './draft.ts';

/** Two servers of a draft that say the same where they must differ. `server` is the later of them, 0 to 2, `first` the earlier. */
export interface DraftClash {
  /** Where in the specification, as in the issues of a draft. */
  readonly path: string;
  readonly kind: 'name' | 'address' | 'ssh';
  readonly server: number;
  readonly first: number;
}

/**
 * Servers that share a name, an address or an SSH endpoint, whatever else is still missing: the rules of the specification only speak once
 * every field can be read. Spellings of one address count as one.
 */
export function draftClashes(draft: Draft): readonly DraftClash[] {
  const clashes: DraftClash[] = [];
  const seen = new Map<string, number>();
  draft.servers.forEach((server, index) => {
    const address = canonical(server.address);
    const host = server.sshHost.trim() === '' ? address : canonical(server.sshHost);
    const marks = [
      ['name', server.name.trim().toLowerCase(), 'name'],
      ['address', address, 'address'],
      // The endpoint follows from the address, and then the address says enough.
      ['ssh', host === '' || host === address ? '' : `${host} ${server.sshPort.trim()}`, 'ssh.host'],
    ] as const;
    for (const [kind, mark, field] of marks) {
      if (mark === '') continue;
      const key = `${kind} ${mark}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else clashes.push({ path: `servers.${index}.${field}`, kind, server: index, first });
    }
  });
  return clashes;
}

function canonical(address: string): string {
  const text = address.trim();
  return HostAddress.safeParse(text).data ?? text.toLowerCase();
}
