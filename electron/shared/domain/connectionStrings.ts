import { formatEndpoint } from './address.ts';
import { fail } from './failure.ts';
import type { ClusterPlan, NodeSpec } from './plan.ts';
import { clusterSubject } from './subject.ts';

/** The clients for which connection settings are written, in the order in which they are offered. */
export const CONNECTION_FORMATS = [
  'outsystemsHosts',
  'outsystems',
  'stackExchange',
  'ioredis',
  'redisPy',
  'lettuce',
  'jedis',
  'redisCli',
] as const;
/** One of {@link CONNECTION_FORMATS}. */
export type ConnectionFormatId = (typeof CONNECTION_FORMATS)[number];

/** Stands where the password belongs, in the notation of the OutSystems documentation. */
export const PASSWORD_PLACEHOLDER = '[PASSWORD]';

/** Whether the settings of a client hold the password at all: the Hosts line of OutSystems has a field of its own for it beside it. */
export function carriesPassword(format: ConnectionFormatId): boolean {
  return format !== 'outsystemsHosts';
}

/**
 * What a client needs to connect to the cluster, ready to paste. All six nodes stand in it, the planned masters first: after a failover any one of
 * them may be down. `password` null writes a placeholder; `redis-cli` then asks for it. Where the form of a client cannot hold the password (a
 * StackExchange.Redis string with a comma in it), code takes the string's place; OutSystems takes only the string, so there `connection.passwordUnfit`
 * is thrown.
 *
 * Sources: StackExchange.Redis `docs/Configuration.md` and `ConfigurationOptions.DoParse` (splits at every comma, trims each part, knows no escape);
 * OutSystems "Configure Platform Server to use Redis for sessions"; Lettuce `RedisURI.Builder` and "Cluster topology refresh"; Jedis
 * `JedisCluster(Set<HostAndPort>, JedisClientConfig)`; redis-py `redis.cluster.RedisCluster`; ioredis `Cluster`; redis-cli `REDISCLI_AUTH`.
 */
export function connectionString(format: ConnectionFormatId, plan: ClusterPlan, password: string | null): string {
  const nodes = seedsOf(plan);
  const secret = password ?? PASSWORD_PLACEHOLDER;
  switch (format) {
    case 'outsystemsHosts':
      return endpoints(nodes);
    case 'outsystems':
      return outsystems(nodes, secret);
    case 'stackExchange':
      return stackExchange(nodes, secret);
    case 'ioredis':
      return ioredis(nodes, secret);
    case 'redisPy':
      return redisPy(nodes, secret);
    case 'lettuce':
      return lettuce(nodes, secret);
    case 'jedis':
      return jedis(nodes, secret);
    case 'redisCli':
      return redisCli(nodes, password);
  }
}

/** All nodes, planned masters first. */
function seedsOf(plan: ClusterPlan): readonly NodeSpec[] {
  return [...plan.nodes.filter((node) => node.role === 'master'), ...plan.nodes.filter((node) => node.role === 'replica')];
}

function endpoints(nodes: readonly NodeSpec[]): string {
  return nodes.map(({ address, dataPort }) => formatEndpoint({ address, port: dataPort })).join(',');
}

/** Whether the password comes out of `ConfigurationOptions.Parse` as it went in. */
function fitsStackExchange(password: string): boolean {
  return password !== '' && !password.includes(',') && password.trim() === password;
}

/** `abortConnect=false`: the client goes on trying when it starts while nobody answers, instead of giving up for good. */
function stackExchangeString(nodes: readonly NodeSpec[], password: string): string {
  return `${endpoints(nodes)},password=${password},abortConnect=false`;
}

function stackExchange(nodes: readonly NodeSpec[], password: string): string {
  if (fitsStackExchange(password)) return stackExchangeString(nodes, password);
  return [
    'var options = new ConfigurationOptions',
    '{',
    '    EndPoints =',
    '    {',
    ...nodes.map(({ address, dataPort }) => `        { ${escaped(address)}, ${dataPort} },`),
    '    },',
    `    Password = ${escaped(password)},`,
    '    AbortOnConnectFail = false,',
    '};',
  ].join('\n');
}

/** Characters that XML 1.0 has no way to write. */
// oxlint-disable-next-line no-control-regex -- exactly these are meant
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u;

function outsystems(nodes: readonly NodeSpec[], password: string): string {
  if (!fitsStackExchange(password) || NOT_IN_XML.test(password)) throw fail('connection.passwordUnfit', clusterSubject);
  // Nothing of StackExchange's own options: the platform adds those that it wants.
  const text = `${endpoints(nodes)},password=${password}`;
  return [
    '<InMemorySessionConfiguration ProviderKey="Redis">',
    `  <ConnectionString encrypted="false">${xmlText(text)}</ConnectionString>`,
    '</InMemorySessionConfiguration>',
  ].join('\n');
}

function ioredis(nodes: readonly NodeSpec[], password: string): string {
  return [
    "import { Cluster } from 'ioredis';",
    '',
    'const cluster = new Cluster(',
    '  [',
    ...nodes.map(({ address, dataPort }) => `    { host: ${escaped(address)}, port: ${dataPort} },`),
    '  ],',
    `  { redisOptions: { password: ${escaped(password)} } },`,
    ');',
  ].join('\n');
}

function redisPy(nodes: readonly NodeSpec[], password: string): string {
  return [
    'from redis.cluster import ClusterNode, RedisCluster',
    '',
    'cluster = RedisCluster(',
    '    startup_nodes=[',
    ...nodes.map(({ address, dataPort }) => `        ClusterNode(${escaped(address)}, ${dataPort}),`),
    '    ],',
    `    password=${escaped(password, 'python')},`,
    ')',
  ].join('\n');
}

/** Without the refresh options Lettuce keeps the roles that it saw when it started, and a failover is lost on it. */
function lettuce(nodes: readonly NodeSpec[], password: string): string {
  return [
    `char[] password = ${escaped(password)}.toCharArray();`,
    'RedisClusterClient client = RedisClusterClient.create(List.of(',
    nodes
      .map(
        ({ address, dataPort }) =>
          `    RedisURI.builder().withHost(${escaped(address)}).withPort(${dataPort}).withPassword(password).build()`,
      )
      .join(',\n'),
    '));',
    'client.setOptions(ClusterClientOptions.builder()',
    '    .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()',
    '        .enableAllAdaptiveRefreshTriggers()',
    '        .enablePeriodicRefresh(Duration.ofSeconds(30))',
    '        .build())',
    '    .build());',
  ].join('\n');
}

function jedis(nodes: readonly NodeSpec[], password: string): string {
  return [
    'JedisCluster cluster = new JedisCluster(',
    '    Set.of(',
    nodes.map(({ address, dataPort }) => `        new HostAndPort(${escaped(address)}, ${dataPort})`).join(',\n'),
    '    ),',
    `    DefaultJedisClientConfig.builder().password(${escaped(password)}).build()`,
    ');',
  ].join('\n');
}

/** One node is enough: `-c` follows the cluster. The password goes by the environment, because other users see the arguments of a process. */
function redisCli(nodes: readonly NodeSpec[], password: string | null): string {
  const [first] = nodes;
  const to = first === undefined ? '' : ` -h ${first.address} -p ${first.dataPort}`;
  if (password === null) return `redis-cli -c${to} --askpass`;
  return `REDISCLI_AUTH=${shellQuoted(password)} redis-cli -c${to}`;
}

/** A word of a POSIX shell that means exactly this text. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The text of an XML element. A carriage return is written as a reference: as it stands it would be read as a line feed. */
function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/**
 * A double-quoted string that Java, C# and JavaScript read alike, or one of Python. Beyond ASCII everything is escaped: a source file's encoding must
 * not decide what the password is. Java and C# join two `\u` escapes to one character, Python does not and has `\U` for that.
 */
function escaped(text: string, language: 'common' | 'python' = 'common'): string {
  const inner = Array.from(text, (mark) => {
    const plain = ESCAPES.get(mark);
    if (plain !== undefined) return plain;
    if (/^[ -~]$/u.test(mark)) return mark;
    const point = mark.codePointAt(0) ?? 0;
    if (language === 'python' && point > 0xff_ff) return `\\U${hex(point, 8)}`;
    return Array.from({ length: mark.length }, (_, unit) => `\\u${hex(mark.charCodeAt(unit), 4)}`).join('');
  });
  return `"${inner.join('')}"`;
}

/** Java reads `\u000a` as a line break in the source, so these have escapes of their own. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', String.raw`\"`],
  ['\\', '\\\\'],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
]);

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
