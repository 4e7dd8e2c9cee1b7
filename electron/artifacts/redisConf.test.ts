import { describe, expect, it } from 'vitest';
import { nodesOnServer, type NodeSpec } from '../shared/domain/plan.ts';
import { nodeSettings } from './nodeSettings.ts';
import { renderNodeConf } from './redisConf.ts';
import { samplePlan, type SampleChoices } from './testing/samplePlan.ts';
import { readRedisConf } from './testing/splitArguments.ts';

function confOf(choices: SampleChoices = {}, index = 0): ReadonlyMap<string, readonly string[]> {
  const plan = samplePlan(choices);
  const node = nodesOnServer(plan, 'server-1')[index];
  if (node === undefined) throw new Error('no such node');
  const lines = readRedisConf(renderNodeConf(node, plan));
  const byName = new Map(lines.map(([name = '', ...values]) => [name, values]));
  expect(byName.size).toBe(lines.length);
  return byName;
}

describe('renderNodeConf', () => {
  it('names address, ports and places of the node', () => {
    const conf = confOf({}, 1);
    expect(Object.fromEntries(conf)).toMatchObject({
      bind: ['10.77.0.11', '127.0.0.1'],
      'bind-source-addr': ['10.77.0.11'],
      port: ['7001'],
      'cluster-announce-ip': ['10.77.0.11'],
      'cluster-announce-port': ['7001'],
      'cluster-announce-bus-port': ['17001'],
      'cluster-node-timeout': ['5000'],
      dir: ['/var/lib/triad/sessions/7001'],
      logfile: ['/var/log/triad/sessions/7001.log'],
      include: ['/opt/triad/sessions/auth.conf'],
      maxmemory: ['268435456'],
    });
  });

  it('keeps the password out', () => {
    const conf = confOf();
    expect([...conf.keys()].filter((name) => /pass|auth/u.test(name))).toEqual([]);
  });

  it('binds IPv6 loopback only where there is one', () => {
    const conf = confOf({ addresses: ['fd00::11', 'fd00::12', 'fd00::13'], firewall: { manage: false } });
    expect(conf.get('bind')).toEqual(['fd00::11', '-::1', '127.0.0.1']);
  });

  it.each([
    ['aof', { appendonly: ['yes'], appendfsync: ['everysec'], save: [''] }],
    ['rdb', { appendonly: ['no'], save: ['300', '1', '60', '10000'] }],
    ['none', { appendonly: ['no'], save: [''] }],
  ])('persists by %s', (persistence, expected) => {
    expect(Object.fromEntries(confOf({ redis: { persistence } }))).toMatchObject(expected);
  });

  it.each([
    ['16mb', 1024 ** 2],
    ['256mb', 16 * 1024 ** 2],
    ['8gb', 64 * 1024 ** 2],
  ])('keeps a backlog that fits %s of data', (maxMemory, bytes) => {
    expect(confOf({ redis: { maxMemory } }).get('repl-backlog-size')).toEqual([String(bytes)]);
  });

  it('says why above every group that is not plain', () => {
    const plan = samplePlan();
    const node = plan.nodes[0];
    expect(node === undefined ? '' : renderNodeConf(node, plan)).toMatchSnapshot();
  });
});

describe('nodeSettings', () => {
  it('says of every setting how a running node comes by it', () => {
    const plan = samplePlan();
    const settings = nodeSettings(plan.nodes[0] as NodeSpec, plan).flatMap((group) => group.settings);
    const named = (takesEffect: string): readonly string[] =>
      settings.filter((setting) => setting.takesEffect === takesEffect).map(({ name }) => name);
    expect(named('internal')).toEqual(['dir', 'logfile']);
    expect(named('restart')).toEqual(expect.arrayContaining(['bind', 'port', 'cluster-enabled', 'enable-debug-command']));
    expect(named('runtime')).toEqual(expect.arrayContaining(['maxmemory', 'cluster-node-timeout', 'appendonly', 'save']));
  });
});
