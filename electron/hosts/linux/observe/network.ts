import type { ServerFacts } from '../../../shared/domain/server.ts';
import { readTableAddress, turnWords } from '../tableAddress.ts';
import { readGrep } from './sections.ts';

type Addresses = ServerFacts['addresses'];

/**
 * The server's addresses: from `ip -o addr`, or where that is not installed from the kernel's tables, which tell neither how long an address
 * is lent nor, for IPv4, always the card.
 */
export function readAddresses(lines: readonly string[]): Addresses {
  return lines.some((line) => line.startsWith('/proc/')) ? fromKernelTables(lines) : fromIpTool(lines);
}

function fromIpTool(lines: readonly string[]): Addresses {
  return lines.flatMap((line) => {
    const match = /^\d+:\s+(\S+)\s+inet6?\s+([^\s/]+)(?:\/\d+)?\s(.*)$/u.exec(line);
    if (match === null) return [];
    const [, device = '', ip = '', rest = ''] = match;
    return [{ ip, device: device.replace(/@.*$/u, ''), isDynamic: /\bdynamic\b/u.test(rest) }];
  });
}

function fromKernelTables(lines: readonly string[]): Addresses {
  const files = readGrep(lines);
  const routes = (files.get('/proc/net/route') ?? []).slice(1).map((line) => {
    const [device = '', network = '', , , , , , mask = ''] = line.split('\t');
    return { device, network: Number.parseInt(network, 16), mask: Number.parseInt(mask, 16) };
  });
  const asWord = (ip: string): number => ip.split('.').reduceRight((word, byte) => word * 256 + Number(byte), 0);
  const deviceOf = (ip: string): string => {
    if (ip.startsWith('127.')) return 'lo';
    const word = BigInt(asWord(ip));
    return routes.find(({ network, mask }) => mask !== 0 && (word & BigInt(mask)) === BigInt(network))?.device ?? '';
  };
  const trie = files.get('/proc/net/fib_trie') ?? [];
  const four = trie.flatMap((line, index) => {
    const ip = /\|-- ([\d.]+)$/u.exec(line)?.[1];
    return ip !== undefined && /\/32 host LOCAL/u.test(trie[index + 1] ?? '') ? [ip] : [];
  });
  const six = (files.get('/proc/net/if_inet6') ?? []).flatMap((line) => {
    const [hex = '', , , , , device = ''] = line.trim().split(/\s+/u);
    // Unlike /proc/net/tcp6 this one is in network order; turn each word round for the common reader.
    return hex.length === 32 ? [{ ip: readTableAddress(turnWords(hex)), device, isDynamic: false }] : [];
  });
  return [...new Set(four)].map((ip) => ({ ip, device: deviceOf(ip), isDynamic: false })).concat(six);
}
