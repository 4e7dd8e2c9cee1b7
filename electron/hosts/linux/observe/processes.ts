import type { ServerFacts } from '../../../shared/domain/server.ts';
import { readTableAddress } from '../tableAddress.ts';
import { readGrep, type Sections } from './sections.ts';

/** A socket in state LISTEN. */
export interface ListeningSocket {
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** Lines of /proc/net/tcp and tcp6. */
export function readListening(lines: readonly string[]): readonly ListeningSocket[] {
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/u);
    const [address = '', port = ''] = (fields[1] ?? '').split(':');
    const inode = fields[9];
    if (inode === undefined || !/^[\dA-F]{8}(?:[\dA-F]{24})?$/u.test(address)) return [];
    return [{ address: readTableAddress(address), port: Number.parseInt(port, 16), inode }];
  });
}

/**
 * The systemd unit of a process, from /proc/PID/cgroup: the line of version 2 (`0::`), or systemd's own of version 1. The unit is the first
 * part that is not a slice: what follows was made by the unit itself. Null outside of units (kernel threads, containers without systemd).
 */
export function unitOf(cgroupLines: readonly string[]): string | null {
  const paths = cgroupLines.flatMap((line) => {
    const match = /^(?:\d+:name=systemd|0:):(\/.*)$/u.exec(line);
    return match === null ? [] : [match[1] ?? ''];
  });
  for (const path of paths) {
    const unit = path.split('/').find((part) => /\.(?:service|scope|socket|mount|swap)$/u.test(part));
    if (unit !== undefined) return unit;
  }
  return null;
}

/** Options after which a command line of Redis holds a secret. */
const SECRET_OPTIONS = /^--(?:requirepass|masterauth|user|tls-key-file-pass|tls-client-key-file-pass|aclfile)$/iu;

/** A process's command line from /proc/PID/cmdline, without what could be a secret. */
export function readCommandLine(raw: string): string {
  const words = raw.split('\0').filter((word) => word !== '');
  return words.map((word, index) => (SECRET_OPTIONS.test(words[index - 1] ?? '') ? '***' : word)).join(' ');
}

/** Processes that own asked-for ports, by the inode of their socket, and servers of Redis or Valkey. */
export interface FoundProcesses {
  readonly ownerOfInode: ReadonlyMap<string, { readonly pid: number; readonly program: string | null; readonly unit: string | null }>;
  readonly redis: ServerFacts['redisProcesses'];
}

/** Reads the sections `links` and `processes`. */
export function readProcesses(sections: Sections): FoundProcesses {
  const files = readGrep(sections.lines('processes'));
  const ownerOfInode = new Map<string, { pid: number; program: string | null; unit: string | null }>();
  const redis: FoundProcesses['redis'] = [];
  for (const line of sections.lines('links')) {
    const [path = '', link = ''] = line.split('\t');
    const pid = Number(/^\/proc\/(\d+)\//u.exec(path)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid)) continue;
    const unit = unitOf(files.get(`/proc/${pid}/cgroup`) ?? []);
    const inode = /^socket:\[(\d+)\]$/u.exec(link)?.[1];
    if (inode !== undefined && !ownerOfInode.has(inode))
      ownerOfInode.set(inode, { pid, program: files.get(`/proc/${pid}/comm`)?.[0] ?? null, unit });
    if (path.endsWith('/exe')) {
      const commandLine = readCommandLine((files.get(`/proc/${pid}/cmdline`) ?? []).join(' '));
      redis.push({ pid, executable: link.replace(/ \(deleted\)$/u, ''), commandLine, unit });
    }
  }
  return { ownerOfInode, redis };
}
