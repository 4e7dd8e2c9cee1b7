import type { PracticeSet } from '../../practice/practiceSet.ts';
import { mustRun } from '../../practice/runCommand.ts';
import type { ServerPlace } from '../../practice/setPlace.ts';
import type { Undo } from './undo.ts';

const table = 'inet triad_bench';

/** How a server's way to its peers is narrowed. The way to this machine stays as it is, so that looking at the nodes costs nothing of it. */
export interface NarrowWay {
  readonly megabitsPerSecond: number;
  /** What waits in front of the narrow place at most; more is dropped. Full, it delays everything by its size divided by the rate. */
  readonly queueBytes: number;
}

/** Narrows what each server sends to its peers. */
export async function narrowWays(set: PracticeSet, { megabitsPerSecond, queueBytes }: NarrowWay): Promise<Undo> {
  const rate = `${megabitsPerSecond}mbit`;
  return onEach(set, async (server, inServer) => {
    const tc = async (...words: readonly string[]): Promise<unknown> => inServer('tc', words);
    const segments = async (most: number): Promise<unknown> => inServer('ip', ['link', 'set', 'eth0', 'gso_max_segs', String(most)]);
    // Else the kernel hands on 64 KiB as one packet, and a queue of 256 KiB has four places.
    await segments(1);
    await tc('qdisc', 'add', 'dev', 'eth0', 'root', 'handle', '1:', 'htb', 'default', '1', 'r2q', '1000');
    await tc('class', 'add', 'dev', 'eth0', 'parent', '1:', 'classid', '1:1', 'htb', 'rate', '10gbit', 'quantum', '60000');
    await tc(
      'class',
      'add',
      'dev',
      'eth0',
      'parent',
      '1:',
      'classid',
      '1:10',
      'htb',
      'rate',
      rate,
      'burst',
      '2k',
      'cburst',
      '2k',
      'quantum',
      '1514',
    );
    await tc('qdisc', 'add', 'dev', 'eth0', 'parent', '1:10', 'handle', '10:', 'bfifo', 'limit', String(queueBytes));
    const rule = `ip daddr { ${peersOf(set, server).join(', ')} } meta priority set 1:10`;
    await inServer('nft', ['-f', '-'], tableWith('output', rule));
    return async () => {
      await inServer('nft', ['delete', 'table', ...table.split(' ')]);
      await tc('qdisc', 'delete', 'dev', 'eth0', 'root');
      await segments(65_535);
    };
  });
}

/** Drops a share of what each server gets from its peers, packet by packet, at random. */
export async function losePackets(set: PracticeSet, percent: number): Promise<Undo> {
  return onEach(set, async (server, inServer) => {
    const rule = `ip saddr { ${peersOf(set, server).join(', ')} } numgen random mod 100 < ${percent} drop`;
    await inServer('nft', ['-f', '-'], tableWith('input', rule));
    return async () => {
      await inServer('nft', ['delete', 'table', ...table.split(' ')]);
    };
  });
}

type InServer = (program: string, args: readonly string[], input?: string) => Promise<unknown>;

/** The programs are this machine's own, in the network of the server: it needs none. */
async function onEach(set: PracticeSet, change: (server: ServerPlace, inServer: InServer) => Promise<Undo>): Promise<Undo> {
  const undos = await Promise.all(
    set.servers.map(async (server) =>
      change(server, async (program, args, input = '') =>
        mustRun(`change the network of ${server.name}`, 'nsenter', [`--net=${server.networkFile}`, program, ...args], { input }),
      ),
    ),
  );
  return async () => {
    await Promise.all(undos.map((undo) => undo()));
  };
}

function peersOf(set: PracticeSet, server: ServerPlace): readonly string[] {
  return set.servers.filter(({ number }) => number !== server.number).map(({ address }) => address);
}

function tableWith(hook: 'input' | 'output', rule: string): string {
  return `table ${table} {\n  chain ${hook} {\n    type filter hook ${hook} priority 0\n    ${rule}\n  }\n}\n`;
}
