import type { Draft, ServerDraft } from '../../../electron/shared/domain/draft.ts';

/** Changes one server of a draft. At another address nobody knows any more what it runs on. */
export function editServer(draft: Draft, index: number, change: Partial<ServerDraft>): Draft {
  const isElsewhere = change.address !== undefined || change.sshHost !== undefined || change.sshPort !== undefined;
  const edited = (server: ServerDraft): ServerDraft => {
    const { platform: _known, ...rest } = server;
    return { ...(isElsewhere ? rest : server), ...change };
  };
  return { ...draft, servers: draft.servers.map((server, at) => (at === index ? edited(server) : server)) };
}

/**
 * Changes the SSH port of a server. With one login for all three, the others follow the first one's as long as they had the same: whoever moves
 * sshd does it everywhere.
 */
export function editSshPort(draft: Draft, index: number, sshPort: string): Draft {
  const before = draft.servers[index]?.sshPort;
  const follows = (server: ServerDraft, at: number): boolean =>
    at === index || (index === 0 && draft.sameLogin && server.sshPort === before);
  return { ...draft, servers: draft.servers.map((server, at) => (follows(server, at) ? { ...server, sshPort } : server)) };
}

/** Uses the first server's login for all three, or lets each have its own: then they begin with the first one's. */
export function setSameLogin(draft: Draft, sameLogin: boolean): Draft {
  const [first] = draft.servers;
  if (sameLogin || first === undefined) return { ...draft, sameLogin };
  const { login, key, hasPassphrase, sudo } = first;
  return {
    ...draft,
    sameLogin,
    servers: draft.servers.map((server) =>
      server.user.trim() === '' ? { ...server, user: first.user, login, key, hasPassphrase, sudo } : server,
    ),
  };
}
