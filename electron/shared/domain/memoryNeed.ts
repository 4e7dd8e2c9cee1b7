/** Memory that the Redis processes of one server may take, in bytes. */
export interface MemoryNeed {
  /** Each process holds all the data that it may. */
  readonly fullBytes: number;
  /** Twice that: a save or a full copy to a replica forks the process, and every page that is written meanwhile exists twice. */
  readonly savingBytes: number;
}

/** What so many processes may take when each may hold `maxMemoryBytes` of data. */
export function memoryNeedOf(processes: number, maxMemoryBytes: number): MemoryNeed {
  const fullBytes = processes * maxMemoryBytes;
  return { fullBytes, savingBytes: fullBytes * 2 };
}

/** Whether a server with so much memory has room: for both (`enough`), not during a save (`tight`), or not at all (`tooLittle`). */
export function memoryRoomOf(need: MemoryNeed, memoryBytes: number): 'enough' | 'tight' | 'tooLittle' {
  if (memoryBytes >= need.savingBytes) return 'enough';
  return memoryBytes >= need.fullBytes ? 'tight' : 'tooLittle';
}

/** The most that each process may hold, in whole mebibytes, so that a save finds room too; as redis.conf writes it. */
export function mostMemoryFor(processes: number, memoryBytes: number): string {
  return `${Math.floor(memoryBytes / 1024 ** 2 / (processes * 2))}mb`;
}
