import { expect, test } from 'vitest';
import { formatFirewallRule, parseFirewallRule, type FirewallRule } from './firewallRule.ts';
import { gateRules } from './gate.ts';
import { answerNetsh, type StoredRule } from './netsh.ts';

const settings = { sshPort: 22, localSubnet: '10.77.0.0/24', isOn: true, rulesCount: true } as const;
const add = (...more: readonly string[]): ReturnType<typeof answerNetsh> =>
  answerNetsh(['advfirewall', 'firewall', 'add', 'rule', ...more], []);
const remove = (stored: readonly StoredRule[], ...more: readonly string[]): ReturnType<typeof answerNetsh> =>
  answerNetsh(['advfirewall', 'firewall', 'delete', 'rule', ...more], stored);
const textOf = (...more: readonly string[]): string | undefined => add(...more)?.set[0]?.text;
const allow = ['name=triad:x', 'dir=in', 'action=allow'] as const;

function ruleOf(text: string | undefined): FirewallRule {
  const rule = parseFirewallRule(text ?? '');
  if (rule === undefined) throw new Error(`no rule: ${text ?? ''}`);
  return rule;
}

test('netsh writes a rule as the registry of Windows holds it', () => {
  expect(
    textOf(...allow, 'protocol=TCP', 'localport=7000,17000-17001', 'remoteip=10.0.0.2,10.1.0.0/16', 'localip=10.0.0.1', 'profile=any'),
  ).toBe(
    'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=7000|LPort2_10=17000-17001|LA4=10.0.0.1|RA4=10.0.0.2/255.255.255.255|RA4=10.1.0.0/255.255.0.0|Name=triad:x|',
  );
  expect(textOf(...allow, 'profile=domain,private', 'enable=no', 'description=why')).toBe(
    'v2.30|Action=Allow|Active=FALSE|Dir=In|Profile=Domain|Profile=Private|Name=triad:x|Desc=why|',
  );
  expect(add(...allow)?.set[0]?.id).toMatch(/^\{[0-9A-F-]{36}\}$/u);
});

test.each([
  [['dir=in', 'action=allow']],
  [['name=all', 'dir=in', 'action=allow']],
  [['name=x', 'dir=in']],
  [[...allow, 'localport=7000']],
  [[...allow, 'protocol=TCP', 'localport=70000']],
  [[...allow, 'protocol=TCP', 'localport=7000,']],
  [[...allow, 'remoteip=10.0.0']],
  [[...allow, 'remoteip=10.0.0.0/33']],
  [[...allow, 'profile=home']],
  [[...allow, 'word']],
])('netsh refuses %j with code 1', (words) => {
  expect(add(...words)).toMatchObject({ code: 1, set: [], remove: [] });
});

test('what nobody models has no answer', () => {
  expect(add(...allow, 'program=C:\\x.exe')).toBeUndefined();
  expect(answerNetsh(['advfirewall', 'firewall', 'show', 'rule', 'name=all'], [])).toBeUndefined();
  expect(answerNetsh(['int', 'ipv4', 'show', 'excludedportrange', 'tcp'], [])).toBeUndefined();
});

test('netsh tells the ranges of ports as a fresh Windows Server has them, and changes no rule', () => {
  const told = (words: string): unknown => answerNetsh(words.split(' '), []);
  const nothing = { set: [], remove: [], code: 0 };
  expect(told('interface ipv4 show dynamicport tcp')).toMatchObject({
    ...nothing,
    stdout: expect.stringContaining(': 49152') as unknown,
  });
  expect(told('interface ipv4 show excludedportrange protocol=tcp')).toMatchObject({
    ...nothing,
    stdout: expect.not.stringMatching(/\d/u) as unknown,
  });
});

test('netsh deletes all rules of a name, whatever its case, and says 1 where there is none', () => {
  const stored = ['a', 'b', 'A'].map((name, index) => ({
    id: String(index),
    text: `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Name=${name}|`,
  }));
  expect(remove(stored, 'name=a')).toMatchObject({ code: 0, remove: ['0', '2'] });
  expect(remove(stored, 'name=a', 'dir=out')).toMatchObject({ code: 1, remove: [] });
  expect(remove(stored, 'name=c')).toMatchObject({ code: 1, remove: [] });
});

test('netsh switches all rules of a name on and off, and changes nothing else of them', () => {
  const text = (isActive: boolean, name: string): string =>
    `v2.30|Action=Block|Active=${isActive ? 'TRUE' : 'FALSE'}|Dir=Out|Protocol=6|RPort=7000|RA4=10.0.0.2/255.255.255.255|Name=${name}|`;
  const stored = ['cut', 'other', 'cut'].map((name, index) => ({ id: String(index), text: text(false, name) }));
  const set = (...more: readonly string[]): unknown => answerNetsh(['advfirewall', 'firewall', 'set', 'rule', ...more], stored);
  expect(set('name=cut', 'new', 'enable=yes')).toMatchObject({
    code: 0,
    remove: [],
    set: [
      { id: '0', text: text(true, 'cut') },
      { id: '2', text: text(true, 'cut') },
    ],
  });
  expect(set('name=none', 'new', 'enable=yes')).toMatchObject({ code: 1, set: [] });
  expect(set('name=cut', 'new', 'enable=maybe')).toMatchObject({ code: 1, set: [] });
  expect(set('name=cut', 'new', 'action=allow')).toBeUndefined();
  expect(set('name=cut', 'enable=yes')).toBeUndefined();
});

test("a rule is read and written the same, and another program's fields are kept", () => {
  const text = 'v2.30|Action=Block|Active=TRUE|Dir=Out|Protocol=17|RPort=53|RA4=LocalSubnet|App=C:\\x.exe|Name=n|';
  expect(formatFirewallRule(ruleOf(text))).toBe(text);
  expect(parseFirewallRule('something else')).toBeUndefined();
});

test('the gate holds the rules that count on a practice server, blocking ones first', () => {
  const rules = [
    textOf(...allow, 'protocol=TCP', 'localport=7000', 'remoteip=10.0.0.2-10.0.0.4,LocalSubnet'),
    textOf('name=b', 'dir=in', 'action=block', 'protocol=TCP', 'localport=7000'),
    textOf('name=o', 'dir=out', 'action=block', 'remoteip=10.0.0.9'),
    textOf('name=off', 'dir=in', 'action=allow', 'protocol=TCP', 'localport=1', 'enable=no'),
    textOf('name=domain', 'dir=in', 'action=allow', 'protocol=TCP', 'localport=2', 'profile=domain'),
    'v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3|App=C:\\x.exe|Name=app|',
  ].map(ruleOf);
  const text = gateRules(rules, settings);
  expect(text).toContain('meta l4proto 6 ip saddr { 10.0.0.2-10.0.0.4, 10.77.0.0/24 } th dport { 7000 }  accept');
  expect(text).toContain('ct direction original meta l4proto 6 th dport { 7000 }  drop');
  expect(text).toContain('ct direction reply meta l4proto 6 th sport { 7000 }  drop');
  expect(text).toContain('ct direction original meta l4proto 1-255 ip daddr { 10.0.0.9/32 }  drop');
  expect(text.indexOf('dport { 7000 }  drop')).toBeLessThan(text.indexOf('dport { 7000 }  accept'));
  expect(text).not.toMatch(/dport \{ [123] \}/u);
  expect(gateRules(rules, { ...settings, isOn: false })).not.toContain('drop');
  expect(gateRules(rules, { ...settings, rulesCount: false })).not.toContain('7000');
  expect(gateRules(rules, { ...settings, rulesCount: false })).toContain('policy drop');
});
