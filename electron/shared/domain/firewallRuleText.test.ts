import { describe, expect, it } from 'vitest';
import { samplePlan } from '../../report/testing/sampleRecord.ts';
import { openingRulesOf } from './firewallRuleText.ts';

const plan = samplePlan();

describe('openingRulesOf', () => {
  it('gives one rule for all closed ports between two machines, in every tool', () => {
    const [rule, ...others] = openingRulesOf(
      [
        { from: 'server-2', to: 'server-3', port: 17_001 },
        { from: 'server-2', to: 'server-3', port: 17_000 },
      ],
      plan,
    );
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ source: '10.77.0.12', destination: '10.77.0.13', ports: [17_000, 17_001] });
    expect(rule?.sentence.values).toEqual({
      from: 'server-2',
      source: '10.77.0.12',
      to: 'server-3',
      destination: '10.77.0.13',
      ports: '17000, 17001',
    });
    expect(rule?.commands.map(({ tool }) => tool)).toEqual(['ufw', 'firewalld', 'nftables', 'iptables', 'PowerShell', 'netsh']);
    for (const { lines } of rule?.commands ?? []) expect(lines.join('\n')).toMatch(/10\.77\.0\.12.*10\.77\.0\.13.*17000/u);
  });

  it('names the address of this machine as something to fill in', () => {
    expect(openingRulesOf([{ from: 'admin', to: 'server-1', port: 7000 }], plan)[0]?.source).toBe('ADMIN-ADDRESS');
  });
});
