import type { CpuInfo } from 'node:os';

/** How the processors of a machine spent their time since it was started, milliseconds. */
type ProcessorTimes = readonly Pick<CpuInfo, 'times'>[];

/**
 * How busy the processors were between two looks at `os.cpus()`, as words: "73 % of 2 processors busy". It shows where tests wait and more of them could run side
 * by side. Other work on the machine counts, too.
 */
export function busyShare(before: ProcessorTimes, after: ProcessorTimes): string {
  const busyMs = sum(after, busy) - sum(before, busy);
  const idleMs = sum(after, ({ idle }) => idle) - sum(before, ({ idle }) => idle);
  const share = busyMs + idleMs > 0 ? Math.round((100 * busyMs) / (busyMs + idleMs)) : 0;
  return `${share} % of ${after.length} ${after.length === 1 ? 'processor' : 'processors'} busy`;
}

const busy = ({ user, nice, sys, irq }: CpuInfo['times']): number => user + nice + sys + irq;

function sum(processors: ProcessorTimes, of: (times: CpuInfo['times']) => number): number {
  return processors.reduce((total, { times }) => total + of(times), 0);
}
