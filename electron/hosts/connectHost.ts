import { bindCall } from './callBounds.ts';
import type { CallOptions, Host } from './host.ts';
import { createLinuxHost } from './linux/linuxHost.ts';
import { platformOfIdent } from './platformOfIdent.ts';
import type { HelperProgram } from './windows/helper.ts';
import { createWindowsHost } from './windows/windowsHost.ts';
import { dial } from './ssh/dial.ts';
import type { HostKeyPolicy } from './ssh/hostKeys.ts';
import { createSshConnection } from './ssh/sshConnection.ts';
import { widenConnection } from './ssh/widenConnection.ts';
import { prepareLogin, type HostLogin } from './ssh/sshLogin.ts';

export type { HostLogin } from './ssh/sshLogin.ts';

/** Whom to connect to, and how. Secrets are values here; they go nowhere but to the server. */
export interface ConnectRequest extends CallOptions {
  /** The server's name, for failures and events. */
  readonly server: string;
  readonly endpoint: { readonly address: string; readonly port: number };
  readonly login: HostLogin;
  /** What sudo is told if it asks; null where it may not ask. */
  readonly sudoPassword: string | null;
  readonly hostKey: HostKeyPolicy;
  /** Triad's own program for Windows servers; without it they cannot be worked with. */
  readonly helperProgram?: HelperProgram;
}

const CONNECT_DEADLINE_MS = 15_000;

/**
 * Connects to a server: dials, verifies its host key, logs in. Throws `ssh.*` or `run.aborted`.
 * Windows is told from Linux by what the server calls itself. Whether sudo works, or Triad's program runs there, is told by the first call, not by round trips
 * of their own: `host.unsupported`, `sudo.*`, `host.programBlocked`, ...
 */
export async function connectHost(request: ConnectRequest): Promise<Host> {
  const { server, endpoint, login } = request;
  const prepared = prepareLogin(server, login);
  const bounds = bindCall(request, CONNECT_DEADLINE_MS);
  const target = { server, host: endpoint.address, port: endpoint.port, user: login.user };
  const dialled = await dial(target, prepared, request.hostKey, bounds);
  const sameKey = { expected: dialled.hostKey, acceptsNew: false };
  const connection = widenConnection(server, createSshConnection(server, dialled), async (again) =>
    createSshConnection(server, await dial(target, prepared, sameKey, again)),
  );
  if (platformOfIdent(connection.ident) === 'windows') {
    const { helperProgram = () => Promise.resolve(null) } = request;
    return createWindowsHost({ server, user: login.user, connection, helperProgram });
  }
  return createLinuxHost({ server, user: login.user, sudoPassword: request.sudoPassword, connection });
}
