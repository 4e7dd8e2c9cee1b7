import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { CallBounds } from '../callBounds.ts';
import { SessionsFullError, type SshConnection } from './sshConnection.ts';

interface Member {
  readonly connection: SshConnection;
  active: number;
  /** How many sessions the server opens on it, once it has refused one. */
  limit: number;
}

/** More connections than this to one server would not be a matter of `MaxSessions` any more. */
const MOST_CONNECTIONS = 8;

/**
 * A connection that is never full: where the server allows few sessions on one (`MaxSessions`), the next goes over a further connection that
 * `dialAgain` makes. Listeners and locks hold a session for long, so waiting for one to become free could wait for ever.
 */
export function widenConnection(
  server: string,
  first: SshConnection,
  dialAgain: (bounds: CallBounds) => Promise<SshConnection>,
): SshConnection {
  const members: Member[] = [{ connection: first, active: 0, limit: Number.POSITIVE_INFINITY }];
  let dialling: Promise<void> | null = null;
  let isClosed = false;

  const addMember = async (bounds: CallBounds): Promise<void> => {
    const connection = await dialAgain(bounds);
    if (isClosed) await connection.close();
    else members.push({ connection, active: 0, limit: Number.POSITIVE_INFINITY });
  };
  const sum = (count: (connection: SshConnection) => number): number =>
    members.reduce((total, { connection }) => total + count(connection), 0);

  return {
    hostKey: first.hostKey,
    lost: first.lost,
    lostFailure: () => first.lostFailure(),
    get roundTrips() {
      return {
        connects: sum(({ roundTrips }) => roundTrips.connects),
        sessions: sum(({ roundTrips }) => roundTrips.sessions),
        forwards: sum(({ roundTrips }) => roundTrips.forwards),
      };
    },
    async openSession(command, bounds, stopped, forStopping) {
      for (;;) {
        const member = members.find(({ connection, active, limit }) => active < limit && connection.lostFailure() === null);
        if (member === undefined) {
          const lost = first.lostFailure();
          if (lost !== null) throw lost;
          dialling ??= addMember(bounds).finally(() => {
            dialling = null;
          });
          await dialling;
          continue;
        }
        member.active += 1;
        try {
          const session = await member.connection.openSession(command, bounds, stopped, forStopping);
          void session.ended.then(() => {
            member.active -= 1;
          });
          return session;
        } catch (error) {
          member.active -= 1;
          if (!(error instanceof SessionsFullError)) throw error;
          member.limit = member.active;
          if (member.limit === 0 || members.length >= MOST_CONNECTIONS)
            throw fail('host.unsupported', serverSubject(server), { values: { server, reason: error.message }, cause: error });
        }
      }
    },
    openForward: (...args) => first.openForward(...args),
    async close() {
      isClosed = true;
      await Promise.all(members.map(({ connection }) => connection.close()));
    },
  };
}
