import { portsInRanges, type PortRange } from '../../shared/domain/windowsLimits.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';

/** The ports of the cluster, and those that Windows keeps. */
export interface WindowsPortFacts {
  readonly ports: readonly number[];
  /** Ranges that nobody may listen on: Hyper-V and others take them at a start of the machine. */
  readonly excluded: readonly PortRange[];
  /** What Windows gives to connections that go out; null where it could not be asked. */
  readonly dynamic: PortRange | null;
}

/** Whether Windows keeps one of the cluster's ports for something else. */
export function judgeWindowsPorts({ ports, excluded, dynamic }: WindowsPortFacts): Judgement {
  const expected = message('check.server.windowsPorts.expected', { ports: ports.join(', ') });
  const evidence = evidenceOf({ ports, excluded, dynamic });
  const inExcluded = portsInRanges(ports, excluded);
  if (inExcluded.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.windowsPorts.excluded', {
        ports: inExcluded.map(({ port, range: [first, last] }) => `${port} (${first}-${last})`).join(', '),
      }),
      evidence,
      remedy: message('check.server.windowsPorts.excluded.remedy', { first: inExcluded[0]?.port ?? 0 }),
    };
  const inDynamic = portsInRanges(ports, dynamic === null ? [] : [dynamic]);
  if (inDynamic.length > 0)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.windowsPorts.dynamic', { ports: inDynamic.map(({ port }) => port).join(', ') }),
      evidence,
      remedy: message('check.server.windowsPorts.dynamic.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.server.windowsPorts.observed'), evidence };
}
