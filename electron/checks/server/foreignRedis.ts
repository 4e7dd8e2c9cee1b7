import { clusterPorts } from '../../shared/domain/plan.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { isOurUnit, type CheckContext } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

type RedisProcess = ServerFacts['redisProcesses'][number];

/** A running Redis or Valkey shows its data port at the end of its title: `redis-server 10.0.0.1:7000 [cluster]`. */
function portInTitle(commandLine: string): number | null {
  const found = /:(\d{1,5})(?=\s|$)/u.exec(commandLine);
  return found?.[1] === undefined ? null : Number(found[1]);
}

function isOnOurPorts(process: RedisProcess, facts: ServerFacts, context: CheckContext): boolean {
  const ports: readonly number[] = clusterPorts(context.plan);
  const titled = portInTitle(process.commandLine);
  return (titled !== null && ports.includes(titled)) || facts.listening.some((one) => one.pid === process.pid && ports.includes(one.port));
}

/** No Redis of somebody else where ours will be. One on other ports may stay, but takes its share of memory and CPU. Triad touches neither. */
export const foreignRedis = eachServer('server.foreignRedis', ['pass', 'warn', 'fail'], (facts, context): Judgement => {
  const expected = message('check.server.foreignRedis.expected');
  const foreign = facts.redisProcesses.filter((one) => !isOurUnit(context.plan, one.unit));
  const evidence = evidenceOf({ redisProcesses: facts.redisProcesses });
  const name = (one: RedisProcess): string => `${one.executable} (pid ${one.pid}${one.unit === null ? '' : `, ${one.unit}`})`;
  const inTheWay = foreign.filter((one) => isOnOurPorts(one, facts, context));
  if (inTheWay.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.foreignRedis.onOurPorts', { processes: inTheWay.map(name).join(', ') }),
      evidence,
      remedy: message('check.server.foreignRedis.onOurPorts.remedy'),
    };
  if (foreign.length > 0)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.server.foreignRedis.elsewhere', { processes: foreign.map(name).join(', ') }),
      evidence,
      remedy: message('check.server.foreignRedis.elsewhere.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.server.foreignRedis.none'), evidence };
});
