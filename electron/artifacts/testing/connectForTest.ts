import { readFileSync } from 'node:fs';
import { connectHost, type HostLogin } from '../../hosts/connectHost.ts';
import type { Host } from '../../hosts/host.ts';

/** What a test knows of a practice server. */
export interface ServerToTest {
  readonly server: string;
  readonly address: string;
  readonly fingerprint: string;
  readonly login: {
    readonly user: string;
    readonly port: number;
    readonly auth: { readonly kind: 'key'; readonly privateKeyFile: string } | { readonly kind: 'password'; readonly password: string };
  };
}

/** Connects to a practice server as a run does. */
export async function connectForTest({ server, address, fingerprint, login }: ServerToTest): Promise<Host> {
  const { user, auth } = login;
  const hostLogin: HostLogin =
    auth.kind === 'password'
      ? { ...auth, user }
      : {
          kind: 'key',
          user,
          privateKey: readFileSync(auth.privateKeyFile, 'utf8'),
          privateKeyFile: auth.privateKeyFile,
          passphrase: null,
        };
  return connectHost({
    server,
    endpoint: { address, port: login.port },
    login: hostLogin,
    sudoPassword: null,
    hostKey: { expected: { type: null, fingerprint }, acceptsNew: false },
  });
}
