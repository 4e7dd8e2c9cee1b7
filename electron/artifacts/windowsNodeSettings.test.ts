import { expect, test } from 'vitest';
import { nodesOnServer } from '../shared/domain/plan.ts';
import { nodeSettings, type NodeSettingGroup } from './nodeSettings.ts';
import { samplePlan } from './testing/samplePlan.ts';
import { windowsNodeSettings } from './windowsNodeSettings.ts';

const plan = samplePlan({ redis: { maxMemory: '2gb' } });
const valuesOf = (groups: readonly NodeSettingGroup[]): ReadonlyMap<string, string> => {
  const settings = groups.flatMap((group) => group.settings);
  expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
  return new Map(settings.map(({ name, value }) => [name, value]));
};

test.each(nodesOnServer(plan, 'server-1'))('$id differs from one on Linux in what Windows cannot do, and in nothing else', (node) => {
  const [linux, windows] = [valuesOf(nodeSettings(node, plan)), valuesOf(windowsNodeSettings(node, plan))];
  const changed = [...new Set([...linux.keys(), ...windows.keys()])]
    .filter((name) => linux.get(name) !== windows.get(name))
    .map((name) => `${name}: ${linux.get(name) ?? '-'} > ${windows.get(name) ?? '-'}`);
  expect(changed.toSorted()).toEqual(
    [
      `dir: /var/lib/triad/sessions/${node.dataPort} > .`,
      `logfile: /var/log/triad/sessions/${node.dataPort}.log > redis.log`,
      'auto-aof-rewrite-min-size: - > 2147483648',
      'disable-thp: yes > -',
      'maxclients: - > 3000',
      'tcp-backlog: 511 > 200',
    ].toSorted(),
  );
});

test('nothing in it is written in the way of one system, or beyond ASCII', () => {
  const [node] = plan.nodes;
  if (node === undefined) throw new Error('no node');
  const text = windowsNodeSettings(node, plan)
    .flatMap(({ reasons, settings }) => [...reasons, ...settings.map(({ name, value }) => `${name} ${value}`)])
    .join('\n');
  expect(text).not.toMatch(/systemd|somaxconn|huge pages|\/var\/|\/opt\/|[^ -~\n]/u);
});
