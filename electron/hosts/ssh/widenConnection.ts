import { setTimeout as pause } from 'node:timers/promises';
import { fail } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import type { CallBounds } from '../callBounds.ts';
import { SessionsFullError, type SshConnection } from './sshConnection.ts';

interface Member {
  readonly connection: SshConnection;
  active: number;
  /** How many sessions the server opens on it, once it has refused one. */
  limit: number;
  /** How many of its sessions have ended. */
  ended: number;
}

/** How soon a refused session is tried again on a connection where one has just ended, and how often at most. */
const RETRY_MS = 20;
const MOST_RETRIES = 100;

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
  const members: Member[] = [{ connection: first, active: 0, limit: Number.POSITIVE_INFINITY, ended: 0 }];
  let dialling: Promise<void> | null = null;
  let isClosed = false;

  const addMember = async (bounds: CallBounds): Promise<void> => {
    const connection = await dialAgain(bounds);
    if (isClosed) await connection.close();
    else members.push({ connection, active: 0, limit: Number.POSITIVE_INFINITY, ended: 0 });
  };
  const sum = (count: (connection: SshConnection) => number): number =>
    members.reduce((total, { connection }) => total + count(connection), 0);

  /** Opens something that takes the place of a session, on the first connection that has one free. */
  const place = async <Session extends { readonly ended: Promise<unknown> }>(
    bounds: CallBounds,
    open: (connection: SshConnection) => Promise<Session>,
  ): Promise<Session> => {
    for (let retries = 0; ;) {
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
        const session = await open(member.connection);
        void session.ended.then(() => {
          member.active -= 1;
          member.ended += 1;
        });
        return session;
      } catch (error) {
        member.active -= 1;
        if (!(error instanceof SessionsFullError)) throw error;
        // sshd frees the place of a session only after all packets that came with the end of it: with the next request among them it refuses that.
        if (member.active === 0 && member.ended > 0 && retries < MOST_RETRIES) {
          retries += 1;
          await pause(RETRY_MS);
          continue;
        }
        member.limit = member.active;
        if (member.limit === 0 || members.length >= MOST_CONNECTIONS)
          throw fail('host.unsupported', serverSubject(server), { values: { server, reason: error.message }, cause: error });
      }
    }
  };

  return {
    hostKey: first.hostKey,
    ident: first.ident,
    lost: first.lost,
    lostFailure: () => first.lostFailure(),
    get roundTrips() {
      return {
        connects: sum(({ roundTrips }) => roundTrips.connects),
        sessions: sum(({ roundTrips }) => roundTrips.sessions),
        forwards: sum(({ roundTrips }) => roundTrips.forwards),
      };
    },
    openSession: (command, bounds, stopped, forStopping) =>
      place(bounds, (connection) => connection.openSession(command, bounds, stopped, forStopping)),
    openSftp: (bounds, stopped) => place(bounds, (connection) => connection.openSftp(bounds, stopped)),
    openForward: (...args) => first.openForward(...args),
    async close() {
      isClosed = true;
      await Promise.all(members.map(({ connection }) => connection.close()));
    },
  };
}
