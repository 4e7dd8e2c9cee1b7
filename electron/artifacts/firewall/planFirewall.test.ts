import { describe, expect, it } from 'vitest';
import type { ServerFacts } from '../../shared/domain/server.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { foundFile, freshFacts, withPath } from '../testing/fakeFacts.ts';
import { sampleBlueprint, samplePlan } from '../testing/samplePlan.ts';
import { FRONT_ENDS } from './frontEndCommands.ts';
import { bareKeeperOf } from './firewallKeeper.ts';
import { keeperFiles } from './keeperFiles.ts';
import { parseManifest } from '../manifest.ts';
import { foundAt } from '../compareFile.ts';
import { planFirewallRemoval } from './planFirewallRemoval.ts';
import { planFirewall } from './planFirewall.ts';
import { isInForce, isKept } from './ruleState.ts';

const blueprint = sampleBlueprint();
const ids = blueprint.firewall.map(({ id }) => id);

function facts(firewall: Partial<ServerFacts['firewall']>): ServerFacts {
  return freshFacts({ firewall: { kind: 'none', isActive: true, ownRules: [], persistedRules: [], evidence: '', ...firewall } });
}

function withManifest(found: ServerFacts, of: ServerBlueprint): ServerFacts {
  const file = of.files.find(({ path }) => path === of.manifestPath);
  return withPath(found, foundFile(of.manifestPath, file?.content ?? ''));
}

function withKeeper(found: ServerFacts, unit: Partial<ServerFacts['units'][number]> = {}): ServerFacts {
  const kind = found.firewall.kind === 'iptables' ? 'iptables' : 'nftables';
  const running = { load: 'loaded', active: 'active', sub: 'exited', enabled: 'enabled', mainPid: 0, needsReload: false, restarts: 0 };
  return keeperFiles(blueprint, kind).reduce((seen, file) => withPath(seen, foundFile(file.path, file.content, file)), {
    ...found,
    units: [{ unit: bareKeeperOf(blueprint).unit, ...running, ...unit }],
  });
}

describe('planFirewall', () => {
  it.each([
    ['there is no firewall', facts({ kind: 'none' })],
    ['it is not active', facts({ kind: 'ufw', isActive: false })],
    ['ufw has all rules', facts({ kind: 'ufw', ownRules: ids, persistedRules: ids })],
    ['the keeper has brought all rules', withKeeper(facts({ kind: 'nftables', ownRules: ids }))],
    ['the keeper of iptables has', withKeeper(facts({ kind: 'iptables', ownRules: ids }))],
  ])('changes nothing where %s', (_, found) => {
    expect(planFirewall(blueprint, found)).toEqual({ files: [], rules: [] });
  });

  it('changes nothing where the specification only checks', () => {
    const checking = sampleBlueprint(samplePlan({ firewall: { manage: false } }));
    expect(planFirewall(checking, facts({ kind: 'ufw' }))).toEqual({ files: [], rules: [] });
  });

  it('tells ufw about each missing rule, with the way back', () => {
    const { rules } = planFirewall(blueprint, facts({ kind: 'ufw', ownRules: ids.slice(0, 2), persistedRules: ids.slice(0, 2) }));
    expect(rules).toMatchObject([
      {
        id: `firewall:${ids[2]}`,
        tool: 'ufw',
        commands: [`ufw prepend allow proto tcp from 10.77.9.0/24 to 10.77.0.11 port 7000,7001 comment '${ids[2]}'`],
        undo: ['ufw delete allow proto tcp from 10.77.9.0/24 to 10.77.0.11 port 7000,7001'],
      },
    ]);
  });

  it('also where a rule would be gone after the next boot', () => {
    expect(planFirewall(blueprint, facts({ kind: 'ufw', ownRules: ids, persistedRules: [] })).rules).toHaveLength(3);
  });

  it('tells firewalld everything at once', () => {
    const { rules } = planFirewall(blueprint, facts({ kind: 'firewalld', ownRules: ['rich:rule service name="ssh" accept'] }));
    expect(rules).toHaveLength(1);
    const command = rules[0]?.kind === 'firewall' ? (rules[0].commands[0] ?? '') : '';
    expect(command.match(/--add-rich-rule=/gu)).toHaveLength(10);
  });

  it.each([
    ['is not enabled', { enabled: 'disabled' }],
    ['does not run', { active: 'failed' }],
    ['was changed behind systemd', { needsReload: true }],
  ])('starts the keeper again where it %s', (_, unit) => {
    const plan = planFirewall(blueprint, withKeeper(facts({ kind: 'nftables', ownRules: ids }), unit));
    expect(plan.files).toEqual([]);
    expect(plan.rules).toMatchObject([{ id: 'firewall:triad-sessions-firewall.service' }]);
  });

  it.each([
    ['one is missing', ids.slice(1)],
    ['one is there that is not wanted', [...ids, 'triad:sessions:clients:10.1.0.0-16:00000000']],
  ])('starts the keeper again where %s', (_, ownRules) => {
    expect(planFirewall(blueprint, withKeeper(facts({ kind: 'iptables', ownRules }))).rules).toHaveLength(1);
  });

  it('says in words what is let in, and where the exact rules stand', () => {
    const [change] = planFirewall(blueprint, facts({ kind: 'nftables' })).rules;
    expect(change?.kind === 'firewall' ? change.summary : null).toMatchObject({
      code: 'change.firewall.allowByScript',
      values: { script: blueprint.firewallKeeper?.scriptPath, rules: expect.stringContaining('17000') as unknown },
    });
  });

  it("is not disturbed by another cluster's rules", () => {
    const ownRules = [...ids, 'triad:sessions-b:peer:10.77.0.12:00000000'];
    expect(planFirewall(blueprint, withKeeper(facts({ kind: 'nftables', ownRules })))).toEqual({ files: [], rules: [] });
  });

  it.each(['ufw', 'firewalld', 'windows'] as const)('withdraws from %s what an earlier specification asked for', (kind) => {
    const { identities, withdraw } = FRONT_ENDS[kind];
    const narrow = sampleBlueprint(samplePlan({ firewall: { manage: true } }));
    const present = blueprint.firewall.flatMap((rule) => identities(rule));
    const found = withManifest(facts({ kind, ownRules: present, persistedRules: present }), blueprint);
    const stale = blueprint.firewall.filter(({ id }) => !narrow.firewall.some((rule) => rule.id === id));
    expect(planFirewall(narrow, found).rules).toMatchObject([{ id: `firewall:-${ids[2]}`, commands: withdraw(stale) }]);
  });

  it('makes a rule of Windows anew that somebody has switched off, and a removal takes it along', () => {
    const switchedOff = facts({ kind: 'windows', ownRules: ids.slice(1), persistedRules: ids });
    const { rules } = planFirewall(blueprint, withManifest(switchedOff, blueprint));
    expect(rules.map(({ id }) => id)).toEqual([`firewall:${ids[0]}`]);
    const [first] = rules;
    expect(first?.kind === 'firewall' && first.commands.map((command) => command.split(' ')[3])).toEqual(['delete', 'add']);
    const installed = parseManifest(foundAt(withManifest(switchedOff, blueprint), blueprint.manifestPath)?.content ?? '');
    const removed = planFirewallRemoval(
      installed === null ? [] : [installed],
      facts({ kind: 'windows', ownRules: [], persistedRules: ids }),
    );
    expect(removed.map(({ id }) => id)).toEqual(ids.map((id) => `firewall:-${id}`));
  });

  it('puts back what firewalld loses with a rule that shared it', () => {
    // The client is also a peer: both rules ask firewalld for the same data ports.
    const wide = sampleBlueprint(samplePlan({ firewall: { manage: true, clients: ['10.77.0.12/32'] } }));
    const moved = sampleBlueprint(samplePlan({ redis: { replicaPort: 7005 }, firewall: { manage: true, clients: ['10.77.0.12/32'] } }));
    const { identities } = FRONT_ENDS.firewalld;
    const present = wide.firewall.flatMap((rule) => identities(rule));
    const { rules } = planFirewall(moved, withManifest(facts({ kind: 'firewalld', ownRules: present, persistedRules: present }), wide));
    const asked = rules.flatMap((change) => (change.kind === 'firewall' ? change.commands : [])).join('\n');
    expect(rules.map(({ id }) => id.startsWith('firewall:-'))).toEqual([true, false]);
    for (const id of moved.firewall.flatMap((rule) => identities(rule)))
      expect(asked).toContain(`--add-rich-rule='${id.slice('rich:'.length)}'`);
  });
});

describe('isInForce and isKept', () => {
  const [rule] = blueprint.firewall;
  if (rule === undefined) throw new Error('no rule');

  it('take a firewall that filters nothing for open', () => {
    expect(isInForce(rule, facts({ kind: 'none', isActive: false }))).toBe(true);
    expect(isKept(rule, blueprint, facts({ kind: 'ufw', isActive: false }))).toBe(true);
  });

  it('know firewalld rules by their text', () => {
    const texts = FRONT_ENDS.firewalld.identities(rule);
    expect(isInForce(rule, facts({ kind: 'firewalld', ownRules: [...texts] }))).toBe(true);
    expect(isInForce(rule, facts({ kind: 'firewalld', ownRules: texts.slice(1) }))).toBe(false);
    expect(isKept(rule, blueprint, facts({ kind: 'firewalld', ownRules: [...texts] }))).toBe(false);
  });

  it('take bare rules for kept when the keeper is', () => {
    const found = facts({ kind: 'nftables', ownRules: ids });
    expect(isKept(rule, blueprint, found)).toBe(false);
    expect(isKept(rule, blueprint, withKeeper(found))).toBe(true);
    expect(isKept(rule, blueprint, withKeeper(found, { enabled: 'disabled' }))).toBe(false);
  });
});
