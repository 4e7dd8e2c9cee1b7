import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './runCommand.ts';
import { inHub } from './setNetwork.ts';
import { serverAt, type ServerNumber, type SetPlace } from './setPlace.ts';

/** Who opens connections: a server, this machine, or all of them. */
export type BlockSource = ServerNumber | 'admin' | 'any';

/**
 * What a blocked sender gets: silence, a TCP reset as from a closed port, or ICMP "administratively prohibited" as from many firewalls.
 * On one machine such an ICMP answer arrives while the sender is still inside connect(2), and the kernel drops it (TcpExtLockDroppedIcmps): the
 * sender hears of it with its first repetition, after one second. That goes for firewalls in practice servers too, firewalld's for one.
 */
export type BlockMode = 'drop' | 'reject' | 'prohibit';

/** One obstacle in the network. `any` as port stops everything on the way from `from` to `to`, answers included. */
export interface PortBlock {
  readonly from: BlockSource;
  readonly to: ServerNumber;
  readonly port: number | 'any';
  readonly mode: BlockMode;
}

/**
 * Puts exactly these blocks into the network, in place of those before.
 *
 * They are nftables rules in the hub, on the hub's end of each sender's cable (family netdev, hook ingress), and so outside every server: a
 * firewall tool in a server neither sees nor disturbs them, as with a firewall between the servers. A rule matches what the sender sends to
 * address and port of the target, so the opposite direction stays open, its answers included. There is no connection tracking: a connection
 * that is already open from sender to target is cut as well. Family bridge was not taken: it can reject only with a kernel option that is
 * often missing, and nothing at all in its forward hook.
 */
export async function applyBlocks(set: SetPlace, blocks: readonly PortBlock[]): Promise<void> {
  for (const server of set.servers) {
    // Kept in a file too: the cable of a server is new with each boot, and its keeper then loads the rules again.
    const file = join(server.folder, 'blocks.nft');
    const rules = rulesFor(set, server.number, server.hubPort, blocks);
    if (blocks.length === 0) rmSync(file, { force: true });
    else writeFileSync(file, rules, { mode: 0o600 });
    // Without its cable (server off) there is no device to put the rules on: then the file is all.
    const cable = await runCommand('nsenter', [`--net=${set.hubFile}`, 'ip', 'link', 'show', server.hubPort]);
    if (cable.code === 0) await inHub(set, 'block ports', 'nft', ['-f', '-'], rules);
  }
  await inHub(set, 'block ports', 'nft', ['-f', '-'], rulesFor(set, 'admin', 'admin', blocks));
}

function rulesFor(set: SetPlace, sender: ServerNumber | 'admin', device: string, blocks: readonly PortBlock[]): string {
  const table = `netdev triad_practice_${device}`;
  const rules = blocks.filter(({ from }) => from === sender || from === 'any').map((block) => ruleFor(set, block));
  // Named twice at first, so that deleting works whether or not the table exists.
  const none = `table ${table}\ndelete table ${table}\n`;
  if (rules.length === 0) return none;
  return `${none}table ${table} {\n  chain ingress {\n    type filter hook ingress device "${device}" priority 0;\n${rules.join('')}  }\n}\n`;
}

function ruleFor(set: SetPlace, { to, port, mode }: PortBlock): string {
  const target = `ip daddr ${serverAt(set, to).address}`;
  const match = port === 'any' ? target : `${target} tcp dport ${port}`;
  switch (mode) {
    case 'drop':
      return `    ${match} drop\n`;
    case 'reject':
      return port === 'any' ? `    ${match} meta l4proto tcp reject with tcp reset\n` : `    ${match} reject with tcp reset\n`;
    case 'prohibit':
      return `    ${match} reject with icmp admin-prohibited\n`;
    default:
      return mode satisfies never;
  }
}
