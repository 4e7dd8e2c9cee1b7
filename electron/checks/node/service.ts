import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode, type NodeObservation } from '../nodeObservation.ts';
import type { NodeSpec } from '../../shared/domain/plan.ts';

/** systemd runs the node, will start it at boot, and has read its unit as it is on disk. */
export const service = eachNode('node.service', ['pass', 'warn', 'fail', 'unknown', 'skipped'], ({ node, observation }): Judgement => {
  const { unit, server } = node;
  if (unit === '') return judgeUnnamed(node, observation);
  const expected = message('check.node.service.expected', { unit });
  const found = observation.facts.find((one) => one.server === server)?.units.find((one) => one.unit === unit);
  if (found === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.service.unread', { unit }),
      evidence: '',
      remedy: message('check.unread.remedy'),
    };
  const evidence = evidenceOf(found);
  const state = `${found.active} (${found.sub})`;
  if (found.load === 'not-found')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.node.service.absent'),
      evidence,
      remedy: message('check.node.service.absent.remedy'),
    };
  if (found.active !== 'active')
    return {
      verdict: 'fail',
      expected,
      observed: message('check.node.service.notActive', { state }),
      evidence,
      remedy: message('check.node.service.notActive.remedy', { unit, server }),
    };
  if (found.enabled !== 'enabled')
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.service.notEnabled'),
      evidence,
      remedy: message('check.node.service.notEnabled.remedy', { unit, server }),
    };
  if (found.needsReload)
    return {
      verdict: 'warn',
      expected,
      observed: message('check.node.service.needsReload'),
      evidence,
      remedy: message('check.node.service.needsReload.remedy', { server }),
    };
  return { verdict: 'pass', expected, observed: message('check.node.service.observed', { state }), evidence };
});

/** A node of a cluster that Triad did not install, of which nobody has said what runs it: the socket tells the unit, but not whether it starts at boot. */
function judgeUnnamed({ server, dataPort: port }: NodeSpec, observation: NodeObservation): Judgement {
  const facts = observation.facts.find((one) => one.server === server);
  const holder = facts?.listening.find((one) => one.port === port);
  const expected = message('check.node.service.unnamed.expected');
  const evidence = evidenceOf({ listening: holder });
  if (holder === undefined || holder.pid === null)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.service.noHolder', { port }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  // A session of a user is a unit too, but no service; Windows knows services only.
  if (holder.unit !== null && (holder.unit.endsWith('.service') || facts?.os.id === 'windows'))
    return { verdict: 'skipped', expected, observed: message('check.node.service.unnamed', { unit: holder.unit }), evidence };
  return {
    verdict: 'warn',
    expected,
    observed: message('check.node.service.noUnit', { pid: holder.pid }),
    evidence,
    remedy: message('check.node.service.noUnit.remedy', { server }),
  };
}
