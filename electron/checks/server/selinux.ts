import { placesOn } from '../../shared/domain/plan.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { isOurUnit } from '../checkContext.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/**
 * SELinux does not forbid the services to start. Where it enforces, a program keeps the label of the folder it was written into, and systemd may not run it
 * ("203/EXEC"). Running services are the proof that it does not.
 */
export const selinux = eachServer('server.selinux', ['pass', 'warn'], (facts, context): Judgement => {
  const mode = facts.selinux;
  const expected = message('check.server.selinux.expected');
  const running = facts.units.filter((unit) => isOurUnit(context.plan, unit.unit) && unit.active === 'active').map((unit) => unit.unit);
  const evidence = evidenceOf({ selinux: mode, running });
  if (mode !== 'enforcing') return { verdict: 'pass', expected, observed: message('check.server.selinux.observed', { mode }), evidence };
  const ours = context.plan.nodes.filter((node) => node.server === facts.server);
  if (ours.every((node) => running.includes(node.unit)))
    return { verdict: 'pass', expected, observed: message('check.server.selinux.proved'), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.server.selinux.enforcing'),
    evidence,
    remedy: message('check.server.selinux.remedy', { bin: placesOn(context.plan, facts.server).folders.bin }),
  };
});
