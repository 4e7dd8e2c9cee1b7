import type { LoginVariant } from './loginVariants.ts';
import { resolveVariant } from './serverVariant.ts';
import type { SetState } from './setState.ts';
import type { ServerNumber } from './setPlace.ts';
import { windowsUser } from './windows/windowsVariant.ts';

/** How to log in to one server, with the secrets. */
export interface ServerLogin {
  readonly user: 'admin' | 'root' | typeof windowsUser;
  readonly port: number;
  readonly auth:
    | { readonly kind: 'key'; readonly privateKeyFile: string; readonly passphrase?: string }
    | { readonly kind: 'password'; readonly password: string };
  readonly sudo:
    { readonly kind: 'notNeeded' | 'withoutPassword' | 'refused' } | { readonly kind: 'withPassword'; readonly password: string };
}

/** How to log in to server `number` of a set. */
export function loginOf(state: SetState, number: ServerNumber): ServerLogin {
  const { login, sshPort, windows } = resolveVariant(state.variants[number]);
  if (windows !== undefined) return { user: windowsUser, port: sshPort, auth: authOf(login, state), sudo: { kind: 'notNeeded' } };
  return { user: login.user, port: sshPort, auth: authOf(login, state), sudo: sudoOf(login, state) };
}

function authOf(login: LoginVariant, { credentials }: SetState): ServerLogin['auth'] {
  switch (login.auth) {
    case 'key':
      return { kind: 'key', privateKeyFile: credentials.privateKeyFile };
    case 'encryptedKey':
      return { kind: 'key', privateKeyFile: credentials.encryptedPrivateKeyFile, passphrase: credentials.passphrase };
    case 'password':
      return { kind: 'password', password: credentials.password };
    default:
      return login.auth satisfies never;
  }
}

function sudoOf({ sudo }: LoginVariant, { credentials }: SetState): ServerLogin['sudo'] {
  return sudo === 'withPassword' ? { kind: sudo, password: credentials.password } : { kind: sudo };
}
