import { expect, test } from 'vitest';
import { firewallVariants, type FirewallName } from './firewallVariants.ts';
import { loginVariants, type LoginName } from './loginVariants.ts';
import type { PracticeSet } from './practiceSet.ts';
import { serverNumbers, type ServerNumber } from './setPlace.ts';
import { listenOn, reach } from './testing/probe.ts';
import { practiceSetForTest } from './testSet.ts';

const practice = practiceSetForTest();

// What `sudo -n` and `sudo -S` say after logging in each way: the whole table, so that a new way to log in must say what it gives.
const expectedLogins: Readonly<Record<LoginName, { readonly user: string; readonly sudo: string; readonly sudoWithPassword: string }>> = {
  key: { user: 'admin', sudo: 'root', sudoWithPassword: 'root' },
  keyWithPassphrase: { user: 'admin', sudo: 'root', sudoWithPassword: 'root' },
  password: { user: 'admin', sudo: 'root', sudoWithPassword: 'root' },
  sudoPassword: { user: 'admin', sudo: 'refused', sudoWithPassword: 'root' },
  passwordAndSudoPassword: { user: 'admin', sudo: 'refused', sudoWithPassword: 'root' },
  noSudo: { user: 'admin', sudo: 'refused', sudoWithPassword: 'refused' },
  root: { user: 'root', sudo: 'root', sudoWithPassword: 'root' },
  rootPassword: { user: 'root', sudo: 'root', sudoWithPassword: 'root' },
};

/** The tables' entries in threes: a server each. */
function inThrees<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[][] {
  const names = Object.keys(table) as Name[];
  return Array.from({ length: Math.ceil(names.length / 3) }, (_, round) => names.slice(round * 3, round * 3 + 3));
}

const logIn = async (set: PracticeSet, server: ServerNumber): Promise<object> => {
  const user = await set.ssh(server, 'id -un');
  const sudo = await set.ssh(server, 'sudo -n id -un || echo refused');
  const withPassword = await set.ssh(server, "sudo -k; sudo -S -p '' id -un || echo refused", { input: `${set.login.password}\n` });
  return { user: user.stdout.trim(), sudo: sudo.stdout.trim(), sudoWithPassword: withPassword.stdout.trim() };
};

test.each(inThrees(loginVariants).map((logins) => ({ logins })))('login: $logins', async ({ logins }) => {
  const set = await practice.up({
    sshPort: 2222,
    password: `it's "$HOME" \`#\\ ü`,
    servers: variantPerServer(logins.map((login) => ({ login }))),
  });
  for (const [index, login] of logins.entries()) {
    const server = numberAt(index);
    expect({ login, ...(await logIn(set, server)) }).toEqual({ login, ...expectedLogins[login] });
    const kinds = await set.run(server, 'sshd -T | grep -E "^(passwordauthentication|pubkeyauthentication) "');
    expect([login, kinds.stdout.match(/ yes$/gmu)]).toEqual([login, [' yes']]);
    expect(await reach(set, 'admin', server, 22)).toBe('refused');
  }
});

const firewalls = Object.keys(firewallVariants).filter((name): name is Exclude<FirewallName, 'none'> => name !== 'none');
const signOfLife = {
  nftables: 'nft list ruleset',
  ufw: 'ufw status verbose',
  firewalld: 'firewall-cmd --list-all',
  iptables: 'iptables -S INPUT',
} as const;
const lines = {
  nftables: 'policy drop',
  ufw: 'deny (incoming)',
  firewalld: 'services: dhcpv6-client ssh',
  iptables: '-P INPUT DROP',
} as const;

test.each([{ pair: firewalls.slice(0, 2) }, { pair: firewalls.slice(2) }])(
  'firewall: $pair let in SSH only, also after a reboot',
  async ({ pair }) => {
    const set = await practice.up({ servers: variantPerServer(pair.map((firewall) => ({ firewall }))) });
    for (const moment of ['at first', 'after a reboot']) {
      for (const [index, firewall] of pair.entries()) {
        const server = numberAt(index);
        await listenOn(set, server, 7000);
        const closed = [reach(set, 3, server, 7000, 3), reach(set, 'admin', server, 7000, 3)];
        const how = firewall === 'firewalld' ? 'prohibited' : 'silence';
        expect(await Promise.all(closed), `${firewall} ${moment}`).toEqual([how, how]);
        expect((await set.run(server, signOfLife[firewall])).stdout, `${firewall} ${moment}`).toContain(lines[firewall]);
        expect(await set.ssh(server, 'id -un'), `${firewall} ${moment}`).toMatchObject({ code: 0, stdout: 'admin\n' });
      }
      if (moment === 'at first') await set.reboot(1, 2);
    }
  },
);

// As on a busy machine: firewalld has long had its bus name, by which systemd calls it started, when its rules come.
const slowRules = `sed -i 's/^        self.start()$/        import time; time.sleep(4); self.start()/' /usr/lib/python3/dist-packages/firewall/server/firewalld.py
grep -q time.sleep /usr/lib/python3/dist-packages/firewall/server/firewalld.py`;

test('a server with a firewalld that is slow to load its rules is ready when they are there', async () => {
  const set = await practice.up({ servers: { 1: { firewall: 'firewalld', prepare: slowRules } } });
  await set.reboot(1);
  await listenOn(set, 1, 7000);
  expect(await reach(set, 'admin', 1, 7000)).toBe('prohibited');
});

test('a firewall lets in SSH on another port', async () => {
  const set = await practice.up({
    sshPort: 2222,
    servers: { 1: { firewall: 'firewalld' }, 2: { firewall: 'ufw' }, 3: { firewall: 'nftables' } },
  });
  for (const server of serverNumbers) expect(await set.ssh(server, 'id -un')).toMatchObject({ code: 0, stdout: 'admin\n' });
  expect(await Promise.all(serverNumbers.map((server) => reach(set, 'admin', server, 22, 3)))).toEqual([
    'prohibited',
    'silence',
    'silence',
  ]);
});

test('odd shells, languages and masks', async () => {
  const set = await practice.up({
    servers: {
      1: { quirks: ['chattyShell', 'germanLocale', 'umask077'] },
      2: { quirks: ['fishShell', 'sameMachineId'] },
      3: { quirks: ['cshShell', 'brazilianLocale', 'sameMachineId'] },
    },
  });
  const chatty = await set.ssh(1, 'ls /nothing; touch new; stat -c %a new; sudo sh -c "touch /root/new; stat -c %a /root/new"');
  expect(chatty.stdout).toMatch(/^sshrc: .*\n(?:bashrc: .*\n)600\n600\n$/u);
  expect(chatty.stderr).toContain('bashrc: hello on stderr');
  expect(chatty.stderr).toContain('Datei oder Verzeichnis nicht gefunden');
  // The number of the shell's process: each of the two knows what the other takes for an error.
  expect((await set.ssh(2, 'echo $fish_pid')).stdout).toMatch(/^\d+\n$/u);
  const { stdout, stderr } = await set.ssh(3, 'echo $tcsh; ls /nothing');
  expect(stdout).toMatch(/^6\./u);
  expect(stderr).toContain('não foi possível acessar');
  const ids = await Promise.all(serverNumbers.map(async (number) => (await set.run(number, 'cat /etc/machine-id')).stdout));
  expect(new Set(ids).size).toBe(2);
});

test('hardened, bare and narrow servers', async () => {
  const set = await practice.up({
    servers: {
      1: { quirks: ['noexecTmp', 'noTcpForwarding', 'noSftp', 'fewSessions', 'requireTty'] },
      2: {
        quirks: ['noSystemctl', 'noLogrotate'],
        dataDisk: { path: '/var/lib/triad', sizeBytes: 1 << 20 },
        prepare: 'echo prepared > /root/prepared',
      },
      3: { login: 'password', quirks: ['keyboardInteractive'] },
    },
  });
  for (const folder of ['/tmp', '/var/tmp', '/dev/shm']) {
    const { code, stderr } = await set.run(1, `cp /bin/true ${folder}/true; ${folder}/true`);
    expect([code, stderr]).toEqual([126, `sh: 1: ${folder}/true: Permission denied\n`]);
  }
  const sshd = await set.run(1, 'sshd -T | grep -E "^(allowtcpforwarding|maxsessions|subsystem)"');
  expect(sshd.stdout).toBe('maxsessions 2\nallowtcpforwarding no\n');
  const refused = await set.ssh(1, 'sudo id -un');
  expect([refused.code, refused.stderr]).toEqual([1, 'sudo: sorry, you must have a tty to run sudo\n']);

  expect((await set.run(2, 'command -v systemctl logrotate; cat /root/prepared')).stdout).toBe('prepared\n');
  const full = await set.run(2, 'dd if=/dev/zero of=/var/lib/triad/file bs=64k count=64 2>&1; stat -c %s /var/lib/triad/file');
  expect(full.stdout).toContain('No space left on device');
  expect(full.stdout).toContain(String(1 << 20));
  // The data disk is mounted anew, and readiness does not need systemctl.
  await set.reboot(2);
  expect((await set.run(2, 'ls /var/lib/triad; df --output=size /var/lib/triad | tail -1')).stdout.trim()).toBe('1024');

  expect(await set.ssh(3, 'id -un')).toMatchObject({ code: 0, stdout: 'admin\n' });
  expect((await set.run(3, 'sshd -T | grep ^passwordauthentication')).stdout).toBe('passwordauthentication no\n');
});

function numberAt(index: number): ServerNumber {
  return serverNumbers[index] ?? 1;
}

function variantPerServer<Variant>(variants: readonly Variant[]): Partial<Record<ServerNumber, Variant>> {
  return Object.fromEntries(variants.map((variant, index) => [numberAt(index), variant]));
}
