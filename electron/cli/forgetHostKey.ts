import { message, say } from '../shared/messages/message.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { knownHostsFile, triadHome } from '../storage/triadHome.ts';

/** Forgets the accepted host key of `host:port`; exit code 1 when none was known. */
export async function forgetHostKey(endpoint: string): Promise<0 | 1> {
  const known = await openKnownHosts(knownHostsFile(triadHome()));
  const wasKnown = await known.forget(endpoint);
  process.stdout.write(`${say(message(wasKnown ? 'cli.knownHosts.forgotten' : 'cli.knownHosts.notKnown', { endpoint }))}\n`);
  return wasKnown ? 0 : 1;
}
