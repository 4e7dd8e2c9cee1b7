import { randomUUID } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { formatFirewallRule, parseFirewallRule, type FirewallRule } from './firewallRule.ts';

/** A value of the registry's key `FirewallRules`. */
export interface StoredRule {
  readonly id: string;
  readonly text: string;
}

/** What netsh does: changes to the stored rules, output and exit code. */
export interface NetshAnswer {
  readonly set: readonly StoredRule[];
  readonly remove: readonly string[];
  readonly stdout: string;
  readonly code: number;
}

const protocols: Readonly<Record<string, number | undefined>> = { any: undefined, tcp: 6, udp: 17, icmpv4: 1 };
const maximumPort = 65_535;

/** What Windows Server 2022 prints of the ports of outgoing connections, and of those that nobody may listen on: of the latter a practice server has none. */
const portTables: Readonly<Record<string, string>> = {
  'interface ipv4 show dynamicport tcp':
    '\r\nProtocol tcp Dynamic Port Range\r\n---------------------------------\r\nStart Port      : 49152\r\nNumber of Ports : 16384\r\n\r\n',
  'interface ipv4 show excludedportrange protocol=tcp':
    '\r\nProtocol tcp Port Exclusion Ranges\r\n\r\nStart Port    End Port      \r\n----------    --------      \r\n\r\n* - Administered port exclusions.\r\n\r\n',
};

/** Answers `netsh advfirewall firewall add rule`, `delete rule` and `set rule ... new enable=`, and about port ranges; undefined for what a practice server does not know. */
export function answerNetsh(args: readonly string[], stored: readonly StoredRule[]): NetshAnswer | undefined {
  const table = portTables[args.join(' ').toLowerCase()];
  if (table !== undefined) return { set: [], remove: [], stdout: table, code: 0 };
  const [context, firewall, verb, rule, ...pairs] = args;
  if ([context, firewall, rule].join(' ').toLowerCase() !== 'advfirewall firewall rule') return undefined;
  const word = pairs.findIndex((pair) => pair.toLowerCase() === 'new');
  const isSet = verb?.toLowerCase() === 'set' && word >= 0;
  const values = valuesOf(isSet ? pairs.slice(0, word) : pairs);
  const newValues = valuesOf(isSet ? pairs.slice(word + 1) : []);
  if (values === undefined || newValues === undefined) return badUsage('KEY=VALUE');
  if (isSet) return setRules(values, newValues, stored);
  if (verb?.toLowerCase() === 'add') return addRule(values);
  return verb?.toLowerCase() === 'delete' ? deleteRules(values, stored) : undefined;
}

/** Undefined where a word is no pair. */
function valuesOf(pairs: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (pairs.some((pair) => pair.indexOf('=') < 1)) return undefined;
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).toLowerCase(), pair.slice(pair.indexOf('=') + 1)]));
}

const known = ['name', 'dir', 'action', 'protocol', 'localport', 'remoteport', 'localip', 'remoteip', 'profile', 'enable', 'description'];

function addRule(values: ReadonlyMap<string, string>): NetshAnswer | undefined {
  for (const key of values.keys()) if (!known.includes(key)) return undefined;
  const get = (key: string): string | undefined => values.get(key);
  const name = get('name') ?? '';
  const direction = get('dir')?.toLowerCase();
  const action = get('action')?.toLowerCase();
  if (name === '' || name.toLowerCase() === 'all' || name.includes('|')) return badUsage('name');
  if ((direction !== 'in' && direction !== 'out') || (action !== 'allow' && action !== 'block')) return badUsage('dir, action');
  const protocolName = get('protocol')?.toLowerCase() ?? 'any';
  const protocol = Object.hasOwn(protocols, protocolName) ? protocols[protocolName] : Number(protocolName);
  if (Number.isNaN(protocol)) return badUsage('protocol');
  const lists = {
    localPorts: listOf(get('localport'), isPort),
    remotePorts: listOf(get('remoteport'), isPort),
    localAddresses: listOf(get('localip'), isAddress),
    remoteAddresses: listOf(get('remoteip'), isAddress)?.map(asStored),
    profiles: listOf(get('profile'), (profile) => /^(?:domain|private|public)$/iu.test(profile))?.map(capitalised),
  };
  const { localPorts, remotePorts, localAddresses, remoteAddresses, profiles } = lists;
  if (!localPorts || !remotePorts || !localAddresses || !remoteAddresses || !profiles) return badUsage('a list');
  if ((localPorts.length > 0 || remotePorts.length > 0) && protocol !== protocols['tcp'] && protocol !== protocols['udp'])
    return badUsage('ports');
  const rule: FirewallRule = {
    action: action === 'allow' ? 'Allow' : 'Block',
    isActive: get('enable')?.toLowerCase() !== 'no',
    direction: direction === 'in' ? 'In' : 'Out',
    protocol,
    localPorts,
    remotePorts,
    localAddresses,
    remoteAddresses,
    profiles,
    name,
    description: get('description'),
    others: [],
  };
  const id = `{${randomUUID().toUpperCase()}}`;
  return { set: [{ id, text: formatFirewallRule(rule) }], remove: [], stdout: 'Ok.\r\n\r\n', code: 0 };
}

/** Deletes all rules of that name, and of that direction and protocol where they are said. */
function deleteRules(values: ReadonlyMap<string, string>, stored: readonly StoredRule[]): NetshAnswer | undefined {
  const found = rulesOf(values, stored);
  if (!Array.isArray(found)) return found;
  return { set: [], remove: found.map(({ id }) => id), stdout: `\r\nDeleted ${found.length} rule(s).\r\nOk.\r\n\r\n`, code: 0 };
}

/** Switches rules on or off, all that `deleteRules` would delete; nothing else of a rule is changed here. */
function setRules(
  values: ReadonlyMap<string, string>,
  newValues: ReadonlyMap<string, string>,
  stored: readonly StoredRule[],
): NetshAnswer | undefined {
  const enable = newValues.get('enable')?.toLowerCase();
  if (newValues.size !== 1 || enable === undefined) return undefined;
  if (enable !== 'yes' && enable !== 'no') return badUsage('enable');
  const found = rulesOf(values, stored);
  if (!Array.isArray(found)) return found;
  const set = found.flatMap(({ id, text }) => {
    const rule = parseFirewallRule(text);
    return rule === undefined ? [] : [{ id, text: formatFirewallRule({ ...rule, isActive: enable === 'yes' }) }];
  });
  return { set, remove: [], stdout: `\r\nUpdated ${found.length} rule(s).\r\nOk.\r\n\r\n`, code: 0 };
}

/** The rules that are meant; an answer where none is, undefined where they are chosen by what nobody models. */
function rulesOf(values: ReadonlyMap<string, string>, stored: readonly StoredRule[]): StoredRule[] | NetshAnswer | undefined {
  for (const key of values.keys()) if (!['name', 'dir', 'protocol'].includes(key)) return undefined;
  const name = values.get('name');
  if (name === undefined || name === '') return badUsage('name');
  const direction = values.get('dir')?.toLowerCase();
  const protocol = values.get('protocol')?.toLowerCase();
  const found = stored.filter(({ text }) => {
    const rule = parseFirewallRule(text);
    if (rule === undefined) return false;
    if (name.toLowerCase() !== 'all' && rule.name.toLowerCase() !== name.toLowerCase()) return false;
    if (direction !== undefined && rule.direction.toLowerCase() !== direction) return false;
    return protocol === undefined || protocol === 'any' || rule.protocol === protocols[protocol];
  });
  if (found.length === 0) return { ...nothing, stdout: '\r\nNo rules match the specified criteria.\r\n\r\n', code: 1 };
  return found;
}

const nothing = { set: [], remove: [] } as const;

function badUsage(what: string): NetshAnswer {
  return { ...nothing, stdout: `\r\nA specified value is not valid.\r\n\r\nUsage: (practice) ${what}\r\n`, code: 1 };
}

/** Undefined where a part is wrong; empty for "any". */
function listOf(text: string | undefined, isGood: (part: string) => boolean): string[] | undefined {
  if (text === undefined || text.toLowerCase() === 'any') return [];
  const parts = text.split(',');
  return parts.every(isGood) ? parts : undefined;
}

function isPort(text: string): boolean {
  const ends = text.split('-').map((end) => (/^\d{1,5}$/u.test(end) ? Number(end) : Number.NaN));
  return ends.length <= 2 && ends.every((end) => end >= 0 && end <= maximumPort);
}

function isAddress(text: string): boolean {
  if (text.toLowerCase() === 'localsubnet') return true;
  const [base = '', mask, ...more] = text.split('/');
  if (mask !== undefined) return more.length === 0 && isIPv4(base) && (isIPv4(mask) || /^(?:[12]?\d|3[0-2])$/u.test(mask));
  return base.split('-').length <= 2 && base.split('-').every((end) => isIPv4(end));
}

/** As the registry holds it: a single remote address has a mask too, a prefix length becomes one. */
function asStored(address: string): string {
  if (address.toLowerCase() === 'localsubnet') return 'LocalSubnet';
  if (address.includes('-')) return address;
  const [base = '', mask = '255.255.255.255'] = address.split('/');
  return `${base}/${isIPv4(mask) ? mask : maskOf(Number(mask))}`;
}

const addressBits = 32;
const byteBits = 8;
const byteValues = 256;

function maskOf(length: number): string {
  return Array.from({ length: addressBits / byteBits }, (_, index) => {
    const ones = Math.min(byteBits, Math.max(0, length - index * byteBits));
    return byteValues - 2 ** (byteBits - ones);
  }).join('.');
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}
