import type { FoundAccess, FoundDisk, FoundPath } from '../../../shared/domain/server.ts';
import type { Sections } from './sections.ts';

const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
const FOLDER = 0o040000;
const PERMISSIONS_MASK = 0o7777;

/** Undoes what /proc/self/mounts does to blanks in its fields. */
function unescapeMount(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** What is known of the wanted disks: sizes from `df -P -B1` of their nearest existing parents, and where those really are. */
export interface DiskSources {
  readonly dfLines: readonly string[];
  /** `readlink -f` of the same parents. */
  readonly resolved: readonly string[];
  /** /proc/self/mounts. */
  readonly mountLines: readonly string[];
}

/**
 * The file systems of `wanted`, in that order. The mount is found by its path: df goes by the device, and takes one of several mounts of it
 * (in containers, /proc is mounted many times, writable here and read-only there).
 */
export function readDisks(wanted: readonly string[], { dfLines, resolved, mountLines }: DiskSources): FoundDisk[] {
  const mounts = mountLines.map((line) => line.split(' ').map(unescapeMount));
  const rows = dfLines.slice(1).flatMap((line) => {
    const match = /^.+?\s+(\d+|-)\s+(\d+|-)\s+(-?\d+|-)\s+(?:\d+%|-)\s+\//u.exec(line);
    return match === null ? [] : [{ size: Number(match[1]), free: Number(match[3]) }];
  });
  // A row for each, or one was left out and nothing can be told apart.
  if (rows.length !== wanted.length || resolved.length !== wanted.length) return [];
  return rows.map(({ size, free }, index) => {
    const at = resolved[index] ?? '';
    const around = mounts.filter(([, point = '']) => point === '/' || at === point || at.startsWith(`${point}/`));
    // The innermost; of equal ones the last, which covers the others.
    const mount = around.reduce<string[] | undefined>(
      (best, next) => ((next[1]?.length ?? 0) >= (best?.[1]?.length ?? 0) ? next : best),
      undefined,
    );
    return {
      path: wanted[index] ?? '',
      mountPoint: mount?.[1] ?? '',
      fileSystem: mount?.[2] ?? '',
      freeBytes: Number.isNaN(free) ? 0 : Math.max(0, free),
      sizeBytes: Number.isNaN(size) ? 0 : size,
      options: (mount?.[3] ?? '').split(',').filter((option) => option !== ''),
    };
  });
}

/** Whether the service user may write to folders, from the lines `writable`, `denied` or `absent`, tabulator, path. */
export function readAccess(wanted: readonly string[], sections: Sections): FoundAccess[] {
  const lines = new Set(sections.lines('folders'));
  const states = ['writable', 'denied', 'absent'] as const;
  return wanted.map((path) => ({ path, access: states.find((state) => lines.has(`${state}\t${path}`)) ?? 'unknown' }));
}

/** The paths that were asked for, each once, in that order. Links are followed; one that leads nowhere is `other`. */
export function readPaths(wanted: readonly string[], sections: Sections): FoundPath[] {
  const stats = new Map(
    sections.lines('paths').map((line) => {
      const [mode = '', owner = '', group = '', size = '', ...path] = line.split('\t');
      return [path.join('\t'), { raw: Number.parseInt(mode, 16), owner, group, sizeBytes: Number(size) }] as const;
    }),
  );
  const dangling = new Set(sections.lines('dangling'));
  const hashes = new Map(sections.lines('hashes').map((line) => [line.slice(66), line.slice(0, 64)] as const));
  const contents = new Map(
    sections.lines('contents').map((line) => {
      const at = line.lastIndexOf('\t');
      return [line.slice(0, at), Buffer.from(line.slice(at + 1), 'base64').toString('utf8')] as const;
    }),
  );
  return [...new Set(wanted)].map((path): FoundPath => {
    const found = stats.get(path);
    if (found === undefined)
      return {
        path,
        kind: dangling.has(path) ? 'other' : 'absent',
        mode: 0,
        owner: '',
        group: '',
        sizeBytes: 0,
        sha256: null,
        content: null,
      };
    // `st_mode` of stat(2).
    const [type, mode] = [found.raw & FILE_TYPE_MASK, found.raw & PERMISSIONS_MASK];
    const kind = type === REGULAR_FILE ? 'file' : type === FOLDER ? 'folder' : 'other';
    const { owner, group, sizeBytes } = found;
    return { path, kind, mode, owner, group, sizeBytes, sha256: hashes.get(path) ?? null, content: contents.get(path) ?? null };
  });
}
