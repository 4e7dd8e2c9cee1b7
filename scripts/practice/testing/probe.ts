import type { BlockSource } from '../portBlocks.ts';
import type { PracticeSet } from '../practiceSet.ts';
import { runCommand } from '../runCommand.ts';
import { serverAt, type ServerNumber } from '../setPlace.ts';
import { isWindowsServer } from '../windows/hostConfig.ts';

/** What became of an attempt to connect. */
export type Reached = 'open' | 'refused' | 'prohibited' | 'silence';

/** Starts a listener on `port` of a server and waits until it listens. It goes with the server's next boot. */
export async function listenOn(set: PracticeSet, server: ServerNumber, port: number): Promise<void> {
  if (isWindowsServer(serverAt(set.place, server).folder)) return listenOnWindows(set, server, port);
  const unit = `listen-${port}`;
  const script = `systemd-run --quiet --unit=${unit} systemd-socket-activate --listen=${port} --accept --inetd cat
timeout 5 sh -c 'until ss -Hltn | grep -q ":${port} "; do sleep 0.02; done'`;
  const { code, stderr } = await set.run(server, script);
  if (code !== 0) throw new Error(`No listener on ${port} of server ${server}: ${stderr}`);
}

/** A program of this machine in the server's network: the gate of a Windows server does not look at programs. It answers with what it hears. */
async function listenOnWindows(set: PracticeSet, server: ServerNumber, port: number): Promise<void> {
  const program = `require("net").createServer((socket) => socket.pipe(socket)).listen(${port})`;
  const script = `setsid "${process.execPath}" -e '${program}' > /dev/null 2>&1 < /dev/null &
timeout 5 sh -c 'until ss -Hltn | grep -q ":${port} "; do sleep 0.02; done'`;
  const { code, stderr } = await set.run(server, script);
  if (code !== 0) throw new Error(`No listener on ${port} of server ${server}: ${stderr}`);
}

/**
 * Connects from a server, or from this machine, to a port of a server. Silence is three seconds without an answer: `prohibited`
 * takes a little more than one here, see BlockMode, and so does an open port whose first packet a busy machine lost.
 */
export async function reach(
  set: PracticeSet,
  from: Exclude<BlockSource, 'any'>,
  to: ServerNumber,
  port: number,
  seconds = 3,
): Promise<Reached> {
  const script = `exec timeout ${seconds} bash -c 'exec 3<>/dev/tcp/${serverAt(set.place, to).address}/${port}'`;
  const { code, stderr } = from === 'admin' ? await runCommand('sh', ['-c', script]) : await set.run(from, script);
  if (code === 0) return 'open';
  if (code === 124) return 'silence';
  if (stderr.includes('Connection refused')) return 'refused';
  if (stderr.includes('No route to host')) return 'prohibited';
  throw new Error(`Unexpected end of a connection attempt: ${code} ${stderr}`);
}
