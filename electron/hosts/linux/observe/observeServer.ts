import type { HostKey, Privilege, ServerFacts } from '../../../shared/domain/server.ts';
import type { CallOptions, ObserveRequest } from '../../host.ts';
import type { LinuxShell } from '../linuxShell.ts';
import { observeScript } from './observeScript.ts';
import { parseObservation } from './parseObservation.ts';

const OBSERVE_DEADLINE_MS = 20_000;

/** What is known of the connection. `privilege` is asked after the script has run, which is what tells it. */
export interface Observer {
  readonly server: string;
  readonly loginUser: string;
  readonly hostKey: HostKey;
  privilege(): Privilege;
}

/** Looks at everything that the request names, in one round trip. */
export async function observeServer(
  shell: LinuxShell,
  request: ObserveRequest,
  observer: Observer,
  options?: CallOptions,
): Promise<ServerFacts> {
  const result = await shell.runTimed(observeScript(request), { deadlineMs: OBSERVE_DEADLINE_MS, ...options });
  return parseObservation({
    output: result.stdout,
    request,
    server: observer.server,
    loginUser: observer.loginUser,
    hostKey: observer.hostKey,
    privilege: observer.privilege(),
    sentAtMs: result.sentAtMs,
    firstOutputAtMs: result.firstOutputAtMs,
  });
}
