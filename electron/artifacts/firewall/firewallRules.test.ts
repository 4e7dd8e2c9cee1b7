import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { richRulesOf } from '../../shared/domain/firewallRuleText.ts';
import { sampleBlueprint, samplePlan } from '../testing/samplePlan.ts';
import { carriesTag, firewallRulesFor } from './firewallRules.ts';
import { renderKeeperScript, renderKeeperUnit } from './firewallKeeper.ts';
import { FRONT_ENDS } from './frontEndCommands.ts';
import { rulesForGap } from './rulesForNetworkTeam.ts';

const plan = samplePlan();

describe('firewallRulesFor', () => {
  it('lets the bus be reached by the two peers only', () => {
    const rules = firewallRulesFor(plan, 'server-2');
    expect(rules.map(({ source, destination, ports }) => [source, destination, ports])).toEqual([
      ['10.77.0.11/32', '10.77.0.12', [7000, 7001, 17_000, 17_001]],
      ['10.77.0.13/32', '10.77.0.12', [7000, 7001, 17_000, 17_001]],
      ['10.77.9.0/24', '10.77.0.12', [7000, 7001]],
    ]);
  });

  it('leaves out networks of the other IP version, and networks named twice', () => {
    const other = samplePlan({
      addresses: ['fd00::1', 'fd00::2', 'fd00::3'],
      firewall: { manage: true, clients: ['10.0.0.0/8', 'fd00:1::/64', 'fd00:1::7/64'] },
    });
    expect(firewallRulesFor(other, 'server-1').map(({ source }) => source)).toEqual(['fd00::2/128', 'fd00::3/128', 'fd00:1::/64']);
  });

  it('gives every rule an id that any tool prints as it is, that fits nftables and that no other rule has', () => {
    const address = fc.ipV4().filter((ip) => /^(?:1[0-9]|[2-9]\d)\./u.test(ip) && !ip.startsWith('127.'));
    fc.assert(
      fc.property(
        fc.uniqueArray(address, { minLength: 3, maxLength: 3 }),
        fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/u),
        (addresses, name) => {
          const rules = firewallRulesFor(samplePlan({ addresses, name, firewall: { manage: true, clients: ['0.0.0.0/0'] } }), 'server-1');
          const ids = rules.map(({ id }) => id);
          expect(new Set(ids).size).toBe(3);
          for (const id of ids) expect(id).toMatch(/^triad:[\w.:-]{1,110}$/u);
          expect(ids.every((id) => carriesTag(id, `triad:${name}`) && !carriesTag(id, `triad:${name.slice(0, -1)}`))).toBe(true);
        },
      ),
    );
  });

  it('gives a rule with other ports another id', () => {
    const idsOf = (port: number): readonly string[] =>
      firewallRulesFor(samplePlan({ redis: { masterPort: port } }), 'server-1').map(({ id }) => id);
    expect(idsOf(7000).filter((id) => idsOf(7100).includes(id))).toEqual([]);
  });
});

describe('the commands of front ends', () => {
  const rules = firewallRulesFor(plan, 'server-1');

  it.each(['ufw', 'firewalld', 'windows'] as const)('%s', (tool) => {
    expect([...FRONT_ENDS[tool].allow(rules), ...FRONT_ENDS[tool].withdraw(rules)].join('\n')).toMatchSnapshot();
  });

  it('join neighbouring ports into ranges for firewalld', () => {
    const rich = richRulesOf({ source: '10.0.0.0/8', destination: '10.1.1.1', ports: [17_001, 7000, 7002, 7001] });
    expect(rich.map((rule) => /port port="([^"]+)"/u.exec(rule)?.[1])).toEqual(['7000-7002', '17001']);
  });
});

describe('the keeper of bare rules', () => {
  const blueprint = sampleBlueprint(plan);

  it.each(['nftables', 'iptables'] as const)('has a script for %s', (tool) => {
    expect(renderKeeperScript(blueprint, tool)).toMatchSnapshot();
  });

  it('has a unit that comes after every loader of rules', () => {
    expect(renderKeeperUnit(blueprint)).toMatchSnapshot();
  });
});

describe('rulesForGap', () => {
  it('hands over one rule for each pair of machines, in every tool', () => {
    const ways = [
      { from: 'server-1', to: 'server-2', port: 17_001 },
      { from: 'server-1', to: 'server-2', port: 17_000 },
      { from: 'admin', to: 'server-3', port: 7000 },
    ];
    expect(rulesForGap(ways, plan)).toMatchSnapshot();
  });

  it('speaks to the firewall that is known to be there', () => {
    const ways = [
      { from: 'server-1', to: 'server-2', port: 7000 },
      { from: 'server-1', to: 'server-3', port: 7000 },
    ];
    const text = rulesForGap(ways, plan, new Map([['server-2', 'ufw']]));
    const [first = '', second = ''] = text.split(/(?<=\n)(?=\S)/u);
    expect(
      first
        .trim()
        .split('\n')
        .map((line) => line.trim().split(' ')[0]),
    ).toEqual(['Allow', 'ufw']);
    expect(second).toContain('iptables');
  });

  it('speaks IPv6', () => {
    const other = samplePlan({ addresses: ['fd00::1', 'fd00::2', 'fd00::3'], firewall: { manage: false } });
    const text = rulesForGap([{ from: 'server-1', to: 'server-2', port: 7000 }], other);
    expect(text).toContain('ip6tables -I INPUT 1 -s fd00::1 -d fd00::2');
    expect(text).toContain('ip6 saddr fd00::1 ip6 daddr fd00::2');
    expect(text).toContain('family="ipv6"');
  });
});
