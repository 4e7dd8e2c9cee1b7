import { formatEndpoint, HostAddress } from '../shared/domain/address.ts';
import { message, say } from '../shared/messages/message.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { knownHostsFile, triadHome } from '../storage/triadHome.ts';

const SSH_PORT = 22;

/** An address or name without a port stands for the usual one. */
function endpointOf(text: string): string {
  const host = HostAddress.safeParse(text);
  return host.success ? formatEndpoint({ address: host.data, port: SSH_PORT }) : text;
}

/** Forgets the accepted host key of `host:port`, or of `host` at port 22; exit code 1 when none was known. */
export async function forgetHostKey(named: string): Promise<0 | 1> {
  const endpoint = endpointOf(named);
  const known = await openKnownHosts(knownHostsFile(triadHome()));
  const wasKnown = await known.forget(endpoint);
  process.stdout.write(`${say(message(wasKnown ? 'cli.knownHosts.forgotten' : 'cli.knownHosts.notKnown', { endpoint }))}\n`);
  return wasKnown ? 0 : 1;
}
