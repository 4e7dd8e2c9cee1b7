import type { Duplex } from 'node:stream';
import { formatEndpoint } from '../shared/domain/address.ts';
import { fail } from '../shared/domain/failure.ts';
import { nodeSubject, serverSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { bindCall, secondsOf } from './callBounds.ts';
import type { CallOptions } from './host.ts';
import { ForwardError, type SshConnection } from './ssh/sshConnection.ts';

const FORWARD_DEADLINE_MS = 10_000;

/** A TCP stream from a server to an address; see `Host.forward`. The same for every operating system. */
export async function forwardTo(
  connection: SshConnection,
  server: string,
  address: string,
  port: number,
  options?: CallOptions,
): Promise<Duplex> {
  const bounds = bindCall(options, FORWARD_DEADLINE_MS);
  const unreachable = (reason: string): Error =>
    fail('redis.unreachable', nodeSubject(server, port), { values: { node: `${server}:${port}`, reason }, retryable: true });
  const stopped = (): Error =>
    bounds.isCallerAborted()
      ? fail('run.aborted', serverSubject(server))
      : unreachable(say(message('hosts.noAnswer', { seconds: secondsOf(bounds.deadlineMs) })));
  try {
    return await connection.openForward(address, port, bounds, stopped);
  } catch (error) {
    if (!(error instanceof ForwardError)) throw error;
    if (error.refusal === 'unreachable') throw unreachable(error.message);
    const values = { server, endpoint: formatEndpoint({ address, port }), reason: error.message };
    throw fail('ssh.forwardingRefused', serverSubject(server), { values, cause: error });
  }
}
