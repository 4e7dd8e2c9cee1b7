import type { ClusterSpec } from './spec.ts';

/** A specification with a private key of this machine in the place of every one that it names; other ways to log in stay. */
export function withPrivateKey(spec: ClusterSpec, privateKeyFile: string): ClusterSpec {
  return {
    ...spec,
    servers: spec.servers.map((server) =>
      server.ssh.login.kind === 'key' ? { ...server, ssh: { ...server.ssh, login: { ...server.ssh.login, privateKeyFile } } } : server,
    ),
  };
}
