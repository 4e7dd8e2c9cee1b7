import { fail } from '../../shared/domain/failure.ts';
import type { ServerFacts } from '../../shared/domain/server.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { exampleContext, exampleFacts, threeServers } from './exampleFacts.ts';
import type { ServerRow } from './serverRow.ts';

const example = exampleFacts('server-1');
function os(differences: Partial<ServerFacts['os']>): Partial<ServerFacts> {
  return { os: { ...example.os, ...differences } };
}

/** Rows about who the servers are and what runs them. */
export const ACCESS_ROWS: readonly ServerRow[] = [
  { check: 'reached', name: 'logged in', verdict: 'pass', says: 'observed', naming: ['admin'] },
  {
    check: 'reached',
    name: 'lost',
    context: exampleContext({
      unobserved: new Map([
        ['server-1', fail('ssh.refused', serverSubject('server-1'), { values: { endpoint: '10.77.0.11:22' } }).failure],
      ]),
    }),
    verdict: 'fail',
    says: 'ssh.refused ssh.refused.remedy',
    naming: ['10.77.0.11:22', 'sshd'],
  },
  { check: 'systemd', name: 'version 0', facts: { systemdVersion: 0 }, verdict: 'unknown', says: 'unknown unread' },
  { check: 'hostKey', name: 'pinned', verdict: 'pass', says: 'pinned', naming: ['ssh-ed25519', 'SHA256:'] },
  {
    check: 'hostKey',
    name: 'known',
    context: exampleContext({ hostKeyTrust: new Map([['server-1', 'known']]) }),
    verdict: 'pass',
    says: 'known',
  },
  {
    check: 'hostKey',
    name: 'accepted in this run',
    context: exampleContext({ hostKeyTrust: new Map([['server-1', 'accepted']]) }),
    verdict: 'warn',
    says: 'accepted remedy',
    naming: ['ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub'],
  },
  {
    check: 'hostKey',
    name: 'an RSA key of unknown origin',
    facts: { hostKey: { type: 'ssh-rsa', fingerprint: 'SHA256:x' } },
    context: exampleContext({ hostKeyTrust: new Map() }),
    verdict: 'unknown',
    says: 'unknown remedy',
    naming: ['ssh_host_rsa_key.pub'],
  },
  {
    check: 'hostKey',
    name: 'an ECDSA key',
    facts: { hostKey: { type: 'ecdsa-sha2-nistp256', fingerprint: 'SHA256:x' } },
    context: exampleContext({ hostKeyTrust: new Map([['server-1', 'accepted']]) }),
    verdict: 'warn',
    says: 'accepted remedy',
    naming: ['ssh_host_ecdsa_key.pub'],
  },

  { check: 'privilege', name: 'root', facts: { privilege: 'root', loginUser: 'root' }, verdict: 'pass', says: 'root' },
  { check: 'privilege', name: 'sudo', verdict: 'pass', says: 'sudo', naming: ['admin'] },
  { check: 'privilege', name: 'sudo with a password', facts: { privilege: 'sudoWithPassword' }, verdict: 'pass', says: 'sudoWithPassword' },
  {
    check: 'privilege',
    name: 'an administrator of Windows',
    facts: { privilege: 'administrator' },
    verdict: 'pass',
    says: 'administrator',
  },

  { check: 'forwarding', name: 'allowed', verdict: 'pass', says: 'observed' },
  {
    check: 'forwarding',
    name: 'refused',
    context: exampleContext({
      forwarding: new Map([['server-1', { outcome: 'refused', endpoint: '10.77.0.11:7000', reason: 'open failed' }]]),
    }),
    verdict: 'fail',
    says: 'refused ssh.forwardingRefused.remedy',
    naming: ['10.77.0.11:7000', 'open failed', 'AllowTcpForwarding local'],
  },
  {
    check: 'forwarding',
    name: 'not tried',
    context: exampleContext({ forwarding: new Map() }),
    verdict: 'unknown',
    says: 'unknown unread',
  },

  { check: 'ownMachine', name: 'three machines', verdict: 'pass', says: 'observed' },
  {
    check: 'ownMachine',
    name: 'one machine-id twice',
    facts: { machineId: exampleFacts('server-3').machineId },
    verdict: 'fail',
    says: 'sameInstallation sameInstallation.remedy',
    naming: ['server-3', 'systemd-machine-id-setup'],
  },
  {
    check: 'ownMachine',
    name: 'one hardware twice, in another spelling',
    facts: { hardwareId: exampleFacts('server-2').hardwareId?.toUpperCase() ?? null },
    verdict: 'fail',
    says: 'sameHardware sameHardware.remedy',
    naming: ['server-2'],
  },
  {
    check: 'ownMachine',
    name: 'a hardware id that means nothing',
    all: threeServers().map((one) => ({ ...one, hardwareId: '03000200-0400-0500-0006-000700080009' })),
    verdict: 'pass',
    says: 'observed',
  },
  {
    check: 'ownMachine',
    name: 'no hardware id anywhere',
    all: threeServers().map((one) => ({ ...one, hardwareId: null })),
    verdict: 'pass',
    says: 'observed',
  },
  { check: 'ownMachine', name: 'no machine-id', facts: { machineId: '' }, verdict: 'unknown', says: 'unknown unread' },
  {
    check: 'ownMachine',
    name: 'a machine-id before its first boot',
    facts: { machineId: 'uninitialized' },
    verdict: 'unknown',
    says: 'unknown unread',
  },

  { check: 'operatingSystem', name: 'Debian', verdict: 'pass', says: 'known', naming: ['Debian GNU/Linux 12', '6.1.0-30-amd64'] },
  {
    check: 'operatingSystem',
    name: 'Rocky without a pretty name',
    facts: os({ id: 'rocky', versionId: '9.4', prettyName: '' }),
    verdict: 'pass',
    says: 'known',
    naming: ['rocky 9.4'],
  },
  {
    check: 'operatingSystem',
    name: 'Arch',
    facts: os({ id: 'arch', prettyName: 'Arch Linux' }),
    verdict: 'warn',
    says: 'other other.remedy',
    naming: ['Arch Linux'],
  },
  { check: 'operatingSystem', name: 'nothing said', facts: os({ id: '', prettyName: '' }), verdict: 'unknown', says: 'unknown unread' },

  { check: 'architecture', name: 'x86-64', verdict: 'pass', says: 'observed', naming: ['x86_64'] },
  {
    check: 'architecture',
    name: 'ARM with a bundle for x64',
    facts: os({ architecture: 'aarch64' }),
    verdict: 'fail',
    says: 'observed remedy',
    naming: ['aarch64'],
  },
  {
    check: 'architecture',
    name: 'ARM with a bundle for it',
    facts: os({ architecture: 'aarch64' }),
    context: exampleContext({ platform: 'linux-arm64' }),
    verdict: 'pass',
    says: 'observed',
  },
  { check: 'architecture', name: 'nothing said', facts: os({ architecture: '' }), verdict: 'unknown', says: 'unknown unread' },

  { check: 'systemd', name: '239', facts: { systemdVersion: 239 }, verdict: 'pass', says: 'observed', naming: ['systemd 239'] },
  {
    check: 'systemd',
    name: '237',
    facts: { systemdVersion: 237 },
    verdict: 'fail',
    says: 'observed remedy',
    naming: ['systemd 237', '239'],
  },
  { check: 'systemd', name: 'another init', facts: { systemdVersion: null }, verdict: 'fail', says: 'absent absent.remedy' },
  { check: 'systemd', name: 'no version', facts: { systemdVersion: Number.NaN }, verdict: 'unknown', says: 'unknown unread' },

  { check: 'sameSystem', name: 'alike', verdict: 'pass', says: 'observed', naming: ['debian 12 x86_64'] },
  {
    check: 'sameSystem',
    name: 'another version',
    facts: os({ versionId: '11' }),
    verdict: 'warn',
    says: 'different remedy',
    naming: ['server-1: debian 11', 'server-2: debian 12'],
  },
  {
    check: 'sameSystem',
    name: 'a server not looked at',
    all: threeServers().slice(1),
    verdict: 'unknown',
    says: 'unknown unobserved.remedy',
    naming: ['server-1'],
  },

  { check: 'programs', name: 'all there', verdict: 'pass', says: 'observed' },
  {
    check: 'programs',
    name: 'one missing',
    facts: { programs: { ...example.programs, gzip: null } },
    verdict: 'fail',
    says: 'absent remedy',
    naming: ['gzip'],
  },
  { check: 'programs', name: 'not looked for', facts: { programs: {} }, verdict: 'unknown', says: 'unknown unread', naming: ['systemctl'] },
];
