import { BUS_PORT_OFFSET } from '../shared/domain/address.ts';
import { SLOT_COUNT, type SlotRange } from '../shared/domain/plan.ts';
import type { PeerView } from '../shared/domain/view.ts';

/** A reply that is not what Redis documents; the caller knows the node and turns it into `redis.replyUnexpected`. */
export class UnreadableReplyError extends Error {
  readonly command: string;
  constructor(command: string, found: string) {
    super(`${command}: cannot read ${JSON.stringify(found.slice(0, 200))}`);
    this.name = 'UnreadableReplyError';
    this.command = command;
  }
}

/** `ip:port@busport`, where the ip may be empty (not known yet, `noaddr`) or IPv6 without brackets; Redis before 4 has no `@busport`. */
const PLACE = /^(?<address>.*):(?<dataPort>\d+)(?:@(?<busPort>\d+))?$/u;
const SLOTS = /^(?<first>\d+)(?:-(?<last>\d+))?$/u;

function numberOf(text: string | undefined, line: string): number {
  const value = Number(text);
  if (text === undefined || text === '' || !Number.isFinite(value)) throw new UnreadableReplyError('CLUSTER NODES', line);
  return value;
}

function slotRangeOf(text: string, line: string): SlotRange {
  const found = SLOTS.exec(text);
  const first = numberOf(found?.groups?.['first'], line);
  const last = numberOf(found?.groups?.['last'] ?? found?.groups?.['first'], line);
  if (last < first || last >= SLOT_COUNT) throw new UnreadableReplyError('CLUSTER NODES', line);
  return { first, last };
}

function peerOf(line: string): PeerView {
  const [redisId = '', places = '', flagList = '', master = '', , , configEpoch, link = '', ...ranges] = line.split(' ');
  // After the first comma come the host name and, from Redis 7.2 and in Valkey, `name=value` fields (shard-id, tls-port, ...).
  const place = PLACE.exec(places.split(',')[0] ?? '');
  if (!/^[0-9a-f]{40}$/u.test(redisId) || place === null || link === '') throw new UnreadableReplyError('CLUSTER NODES', line);
  const dataPort = numberOf(place.groups?.['dataPort'], line);
  const busPort = place.groups?.['busPort'];
  const flags = new Set(flagList.split(','));
  const isOpen = (range: string): boolean => range.startsWith('[');
  return {
    redisId,
    address: place.groups?.['address'] ?? '',
    dataPort,
    busPort: busPort === undefined ? dataPort + BUS_PORT_OFFSET : numberOf(busPort, line),
    isMyself: flags.has('myself'),
    // A node in handshake has neither flag yet; it can own nothing, like a master without slots.
    role: flags.has('slave') || flags.has('replica') ? 'replica' : 'master',
    health: flags.has('fail') ? 'fail' : flags.has('fail?') ? 'pfail' : 'ok',
    isHandshake: flags.has('handshake'),
    hasNoAddress: flags.has('noaddr'),
    isNoFailover: flags.has('nofailover'),
    masterRedisId: master === '-' ? null : master,
    configEpoch: numberOf(configEpoch, line),
    isLinkConnected: link === 'connected',
    slots: ranges.filter((range) => range !== '' && !isOpen(range)).map((range) => slotRangeOf(range, line)),
    openSlots: ranges.filter(isOpen).length,
  };
}

/** Reads the answer to CLUSTER NODES of Redis 3 to 8 and Valkey. Throws {@link UnreadableReplyError} for anything else. */
export function parseClusterNodes(reply: string): readonly PeerView[] {
  const peers = reply
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(peerOf);
  if (peers.filter((peer) => peer.isMyself).length !== 1) throw new UnreadableReplyError('CLUSTER NODES', reply);
  return peers;
}
