import { readdir, readFile } from 'node:fs/promises';

/** Memory of a program with all its processes. */
export interface ProcessMemory {
  readonly processes: number;
  /** Proportional set size: what several processes share counts once, divided among all that share it. */
  readonly pssBytes: number;
  /** Resident set size: what several of them share counts for each. */
  readonly rssBytes: number;
}

/** The memory of a process and all that it has started; Linux only. */
export async function memoryOf(pid: number): Promise<ProcessMemory> {
  const parents = await readParents();
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  const sizes = (await Promise.all(family.map(readSizes))).filter((read) => read !== undefined);
  return {
    processes: sizes.length,
    pssBytes: sizes.reduce((sum, { pssBytes }) => sum + pssBytes, 0),
    rssBytes: sizes.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

async function readParents(): Promise<ReadonlyMap<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
  const pairs = await Promise.all(
    pids.map(async (pid): Promise<readonly (readonly [number, number])[]> => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
      // The second field is the command in parentheses, which may itself contain spaces and parentheses.
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return parent === undefined ? [] : [[pid, Number(parent)]];
    }),
  );
  return new Map(pairs.flat());
}

async function readSizes(pid: number): Promise<{ readonly pssBytes: number; readonly rssBytes: number } | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(text)?.[1] ?? 0) * 1024;
  return text === '' ? undefined : { pssBytes: bytes('Pss'), rssBytes: bytes('Rss') };
}
