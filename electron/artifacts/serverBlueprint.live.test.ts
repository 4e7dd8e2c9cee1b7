import pWaitFor from 'p-wait-for';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { resourcesFolder } from '../../scripts/redis/ensureBundle.ts';
import type { Host } from '../hosts/host.ts';
import { planCluster, type ClusterPlan } from '../shared/domain/plan.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { loadServerBundle, type ServerBundle } from '../storage/serverBundle.ts';
import type { ServerBlueprint } from './blueprint.ts';
import { CHANGE_PHASES, changesOfPhase } from './changePhases.ts';
import { observeRequestFor } from './observeRequest.ts';
import { payloadFor, planChanges } from './planChanges.ts';
import { observeRemovalFor, planRemoval } from './removal.ts';
import { blueprintFor } from './serverBlueprint.ts';
import { connectForTest } from './testing/connectForTest.ts';

/** The most that systemd may find exposed of a service, of 10. */
const MOST_EXPOSURE = 3;
const PASSWORD = `a 'b' "c" $HOME \`id\` # \\ €`;

const practice = practiceSetForTest();
let bundle: ServerBundle;

beforeAll(async () => {
  bundle = await loadServerBundle({ resourcesFolder, engine: 'redis', version: '7.0.15', platform: 'linux-x64' });
});

/** A cluster with one of its servers, the first of the set. */
interface Installation {
  readonly plan: ClusterPlan;
  readonly blueprint: ServerBlueprint;
}

function installationOf(set: PracticeSet, name: string, masterPort: number): Installation {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name,
    servers: set.servers.map((server) => ({ name: server.name, address: server.address, ssh: { user: 'admin', auth: { agent: true } } })),
    redis: { masterPort, replicaPort: masterPort + 1 },
  });
  const plan = planCluster(spec, bundle);
  const bundleFiles = new Map(bundle.files.map((file) => [file.name, file.gzip]));
  const server = plan.servers[0]?.name ?? '';
  return { plan, blueprint: blueprintFor(plan, server, { password: PASSWORD, bundleFiles, triadVersion: '0.1.0' }) };
}

async function connect(set: PracticeSet): Promise<Host> {
  const [server] = set.servers;
  if (server === undefined) throw new Error('no server');
  const host = await connectForTest({
    server: server.name,
    address: server.address,
    fingerprint: set.fingerprintOf(1),
    login: set.loginOf(1),
  });
  onTestFinished(() => host.close());
  return host;
}

async function pendingChanges({ plan, blueprint }: Installation, host: Host): Promise<ReturnType<typeof planChanges>> {
  return planChanges(blueprint, await host.observe(observeRequestFor(blueprint, plan)));
}

async function install(one: Installation, host: Host): Promise<void> {
  const changes = await pendingChanges(one, host);
  for (const phase of CHANGE_PHASES) {
    const part = changesOfPhase(changes, phase);
    if (part.length > 0) await host.apply(part, payloadFor(one.blueprint, part));
  }
}

async function remove({ plan, blueprint }: Installation, host: Host, deleteData: boolean): Promise<readonly string[]> {
  const changes = planRemoval(blueprint, await host.observe(observeRemovalFor(blueprint, plan)), { deleteData });
  await host.apply(changes, payloadFor(blueprint, changes));
  return changes.map(({ id }) => id);
}

async function run(set: PracticeSet, script: string): Promise<string> {
  const { code, stdout, stderr } = await set.run(1, script);
  expect([script, code, code === 0 ? '' : stderr]).toEqual([script, 0, '']);
  return stdout.trim();
}

/** Everything on the server's disk that an installation could leave behind, and what the accounts and the kernel are. */
async function footprint(set: PracticeSet): Promise<readonly string[]> {
  const files = await run(
    set,
    `find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /tmp -o -path /var/tmp -o -path /var/log/journal -o -path /var/lib/systemd -o -path /root -o -path /home \\) -prune -o -print | sort`,
  );
  const state = await run(
    set,
    'cat /etc/passwd /etc/group /proc/sys/net/core/somaxconn; systemctl list-unit-files --no-legend --no-pager "triad*" | tr -s " " || true',
  );
  // Made by useradd beside the files that it edits.
  return [
    ...files.split('\n').filter((path) => !/^\/etc\/(?:passwd|group|shadow|gshadow|subuid|subgid)-$/u.test(path)),
    ...state.split('\n'),
  ];
}

function ask(set: PracticeSet, { plan }: Installation, port: number, command: string): Promise<string> {
  const [first] = set.servers;
  const password = PASSWORD.replaceAll("'", String.raw`'\''`);
  return run(set, `REDISCLI_AUTH='${password}' ${plan.folders.bin}/redis-cli -h ${first?.address ?? ''} -p ${port} ${command}`);
}

async function awaitPing(set: PracticeSet, one: Installation, ...ports: readonly number[]): Promise<void> {
  for (const port of ports) await expect.poll(() => ask(set, one, port, 'ping').catch(() => ''), { timeout: 10_000 }).toBe('PONG');
}

it('runs shut in, comes back after a crash and a boot, and changes nothing a second time', { timeout: 240_000 }, async () => {
  const set = await practice.up();
  const one = installationOf(set, 'sessions', 7000);
  const host = await connect(set);
  await install(one, host);
  await awaitPing(set, one, 7000, 7001);
  expect(await pendingChanges(one, host)).toEqual([]);

  // What systemd itself says of the sandbox, and that it is really there.
  for (const unit of [...one.plan.nodes.slice(0, 2).map((node) => node.unit), 'triad-sessions-logs.service']) {
    const report = await run(set, `systemd-analyze security --no-pager ${unit} | tail -n 1`);
    const exposure = Number(/level for \S+: ([\d.]+)/u.exec(report)?.[1] ?? '10');
    expect([unit, exposure <= MOST_EXPOSURE, report]).toEqual([unit, true, report]);
  }
  expect(await run(set, 'journalctl -b --no-pager -o cat | grep -iE "triad.*(unknown|ignoring|failed)" || true')).toBe('');
  const inside = await run(
    set,
    `pid=$(systemctl show -p MainPID --value triad-sessions-7000); grep -E '^(Seccomp|CapEff|NoNewPrivs):' /proc/$pid/status | tr '\\n\\t' '  '
for folder in /etc /opt/triad/sessions /var/lib/triad/sessions/7001 /var/lib/triad/sessions/7000 /var/log/triad/sessions; do
  nsenter -t $pid -m sh -c ": > $folder/probe" 2> /dev/null && rm $folder/probe && printf '%s ' $folder
done`,
  );
  expect(inside).toBe('CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 /var/lib/triad/sessions/7000 /var/log/triad/sessions');

  // Forks, the append-only file, snapshots and scripts work within it.
  expect(await ask(set, one, 7000, 'cluster addslotsrange 0 16383')).toBe('OK');
  await expect.poll(() => ask(set, one, 7000, 'cluster info'), { timeout: 10_000 }).toContain('cluster_state:ok');
  expect(await ask(set, one, 7000, 'set kept yes')).toBe('OK');
  expect(await ask(set, one, 7000, `eval 'return redis.call("get","kept")' 1 kept`)).toBe('yes');
  expect(await ask(set, one, 7000, 'bgrewriteaof')).toContain('started');
  const isSettled = async (): Promise<string> => ask(set, one, 7000, 'info persistence');
  await expect.poll(isSettled, { timeout: 10_000 }).toMatch(/aof_rewrite_in_progress:0[\s\S]*aof_rewrites:1/u);
  expect(await ask(set, one, 7000, 'bgsave')).toContain('started');
  await expect.poll(isSettled, { timeout: 10_000 }).toMatch(/rdb_bgsave_in_progress:0[\s\S]*rdb_last_bgsave_status:ok[\s\S]*rdb_saves:1/u);

  // A crash, then a boot without warning.
  await run(set, 'systemctl kill -s KILL triad-sessions-7000 || true');
  await expect.poll(() => run(set, 'systemctl show -p NRestarts --value triad-sessions-7000'), { timeout: 10_000 }).toBe('1');
  await awaitPing(set, one, 7000);
  // A master waits two seconds after its start before it answers for its slots.
  await expect.poll(() => ask(set, one, 7000, 'get kept'), { timeout: 10_000 }).toBe('yes');
  await set.powerCut(1);
  await set.powerOn(1);
  await awaitPing(set, one, 7000, 7001);
  await expect.poll(() => ask(set, one, 7000, 'get kept'), { timeout: 10_000 }).toBe('yes');
  expect(await run(set, 'cat /proc/sys/net/core/somaxconn')).toBe('65535');
  await pWaitFor(async () => (await set.run(1, 'systemctl is-system-running')).stdout.trim() === 'running', { timeout: 20_000 });
  expect(await pendingChanges(one, await connect(set))).toEqual([]);
});

it('puts large log files aside and keeps five of them, while the node goes on writing', async () => {
  const set = await practice.up();
  const one = installationOf(set, 'sessions', 7000);
  await install(one, await connect(set));
  await awaitPing(set, one, 7000, 7001);
  const log = '/var/log/triad/sessions/7000.log';
  for (let round = 1; round <= 7; round += 1) {
    await run(
      set,
      `rm -f ${log}; printf 'round ${round}' > ${log}; head -c 10485760 /dev/zero >> ${log}; chown triad-redis:triad-redis ${log}`,
    );
    // Seven starts in a few seconds are more than systemd allows by itself.
    await run(set, 'systemctl reset-failed triad-sessions-logs.service 2> /dev/null; systemctl start triad-sessions-logs.service');
  }
  // Redis writes a line, into a new file.
  expect(await ask(set, one, 7000, 'bgrewriteaof')).toContain('started');
  await expect.poll(() => run(set, `cat ${log} 2> /dev/null || true`), { timeout: 10_000 }).toContain('AOF');
  const names = await run(set, 'cd /var/log/triad/sessions && for file in *; do printf "%s %s\\n" "$file" "$(head -c 7 $file)"; done');
  expect(names.split('\n').filter((line) => /^7000\.log\.\d/u.test(line))).toEqual([
    '7000.log.1 round 7',
    '7000.log.2 round 6',
    '7000.log.3 round 5',
    '7000.log.4 round 4',
    '7000.log.5 round 3',
  ]);
  // A small one stays, also its rights.
  expect(names).toMatch(/^7001\.log \d+:[CM]/mu);
  expect(await run(set, `stat -c '%U %a' ${log}`)).toBe('triad-redis 600');
});

it('lives beside another cluster, and is taken away without a trace', { timeout: 240_000 }, async () => {
  const set = await practice.up({ fresh: true });
  const first = installationOf(set, 'sessions', 7000);
  const second = installationOf(set, 'cache', 7100);
  const host = await connect(set);
  const original = await footprint(set);
  await install(first, host);
  await install(second, host);
  await awaitPing(set, first, 7000, 7001);
  await awaitPing(set, second, 7100, 7101);
  expect([await pendingChanges(first, host), await pendingChanges(second, host)]).toEqual([[], []]);
  const both = await footprint(set);

  // Only the first goes, with its data: the second does not notice.
  const pid = await run(set, 'systemctl show -p MainPID --value triad-cache-7100');
  await remove(first, host, true);
  const left = await footprint(set);
  expect(left.filter((line) => /triad.*sessions/u.test(line))).toEqual([]);
  expect(both.filter((line) => !left.includes(line) && !/triad.*sessions/u.test(line))).toEqual([]);
  await awaitPing(set, second, 7100, 7101);
  expect(await run(set, 'systemctl show -p MainPID --value triad-cache-7100')).toBe(pid);
  expect(await pendingChanges(second, host)).toEqual([]);

  // The last one goes; its data stays, with the account that owns it and the record.
  await remove(second, host, false);
  const traces = (await footprint(set)).filter((line) => !original.includes(line));
  expect(traces.map((line) => line.replace(/:.*/u, '')).filter((line) => !line.startsWith('/var/lib/triad/cache/'))).toEqual([
    '/var/lib/triad',
    '/var/lib/triad/before.json',
    '/var/lib/triad/before.json.triad-before',
    '/var/lib/triad/cache',
    'triad-redis',
    'triad-redis',
  ]);
  expect(await remove(second, host, false)).toEqual([]);

  // Asked for, the data goes too.
  expect(await remove(second, host, true)).not.toEqual([]);
  expect(await footprint(set)).toEqual(original);
  expect(await remove(second, host, true)).toEqual([]);
});
