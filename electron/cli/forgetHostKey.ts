import { formatEndpoint, HostAddress } from '../shared/domain/address.ts';
import { failureOf } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { knownHostsFile, triadHome } from '../storage/triadHome.ts';
import { exitCodeOfFailure, type ExitCode } from './exitCode.ts';
import { failureText } from './failureText.ts';
import { isColoured, styleFor } from '../report/style.ts';

const SSH_PORT = 22;

/** An address or name without a port stands for the usual one. */
function endpointOf(text: string): string {
  const host = HostAddress.safeParse(text);
  return host.success ? formatEndpoint({ address: host.data, port: SSH_PORT }) : text;
}

/** Forgets the accepted host key of `host:port`, or of `host` at port 22; exit code 1 when none was known, 2 when the file cannot be used. */
export async function forgetHostKey(named: string): Promise<ExitCode> {
  const endpoint = endpointOf(named);
  let wasKnown: boolean;
  try {
    const known = await openKnownHosts(knownHostsFile(triadHome()));
    wasKnown = await known.forget(endpoint);
  } catch (error) {
    const failure = failureOf(error, adminSubject);
    process.stderr.write(`${failureText(failure, styleFor(isColoured(process.stderr)))}\n`);
    return exitCodeOfFailure(failure);
  }
  process.stdout.write(`${say(message(wasKnown ? 'cli.knownHosts.forgotten' : 'cli.knownHosts.notKnown', { endpoint }))}\n`);
  return wasKnown ? 0 : 1;
}
