import type { FailureError } from '../../shared/domain/failure.ts';
import type { SshConnection } from '../ssh/sshConnection.ts';
import type { Elevation } from './commandLine.ts';
import type { Login } from './startFailure.ts';

/** How one account on one connection becomes root. */
export interface Access {
  readonly connection: SshConnection;
  readonly login: Login;
  readonly elevation: Elevation;
  readonly sudoPassword: string | null;
  /** Called whenever a script runs, with whether sudo asked. */
  onStarted(wasAsked: boolean): void;
  /** A password that was rejected once is not sent again, which could lock the account: this failure is thrown instead. */
  rejection: FailureError | null;
  /** While the first of all scripts asks sudo, the others wait: a wrong password must be tried by one only. */
  firstStart: Promise<unknown> | null;
}
