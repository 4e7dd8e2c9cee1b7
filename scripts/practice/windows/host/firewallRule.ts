// Rules of Windows Firewall in the form in which the registry holds them: `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=7000|...|Name=x|`.

/** The registry's version of the form, as Windows Server 2019 and later write it. */
const formVersion = 'v2.30';

/** What a rule says. Empty lists mean "any". */
export interface FirewallRule {
  readonly action: 'Allow' | 'Block';
  readonly isActive: boolean;
  readonly direction: 'In' | 'Out';
  /** IP protocol number; undefined: any. */
  readonly protocol: number | undefined;
  /** `7000` or `7000-7010`. */
  readonly localPorts: readonly string[];
  readonly remotePorts: readonly string[];
  /** `10.0.0.1`, `10.0.0.0/255.255.255.0`, `10.0.0.1-10.0.0.9` or `LocalSubnet`. */
  readonly localAddresses: readonly string[];
  readonly remoteAddresses: readonly string[];
  /** `Domain`, `Private`, `Public`; empty: all. */
  readonly profiles: readonly string[];
  readonly name: string;
  readonly description: string | undefined;
  /** Fields that no gate can enforce, such as `App` and `Svc`. */
  readonly others: readonly string[];
}

/** Reads a value of the registry; undefined where it is no rule. */
export function parseFirewallRule(text: string): FirewallRule | undefined {
  const [version, ...parts] = text.split('|');
  if (version === undefined || !/^v\d+\.\d+$/u.test(version)) return undefined;
  const fields = parts.filter((part) => part !== '').map((part): [string, string] => splitAt(part, '='));
  const all = (...names: readonly string[]): string[] => fields.filter(([name]) => names.includes(name)).map(([, value]) => value);
  const known = [
    'Action',
    'Active',
    'Dir',
    'Protocol',
    'LPort',
    'LPort2_10',
    'RPort',
    'RPort2_10',
    'LA4',
    'RA4',
    'Profile',
    'Name',
    'Desc',
  ];
  return {
    action: all('Action')[0] === 'Block' ? 'Block' : 'Allow',
    isActive: all('Active')[0] === 'TRUE',
    direction: all('Dir')[0] === 'Out' ? 'Out' : 'In',
    protocol: all('Protocol')[0] === undefined ? undefined : Number(all('Protocol')[0]),
    localPorts: all('LPort', 'LPort2_10'),
    remotePorts: all('RPort', 'RPort2_10'),
    localAddresses: all('LA4'),
    remoteAddresses: all('RA4'),
    profiles: all('Profile'),
    name: all('Name')[0] ?? '',
    description: all('Desc')[0],
    others: fields.filter(([name]) => !known.includes(name)).map(([name, value]) => `${name}=${value}`),
  };
}

/** Writes a rule as the registry holds it. */
export function formatFirewallRule(rule: FirewallRule): string {
  const port = (name: 'LPort' | 'RPort', value: string): string => `${value.includes('-') ? `${name}2_10` : name}=${value}`;
  return [
    formVersion,
    `Action=${rule.action}`,
    `Active=${rule.isActive ? 'TRUE' : 'FALSE'}`,
    `Dir=${rule.direction}`,
    ...(rule.protocol === undefined ? [] : [`Protocol=${rule.protocol}`]),
    ...rule.profiles.map((profile) => `Profile=${profile}`),
    ...rule.localPorts.map((value) => port('LPort', value)),
    ...rule.remotePorts.map((value) => port('RPort', value)),
    ...rule.localAddresses.map((address) => `LA4=${address}`),
    ...rule.remoteAddresses.map((address) => `RA4=${address}`),
    ...rule.others,
    `Name=${rule.name}`,
    ...(rule.description === undefined ? [] : [`Desc=${rule.description}`]),
    '',
  ].join('|');
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
