import { nodeSettings } from '../../artifacts/nodeSettings.ts';
import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachNode } from '../nodeObservation.ts';

/** Settings on which placement, failover, data or access depend. Another value in any other one is odd, but breaks nothing. */
const DECISIVE: readonly string[] = [
  'bind',
  'bind-source-addr',
  'port',
  'protected-mode',
  'cluster-enabled',
  'cluster-node-timeout',
  'cluster-announce-ip',
  'cluster-announce-port',
  'cluster-announce-bus-port',
  'cluster-require-full-coverage',
  'cluster-allow-replica-migration',
  'appendonly',
  'appendfsync',
  'save',
  'maxmemory',
  'maxmemory-policy',
  'min-replicas-to-write',
];

/** What is known to be wanted of a cluster that Triad did not install: the rest of its settings is its owner's choice. */
const ADOPTED: readonly string[] = ['cluster-enabled', 'cluster-node-timeout', 'appendonly', 'maxmemory'];

/** The running process has the planned settings, as CONFIG GET answers them; what Redis spells in its own way is not compared. */
export const settings = eachNode('node.settings', ['pass', 'warn', 'fail', 'unknown'], ({ node, observation }, { plan }): Judgement => {
  const expected = message('check.node.settings.expected');
  const reading = observation.settings.find((one) => one.node === node.id)?.values;
  const refused = observation.refused?.get(node.id);
  if (refused !== undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.settings.refused', { reason: refused }),
      evidence: refused,
      remedy: message('check.node.settings.refused.remedy'),
    };
  if (reading === undefined)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.settings.unread'),
      evidence: '',
      remedy: message('check.unread.remedy'),
    };
  const compared = nodeSettings(node, plan)
    .flatMap((group) => group.settings)
    .filter(({ name, takesEffect }) => takesEffect !== 'internal' && (plan.adopted !== true || ADOPTED.includes(name)))
    .map((setting) => ({ ...setting, found: reading.get(setting.name) }));
  const differing = compared.filter(({ found, value }) => found !== undefined && found !== value);
  const unread = compared.filter(({ found }) => found === undefined).map(({ name }) => name);
  const evidence = evidenceOf(Object.fromEntries(compared.map(({ name, found }) => [name, found])));
  if (differing.length > 0) {
    const list = differing.map(({ name, found = '', value }) => `${name}: "${found}" ≠ "${value}"`).join('; ');
    const needsRestart = differing.some(({ takesEffect }) => takesEffect === 'restart');
    return {
      verdict: plan.adopted !== true && differing.some(({ name }) => DECISIVE.includes(name)) ? 'fail' : 'warn',
      expected,
      observed: message('check.node.settings.different', { settings: list }),
      evidence,
      remedy: needsRestart
        ? message('check.node.settings.restart.remedy', { unit: node.unit, server: node.server })
        : message('check.node.settings.remedy'),
    };
  }
  if (unread.length > 0)
    return {
      verdict: 'unknown',
      expected,
      observed: message('check.node.settings.someUnread', { settings: unread.join(', ') }),
      evidence,
      remedy: message('check.unread.remedy'),
    };
  return { verdict: 'pass', expected, observed: message('check.node.settings.observed', { count: compared.length }), evidence };
});
