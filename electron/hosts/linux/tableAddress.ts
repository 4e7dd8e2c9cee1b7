/** Turns each word of four bytes round: the kernel prints addresses as words in the machine's own order, and all supported ones are little-endian. */
export function turnWords(hex: string): string {
  return (hex.match(/.{8}/gu) ?? []).map((word) => (word.match(/../gu) ?? []).toReversed().join('')).join('');
}

/** An address of /proc/net/tcp (8 digits) or tcp6 (32), in the canonical spelling; an IPv4-mapped one becomes IPv4. */
export function readTableAddress(hex: string): string {
  const bytes = (turnWords(hex).match(/../gu) ?? []).map((byte) => Number.parseInt(byte, 16));
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return bytes.slice(12).join('.');
  const full = groups.map((group) => group.toString(16)).join(':');
  const [longest] = [...full.matchAll(/(?:^|:)0(?::0)+(?=:|$)/gu)].toSorted((a, b) => b[0].length - a[0].length);
  if (longest === undefined) return full;
  return `${full.slice(0, longest.index)}::${full.slice(longest.index + longest[0].length).replace(/^:/u, '')}`;
}

/** The bytes of an address in network order, from its canonical spelling. */
function bytesOf(address: string): readonly number[] {
  if (!address.includes(':')) return address.split('.').map(Number);
  const [head = '', tail] = address.split('::');
  const groups = (part: string): readonly string[] => part.split(':').filter((group) => group !== '');
  const [first, last] = [groups(head), groups(tail ?? '')];
  const filled = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  return filled.flatMap((group) => [Math.floor(Number.parseInt(group, 16) / 256), Number.parseInt(group, 16) % 256]);
}

/**
 * The spellings in /proc/net/tcp and tcp6 of sockets that take a port from an address: its own, for IPv4 also the mapped one, and both wildcards.
 */
export function tableSpellings(address: string): readonly string[] {
  const hex = bytesOf(address).map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  const own = turnWords(hex.join(''));
  return [own, ...(own.length === 8 ? [`0000000000000000FFFF0000${own}`] : []), '0'.repeat(8), '0'.repeat(32)];
}
