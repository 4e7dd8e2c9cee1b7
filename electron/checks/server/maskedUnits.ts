import { nodesOnServer } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** No planned service is masked: systemd refuses to start such a unit, whatever its file says. */
export const maskedUnits = eachServer('server.maskedUnits', ['pass', 'fail'], (facts, context): Judgement => {
  const planned = nodesOnServer(context.plan, facts.server).map((node) => node.unit);
  const found = facts.units.filter((one) => planned.includes(one.unit));
  const masked = found.filter((one) => one.load === 'masked' || one.enabled.startsWith('masked')).map((one) => one.unit);
  const expected = message('check.server.maskedUnits.expected');
  const evidence = evidenceOf({ units: found });
  if (masked.length > 0)
    return {
      verdict: 'fail',
      expected,
      observed: message('check.server.maskedUnits.masked', { units: masked.join(', ') }),
      evidence,
      remedy: message('check.server.maskedUnits.remedy', { units: masked.join(' ') }),
    };
  if (planned.some((unit) => !found.some((one) => one.unit === unit)))
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.server.maskedUnits.unknown'),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.server.maskedUnits.none'), evidence };
});
