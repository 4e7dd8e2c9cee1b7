import type { WindowsFacts } from '../../shared/domain/server.ts';
import type { CallOptions } from '../host.ts';
import { SYSTEM_PROGRAMS } from './systemPrograms.ts';
import type { WindowsShell } from './windowsShell.ts';

/** Ports that Windows gives to connections that go out, and those that nobody may listen on. No documented call tells either; netsh does, in its own language. */
export type PortRanges = Pick<WindowsFacts, 'dynamicPorts' | 'excludedPorts'>;

const DEADLINE_MS = 20_000;

/**
 * The range in what `netsh interface ipv4 show dynamicport tcp` prints: of the lines that end in a number, the first has the first port, the second the count. The
 * words before them are in the language of the server. Null where there are no two such lines.
 */
export function dynamicRangeIn(output: string): [number, number] | null {
  const [first, count] = [...output.matchAll(/:\s*(\d+)\s*$/gmu)].map(([, digits]) => Number(digits));
  return first === undefined || count === undefined || count < 1 ? null : [first, first + count - 1];
}

/**
 * The ranges in what `netsh interface ipv4 show excludedportrange protocol=tcp` prints: lines of two numbers. Those with an asterisk were kept back by an
 * administrator and may be listened on by whoever names the port: the way to keep Hyper-V from taking it.
 */
export function excludedRangesIn(output: string): [number, number][] {
  return [...output.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gmu)].map(([, first, last]) => [Number(first), Number(last)]);
}

/** Asks for both. What cannot be learnt is null: listening on the very ports tells as much of them. */
export async function readPortRanges(shell: WindowsShell, options?: CallOptions): Promise<PortRanges> {
  const show = async (...words: readonly string[]): Promise<string | null> => {
    const call = { step: 'ports', program: SYSTEM_PROGRAMS.netsh, args: ['interface', 'ipv4', 'show', ...words] };
    try {
      const { code, stdout } = await shell.run(call, { deadlineMs: DEADLINE_MS, ...options });
      return code === 0 ? stdout : null;
    } catch (error) {
      if (options?.signal?.aborted === true) throw error;
      return null;
    }
  };
  const [dynamic, excluded] = await Promise.all([show('dynamicport', 'tcp'), show('excludedportrange', 'protocol=tcp')]);
  return {
    dynamicPorts: dynamic === null ? null : dynamicRangeIn(dynamic),
    excludedPorts: excluded === null ? null : excludedRangesIn(excluded),
  };
}
