import { expect, test } from 'vitest';
import { awaitCondition } from '../../../../scripts/practice/awaitCondition.ts';
import type { PracticeSet } from '../../../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../../../scripts/practice/testSet.ts';
import { ServerFacts } from '../../../shared/domain/server.ts';
import { connectPractice } from '../testing/connectPractice.ts';
import { observeNothing } from '../testing/samples.ts';

const practice = practiceSetForTest();

async function valueOn(set: PracticeSet, number: 1 | 2 | 3, script: string): Promise<string> {
  return (await set.run(number, script)).stdout.trim();
}

test('a server is as its own tools say', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 1);
  const facts = await host.observe({
    ...observeNothing,
    units: ['ssh.service', 'nothing.timer'],
    ports: [22],
    disks: ['/var/lib/triad/x'],
  });
  expect(ServerFacts.parse(facts)).toEqual(facts);
  expect(facts).toMatchObject({
    server: host.server,
    machineId: await valueOn(set, 1, 'cat /etc/machine-id'),
    bootId: await valueOn(set, 1, 'cat /proc/sys/kernel/random/boot_id'),
    hostName: await valueOn(set, 1, 'cat /proc/sys/kernel/hostname'),
    os: { id: 'debian', kernel: await valueOn(set, 1, 'uname -r'), architecture: await valueOn(set, 1, 'uname -m') },
    cpuCount: Number(await valueOn(set, 1, 'getconf _NPROCESSORS_ONLN')),
    // These servers are containers of one machine.
    hardwareId: null,
    loginUser: 'admin',
    privilege: 'sudo',
    systemdVersion: 252,
    serviceUser: { exists: false, uid: null },
    firewall: { kind: 'none', isActive: false },
    units: [
      { unit: 'ssh.service', load: 'loaded', active: 'active', sub: 'running', enabled: 'enabled', needsReload: false, restarts: 0 },
      { unit: 'nothing.timer', load: 'not-found', active: 'inactive', enabled: '', restarts: null },
    ],
  });
  expect(facts.memoryBytes / 1024).toBe(Number((await valueOn(set, 1, 'grep MemTotal /proc/meminfo')).replaceAll(/\D/gu, '')));
  expect(facts.addresses).toContainEqual({ ip: set.servers[0]?.address, device: expect.any(String) as string, isDynamic: false });
  expect(facts.listening.filter(({ port }) => port === 22)).toContainEqual({
    address: '0.0.0.0',
    port: 22,
    pid: Number(await valueOn(set, 1, 'systemctl show -p MainPID --value ssh')),
    program: 'sshd',
    unit: 'ssh.service',
  });
  const disk = facts.disks[0];
  expect([disk?.path, disk?.mountPoint]).toEqual(['/var/lib/triad/x', await valueOn(set, 1, 'findmnt -n -o TARGET -T /var/lib')]);
  expect(
    Math.abs((disk?.freeBytes ?? 0) - Number(await valueOn(set, 1, 'stat -f -c "%a * %S" /var/lib | sed "s/.*/echo \\$((&))/" | sh'))),
  ).toBeLessThan(1e9);
  // One kernel, one clock.
  expect(Math.abs(facts.clock.offsetMs)).toBeLessThanOrEqual(facts.clock.uncertaintyMs + 1);
});

test('what was installed is found again: ports with their owners, Redis processes, a unit that changed on the disk', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 2);
  await set.run(
    2,
    `mkdir -p /opt/fake && cp /bin/sleep /opt/fake/redis-server
systemd-run -q --unit=foreign-redis /opt/fake/redis-server 100000
systemd-run -q --unit=again -p Restart=always -p RestartSec=20ms -p StartLimitIntervalSec=0 /bin/false
printf '[Service]\\nExecStart=/usr/bin/systemd-socket-activate -l ${set.servers[1]?.address ?? ''}:7000 -l [::]:17000 /bin/true\\n' >/etc/systemd/system/triad-x-7000.service
systemctl daemon-reload; systemctl start triad-x-7000; sleep 1.1; echo >>/etc/systemd/system/triad-x-7000.service`,
  );
  const request = { ...observeNothing, units: ['triad-x-7000.service', 'again.service'], ports: [7000, 17_000, 7001] };
  const facts = await awaitCondition(5000, async () => {
    const found = await host.observe(request);
    return found.listening.some(({ port }) => port === 17_000) && (found.units[1]?.restarts ?? 0) > 1 ? found : undefined;
  });
  await set.run(2, 'systemctl stop again');
  const pid = facts?.units[0]?.mainPid;
  const owner = { pid, program: 'systemd-socket-', unit: 'triad-x-7000.service' };
  expect(facts?.listening.filter(({ port }) => port !== 22)).toEqual([
    { address: set.servers[1]?.address, port: 7000, ...owner },
    { address: '::', port: 17_000, ...owner },
  ]);
  expect(facts?.units).toMatchObject([{ active: 'active', needsReload: true, restarts: 0 }, { unit: 'again.service' }]);
  expect(facts?.redisProcesses).toMatchObject([
    { executable: '/opt/fake/redis-server', commandLine: '/opt/fake/redis-server 100000', unit: 'foreign-redis.service' },
  ]);
});

test('whether the service user may write is asked of the kernel, and changes nothing', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 3);
  const folders = ['own', 'group', 'foreign', 'locked/own', 'readonly', 'file', 'nowhere'].map((name) => `/srv/write/${name}`);
  const request = { ...observeNothing, serviceFolders: folders };
  const accesses = async (): Promise<readonly string[]> => (await host.observe(request)).serviceFolders.map(({ access }) => access);
  await set.run(3, `cd /srv && mkdir -p write/locked && cd write && mkdir own group foreign locked/own readonly && touch file`);
  expect(await accesses()).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'absent', 'absent']);
  await set.run(
    3,
    `groupadd helpers && useradd --system --groups helpers --shell /usr/sbin/nologin triad-redis && cd /srv/write
chown triad-redis own locked/own readonly && chgrp helpers group && chmod 770 group && chmod 700 locked
mount --bind readonly readonly && mount -o remount,ro,bind readonly`,
  );
  const look = 'find /srv/write -printf "%p %u %m %T@ %C@\\n" | sort; wc -l /var/log/wtmp 2>/dev/null; journalctl -q -t runuser -t su';
  const before = await valueOn(set, 3, look);
  expect(await accesses()).toEqual(['writable', 'writable', 'denied', 'denied', 'denied', 'absent', 'absent']);
  expect(await valueOn(set, 3, look)).toBe(before);
  await set.run(3, 'mv $(command -v setpriv) /srv/away');
  expect((await accesses()).slice(0, 3)).toEqual(['unknown', 'unknown', 'unknown']);
  await set.run(3, 'mv /srv/away /usr/bin/setpriv; umount /srv/write/readonly; rm -r /srv/write; userdel triad-redis; groupdel helpers');
});

test('addresses are found without the ip tool too', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 3);
  const before = await host.observe(observeNothing);
  await set.run(3, 'for f in $(command -v -p ip) /usr/bin/ip /bin/ip /sbin/ip /usr/sbin/ip; do [ -e $f ] && mv $f $f.away; done; true');
  const after = await host.observe(observeNothing);
  expect(after.addresses.toSorted((a, b) => (a.ip < b.ip ? -1 : 1))).toEqual(before.addresses.toSorted((a, b) => (a.ip < b.ip ? -1 : 1)));
});

const ID = 'triad:sessions:peers-data';
const richRule = 'rule family="ipv4" source address="10.78.0.9/32" port port="7000-7001" protocol="tcp" accept';

test('ufw, firewalld and nftables: which one decides, and which rules are ours now and after a boot', async () => {
  const set = await practice.up({ servers: { 1: { firewall: 'ufw' }, 2: { firewall: 'firewalld' }, 3: { firewall: 'nftables' } } });
  const [ufw, firewalld, nftables] = [await connectPractice(set, 1), await connectPractice(set, 2), await connectPractice(set, 3)];
  for (const [host, kind] of [
    [ufw, 'ufw'],
    [firewalld, 'firewalld'],
    [nftables, 'nftables'],
  ] as const)
    expect((await host.observe(observeNothing)).firewall).toMatchObject({ kind, isActive: true, ownRules: [], persistedRules: [] });

  await set.run(1, `ufw allow proto tcp from 10.78.0.9 to any port 7000,7001 comment '${ID}'`);
  expect((await ufw.observe(observeNothing)).firewall).toMatchObject({ kind: 'ufw', ownRules: [ID], persistedRules: [ID] });
  await set.run(2, `firewall-cmd -q --permanent --add-rich-rule='${richRule}'`);
  expect((await firewalld.observe(observeNothing)).firewall).toMatchObject({ ownRules: [], persistedRules: [`rich:${richRule}`] });
  await set.run(2, `firewall-cmd -q --add-rich-rule='${richRule}'`);
  expect((await firewalld.observe(observeNothing)).firewall).toMatchObject({ ownRules: [`rich:${richRule}`] });
  await set.run(
    3,
    `chain=$(nft -a list ruleset | awk '/^table/ { t=$2" "$3 } /^\\tchain/ { c=$2 } /hook input/ { print t, c; exit }')
nft insert rule $chain ip saddr 10.78.0.9 tcp dport 7000 accept comment '"${ID}"'`,
  );
  expect((await nftables.observe(observeNothing)).firewall).toMatchObject({ kind: 'nftables', ownRules: [ID], persistedRules: [] });
  await set.run(3, `echo '# ${ID}' >>/etc/nftables.conf`);
  expect((await nftables.observe(observeNothing)).firewall).toMatchObject({ persistedRules: [ID] });
});

test('iptables, and a server whose firewall was switched off', async () => {
  const set = await practice.up({ servers: { 1: { firewall: 'iptables' }, 2: { firewall: 'ufw' }, 3: { firewall: 'firewalld' } } });
  const iptables = await connectPractice(set, 1);
  await set.run(1, `iptables -I INPUT -s 10.78.0.9 -p tcp --dport 7000 -m comment --comment '${ID}' -j ACCEPT; ip6tables -P INPUT ACCEPT`);
  expect((await iptables.observe(observeNothing)).firewall).toMatchObject({ kind: 'iptables', isActive: true, ownRules: [ID] });
  await set.run(2, 'ufw --force disable');
  await set.run(3, 'systemctl stop firewalld');
  for (const number of [2, 3] as const) {
    const { firewall } = await (await connectPractice(set, number)).observe(observeNothing);
    expect([number, firewall.isActive]).toEqual([number, false]);
  }
});
