import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { connectHost, type ConnectRequest, type HostLogin } from '../../connectHost.ts';
import type { LinuxHost } from '../linuxHost.ts';
import { asLinux } from './asLinux.ts';

/** What is needed of a set of practice servers, as `scripts/practice` gives it. */
export interface PracticeServers {
  readonly servers: readonly { readonly number: 1 | 2 | 3; readonly name: string; readonly address: string }[];
  loginOf(server: 1 | 2 | 3): {
    readonly user: string;
    readonly port: number;
    readonly auth:
      | { readonly kind: 'key'; readonly privateKeyFile: string; readonly passphrase?: string }
      | { readonly kind: 'password'; readonly password: string };
    readonly sudo: { readonly kind: string; readonly password?: string };
  };
  fingerprintOf(server: 1 | 2 | 3): string;
}

/** How a test logs in to a practice server: as its variant wants it. */
export function requestFor(set: PracticeServers, number: 1 | 2 | 3): ConnectRequest {
  const found = set.servers.find((server) => server.number === number);
  if (found === undefined) throw new Error(`there is no server ${number}`);
  const { user, port, auth, sudo } = set.loginOf(number);
  const login: HostLogin =
    auth.kind === 'password'
      ? { kind: 'password', user, password: auth.password }
      : {
          kind: 'key',
          user,
          privateKey: readFileSync(auth.privateKeyFile, 'utf8'),
          privateKeyFile: auth.privateKeyFile,
          passphrase: auth.passphrase ?? null,
        };
  return {
    server: found.name,
    endpoint: { address: found.address, port },
    login,
    sudoPassword: sudo.password ?? null,
    hostKey: { expected: { type: null, fingerprint: set.fingerprintOf(number) }, acceptsNew: false },
  };
}

/** Connects to a practice server; the connection is closed with the test. */
export async function connectPractice(set: PracticeServers, number: 1 | 2 | 3, more: Partial<ConnectRequest> = {}): Promise<LinuxHost> {
  const host = asLinux(await connectHost({ ...requestFor(set, number), ...more }));
  onTestFinished(() => host.close());
  return host;
}
