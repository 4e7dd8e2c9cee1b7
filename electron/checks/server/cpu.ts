import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** Each of the two nodes serves its clients on one thread; with fewer CPUs they share one. (OutSystems asks for 3 to 4 in production.) */
const LEAST_CPUS = 2;

/** A CPU for each node of the server. */
export const cpu = eachServer('server.cpu', ['pass', 'warn'], (facts): Judgement => {
  const count = facts.cpuCount;
  const expected = message('check.server.cpu.expected', { least: LEAST_CPUS });
  const evidence = evidenceOf({ cpuCount: count });
  if (!Number.isFinite(count) || count < 1)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.cpu.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  const observed = message('check.server.cpu.observed', { count });
  if (count >= LEAST_CPUS) return { verdict: 'pass', expected, observed, evidence };
  return { verdict: 'warn', expected, observed, evidence, remedy: message('check.server.cpu.remedy', { least: LEAST_CPUS }) };
});
