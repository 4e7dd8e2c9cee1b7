import type { PracticeSet } from '../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../scripts/practice/setPlace.ts';

/** Asks the node of a server as its administrator would, with the password that lies there. */
export async function askNode(set: PracticeSet, server: ServerNumber, port: number, command: string): Promise<string> {
  const password = `$(sed -n 's/^requirepass "*\\([^"]*\\)"*$/\\1/p' $(find /opt/triad /etc -name auth.conf | head -n 1))`;
  const address = set.servers[server - 1]?.address ?? '';
  const { stdout } = await set.run(server, `REDISCLI_AUTH="${password}" /opt/triad/bin/*/redis-cli -h ${address} -p ${port} ${command}`);
  return stdout.trim();
}

/** The part that a node says it has: `master` or `slave`. */
export async function roleOf(set: PracticeSet, server: ServerNumber, port: number): Promise<string> {
  return (await askNode(set, server, port, 'role')).split('\n')[0] ?? '';
}
