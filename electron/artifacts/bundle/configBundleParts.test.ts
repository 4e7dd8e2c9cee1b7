import { expect, test } from 'vitest';
import { ConfigBundleManifest } from '../../shared/domain/configBundle.ts';
import { inLanguage, registerLanguage } from '../../shared/messages/message.ts';
import { pt } from '../../shared/messages/pt/index.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { compareBundles } from './compareBundles.ts';
import { configBundleParts } from './configBundleParts.ts';
import { bundledSpec, sampleInput, sampleRun } from './testing/sampleBundle.ts';

const textOf = (parts: ReturnType<typeof configBundleParts>, path: string): string =>
  new TextDecoder().decode(parts.find((part) => part.path === path)?.bytes);

test('everything that describes the cluster is in it, and nothing by the wall clock', () => {
  const parts = configBundleParts(sampleInput());
  const paths = parts.map(({ path }) => path);
  expect(paths[0]).toBe('manifest.json');
  expect(paths.filter((path) => !path.startsWith('servers/'))).toEqual([
    'manifest.json',
    'README.md',
    'known-hosts.json',
    'nodes.json',
    'plan.json',
    'programs.json',
    'runs/20260314T210000000Z-install/events.ndjson',
    'runs/20260314T220500000Z-validate/events.ndjson',
    'spec.yaml',
  ]);
  const ofServer = paths.filter((path) => path.startsWith('servers/server-2/'));
  expect(ofServer).toEqual(
    expect.arrayContaining([
      'servers/server-2/facts.json',
      'servers/server-2/firewall.txt',
      'servers/server-2/nodes-7000.conf',
      'servers/server-2/nodes-7001.conf',
      'servers/server-2/files/etc/systemd/system/triad-sessions-7000.service',
      'servers/server-2/files/etc/sysctl.d/90-triad-sessions.conf',
      'servers/server-2/files/opt/triad/sessions/7001.conf',
      'servers/server-2/files/opt/triad/sessions/auth.conf.not-included.txt',
    ]),
  );
  const manifest = ConfigBundleManifest.parse(JSON.parse(textOf(parts, 'manifest.json')));
  expect(manifest).toMatchObject({ cluster: 'sessions', schemaVersion: 1, madeAt: '2026-03-14T22:05:00.000Z' });
  expect(manifest.parts.map(({ path }) => path)).toEqual(paths.slice(1));
});

test('files stand there as a server gets them; where the password belongs there is a word about it, and no configuration', () => {
  const input = sampleInput();
  const parts = configBundleParts(input);
  const { files } = blueprintFor(input.plan, 'server-1', { password: 'the password', bundleFiles: new Map(), triadVersion: '0.1.0' });
  const shown = files.filter(({ holdsSecret }) => !holdsSecret);
  expect(shown.map(({ path }) => textOf(parts, `servers/server-1/files${path}`))).toEqual(shown.map(({ content }) => content));
  expect(textOf(parts, 'servers/server-1/files/opt/triad/sessions/auth.conf.not-included.txt')).toMatch(/^The password .* belongs into/u);
});

test('ids, host keys, identities and nodes.conf are those that the newest run saw', () => {
  const parts = configBundleParts(sampleInput());
  const nodes = JSON.parse(textOf(parts, 'nodes.json')) as { nodes: { node: string; endpoint: string; role: string; redisId: string }[] };
  expect(nodes.nodes).toHaveLength(6);
  expect(nodes.nodes[1]).toMatchObject({ node: 'server-1:7001', endpoint: '10.77.0.11:7001', role: 'replica' });
  expect(textOf(parts, 'servers/server-3/nodes-7001.conf')).toBe('vars currentEpoch 6 of server-3:7001\n');
  expect(JSON.parse(textOf(parts, 'servers/server-2/facts.json'))).toMatchObject({ machineId: 'machine-2', os: { id: 'debian' } });
  expect(Object.keys((JSON.parse(textOf(parts, 'known-hosts.json')) as { hosts: object }).hosts)).toEqual([
    '10.77.0.11:22',
    '10.77.0.12:22',
    '10.77.0.13:22',
  ]);
});

test('the firewall rules let in the two peers and the clients, in the words of each tool', () => {
  const text = textOf(configBundleParts(sampleInput()), 'servers/server-1/firewall.txt');
  expect(text).toContain('ufw prepend allow proto tcp from 10.77.0.12 to 10.77.0.11 port 7000,7001,17000,17001');
  expect(text).toContain("nft insert rule inet filter input ip saddr 10.77.9.0/24 ip daddr 10.77.0.11 tcp dport '{ 7000, 7001 }' accept");
  expect(text).not.toContain('from 10.77.0.11 ');
});

test('the README names real commands, in their order', () => {
  const readme = textOf(configBundleParts(sampleInput()), 'README.md');
  const wanted = [
    'useradd --system',
    'install -o root -g root -m 0644 servers/server-1/files/etc/systemd/system/triad-sessions-7000.service /etc/systemd/system/triad-sessions-7000.service',
    'systemctl enable --now triad-sessions-7000.service triad-sessions-7001.service triad-sessions-logs.timer',
    'On server-3 (10.77.0.13)',
    'CLUSTER SET-CONFIG-EPOCH 1',
    'CLUSTER ADDSLOTSRANGE 10923 16383',
    'CLUSTER MEET 10.77.0.13 7001 17001',
    '-p 7001 CLUSTER REPLICATE "$(/opt/triad/bin/redis-7.0.15-0123456789ab/redis-cli -h 10.77.0.13 -p 7000 CLUSTER MYID)"',
  ];
  const places = wanted.map((words) => readme.indexOf(words));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('the same input gives the same bytes, whatever the language and the order in which runs were found', () => {
  registerLanguage('pt', pt);
  const input = sampleInput();
  const again = inLanguage('pt', () => configBundleParts({ ...input, runs: input.runs.toReversed() }));
  expect(again).toEqual(configBundleParts(input));
});

test('a cluster that nobody has looked at yet has a bundle too', () => {
  const parts = configBundleParts(
    sampleInput({ runs: [], hostKeys: { '10.77.0.12:22': { type: 'ssh-ed25519', fingerprint: 'SHA256:x' } } }),
  );
  expect(JSON.parse(textOf(parts, 'known-hosts.json'))).toEqual({
    hosts: { '10.77.0.12:22': { type: 'ssh-ed25519', fingerprint: 'SHA256:x' } },
  });
  expect(JSON.parse(textOf(parts, 'nodes.json'))).toEqual({ at: null, nodes: [] });
});

test('two bundles are compared part by part, with the lines that differ', () => {
  const mapOf = (parts: ReturnType<typeof configBundleParts>): ReadonlyMap<string, Uint8Array> =>
    new Map(parts.map(({ path, bytes }) => [path, bytes]));
  const first = mapOf(configBundleParts(sampleInput()));
  expect(compareBundles(first, first)).toEqual([]);
  const spec = { ...bundledSpec(), redis: { ...bundledSpec().redis, nodeTimeoutMs: 9000 } };
  const input = sampleInput({ spec });
  const second = mapOf(configBundleParts({ ...input, runs: [sampleRun(input.plan, 'validate')] }));
  const differences = compareBundles(first, second);
  expect(differences.map(({ kind, path }) => `${kind} ${path}`)).toEqual(
    expect.arrayContaining([
      'onlyInFirst runs/20260314T210000000Z-install/events.ndjson',
      'differs runs/20260314T220500000Z-validate/events.ndjson',
      'differs spec.yaml',
      'differs servers/server-3/files/opt/triad/sessions/7000.conf',
    ]),
  );
  const conf = differences.find(({ path }) => path === 'servers/server-3/files/opt/triad/sessions/7000.conf')?.diff ?? '';
  expect(conf).toMatch(/^--- a\/servers.*\n\+\+\+ b\/servers/u);
  expect(conf).toContain('-cluster-node-timeout 5000\n+cluster-node-timeout 9000\n');
});
