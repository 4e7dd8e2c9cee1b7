import type { Draft, ServerDraft } from './draft.ts';
import { HostAddress, IpAddress } from './address.ts';

/** One server as it stood in pasted text. What was not said is null. */
export interface PastedAddress {
  /** An address in canonical spelling, or a host name as it was written: the field's own rule tells what is wrong with a name. */
  readonly address: string;
  readonly name: string | null;
  readonly user: string | null;
  readonly port: string | null;
}

/** What pasted text holds: servers in their order, and the words that are none. */
export interface PastedAddresses {
  readonly servers: readonly PastedAddress[];
  readonly unread: readonly string[];
}

/**
 * Reads a list of servers: addresses parted by commas, semicolons, blanks or lines, each alone or as `user@address:port`, `[IPv6]:port` or
 * `ssh://user@address:port`. A line that starts with its only address and goes on with names is one of a hosts file: its first name names the
 * server. What stands behind `#` is a remark.
 */
export function readPastedAddresses(text: string): PastedAddresses {
  const servers: PastedAddress[] = [];
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const words = line
      .replace(/#.*$/u, '')
      .split(/[\s,;]+/u)
      .filter((word) => word !== '');
    const read = words.map((word) => ({ word, server: readOne(word) }));
    const [first, ...rest] = read;
    const isHostsLine =
      first?.server !== undefined &&
      first.server !== null &&
      isIp(first.server.address) &&
      rest.length > 0 &&
      rest.every(({ server }) => server !== null && !isIp(server.address)) &&
      !/[,;]/u.test(line);
    if (isHostsLine && first.server !== null) {
      servers.push({ ...first.server, name: rest[0]?.word ?? null });
      continue;
    }
    for (const { word, server } of read) {
      if (server === null) unread.push(word);
      else servers.push(server);
    }
  }
  return { servers, unread };
}

const FORM = /^(?:ssh:\/\/)?(?:(?<user>[^\s:@/\\]{1,64})@)?(?<host>\[[^\]]+\]|[^@/]+?)(?::(?<port>\d{1,5}))?\/?$/iu;

function readOne(word: string): PastedAddress | null {
  // A bare IPv6 address ends in what looks like a port.
  const whole = IpAddress.safeParse(word);
  if (whole.success) return { address: whole.data, name: null, user: null, port: null };
  const { user, host = '', port } = FORM.exec(word)?.groups ?? {};
  const address = HostAddress.safeParse(host);
  return address.success ? { address: address.data, name: null, user: user ?? null, port: port ?? null } : null;
}

function isIp(address: string): boolean {
  return IpAddress.safeParse(address).success;
}

/**
 * Puts pasted servers into a draft, the first one at `from` (0 to 2), as many as there is room for. Three always fill all three. Different users
 * end `sameLogin`, each server then keeping the kind of login of the first.
 */
export function applyPastedAddresses(draft: Draft, pasted: readonly PastedAddress[], from: number): Draft {
  const start = pasted.length >= draft.servers.length ? 0 : from;
  const at = (index: number): PastedAddress | undefined => (index < start ? undefined : pasted[index - start]);
  const users = new Set(draft.servers.flatMap((_, index) => at(index)?.user ?? []));
  const isOneUser = users.size <= 1;
  const [onlyUser] = users;
  const filled = draft.servers.map((server, index): ServerDraft => {
    const one = at(index);
    if (one === undefined) return server;
    return {
      ...server,
      address: one.address,
      name: one.name ?? server.name,
      sshPort: one.port ?? server.sshPort,
      user: one.user ?? server.user,
    };
  });
  if (!draft.sameLogin) return { ...draft, servers: filled };
  const [first] = filled;
  if (first === undefined || users.size === 0) return { ...draft, servers: filled };
  if (isOneUser) return { ...draft, servers: filled.map((server, index) => (index === 0 ? { ...server, user: onlyUser ?? '' } : server)) };
  return {
    ...draft,
    sameLogin: false,
    servers: filled.map((server, index) =>
      index === 0
        ? server
        : {
            ...server,
            user: at(index)?.user ?? first.user,
            login: first.login,
            key: first.key,
            hasPassphrase: first.hasPassphrase,
            sudo: first.sudo,
          },
    ),
  };
}
