import type { HostKey } from './server.ts';

/** What tells one machine from another, as far as a first look could read it. */
export interface MachineMarks {
  /** 0 to 2. */
  readonly server: number;
  readonly machineId: string | null;
  readonly hostKey: HostKey;
}

/**
 * Two servers that are not clearly two machines. `sameMachine`: one installation under two addresses. `perhaps`: the same host key, and
 * nothing else is known. `sharedKey`: two machines with one host key, as copies of an image are: either can pretend to be the other.
 */
export interface MachineClash {
  readonly kind: 'sameMachine' | 'perhaps' | 'sharedKey';
  readonly server: number;
  readonly first: number;
}

/** Every pair of servers that is not clearly two machines, in their order. */
export function machineClashes(marks: readonly MachineMarks[]): readonly MachineClash[] {
  const known = marks.filter((one) => one.hostKey.fingerprint !== '');
  return known.flatMap((one, index) =>
    known.slice(0, index).flatMap((first): MachineClash[] => {
      const kind = clashOf(first, one);
      return kind === null ? [] : [{ kind, server: one.server, first: first.server }];
    }),
  );
}

function clashOf(one: MachineMarks, other: MachineMarks): MachineClash['kind'] | null {
  const areKnown = one.machineId !== null && other.machineId !== null;
  if (areKnown && one.machineId === other.machineId) return 'sameMachine';
  if (one.hostKey.fingerprint !== other.hostKey.fingerprint) return null;
  return areKnown ? 'sharedKey' : 'perhaps';
}
