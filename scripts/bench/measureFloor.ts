import type { ServerPlace } from '../practice/setPlace.ts';
import type { Bench, Finding } from './bench.ts';
import { BenchError } from './benchError.ts';
import { lastWordsOf, runTimed } from './timedProgram.ts';

/**
 * The floor: what no installation over SSH can go below. The compressed programs go to three servers side by side, over one connection of the
 * ssh client each, are unpacked into the home folder and started as two bare processes, and both answer PING. Nothing is checked, planned,
 * configured or joined. From the first dial to the last PONG.
 */
export async function measureFloor({ set, bundle, signal }: Bench): Promise<Finding> {
  const input = Buffer.concat(bundle.files.map((file) => file.gzip));
  const script = floorScript(bundle.files.map(({ name, gzip }) => ({ name, sizeBytes: gzip.length })));
  const one = async ({ name }: ServerPlace): Promise<number> => {
    const run = await runTimed('ssh', ['-F', set.place.sshConfigFile, name, script], {
      input,
      signal,
      milestone: (stdout) => stdout.split('PONG').length > 2,
    });
    if (run.code !== 0 || run.milestoneMs === null) throw new BenchError(`The floor failed on ${name}: ${lastWordsOf(run)}`);
    return run.milestoneMs;
  };
  const startedAt = performance.now();
  // All are dialled within a millisecond or two, which the difference to the common start brings back.
  const perServerMs = await Promise.all(
    set.servers.map(async (server) => {
      const laterMs = performance.now() - startedAt;
      return laterMs + (await one(server));
    }),
  );
  return { figures: { floor: Math.max(...perServerMs) }, details: { perServerMs, sentBytes: input.length } };
}

/** A script for `sh` that takes compressed programs, one after the other, from standard input. The first is the server, the second its client. */
export function floorScript(programs: readonly { readonly name: string; readonly sizeBytes: number }[]): string {
  const [server, client] = programs;
  if (server === undefined || client === undefined) throw new Error('The floor needs a server program and its client.');
  return `set -e
cd "$(mktemp -d -p .)"
head -c ${server.sizeBytes} | gzip -d > ${server.name}
head -c ${client.sizeBytes} | gzip -d > ${client.name}
chmod 755 ${server.name} ${client.name}
for port in 7000 7001; do
  mkdir $port
  setsid ./${server.name} --port $port --cluster-enabled yes --appendonly yes --dir "$PWD/$port" < /dev/null > /dev/null 2>&1 &
done
for port in 7000 7001; do
  until ./${client.name} -p $port ping 2> /dev/null | grep PONG; do sleep 0.01; done
done`;
}
