import type { ServerGlimpse, ServerTest } from '../../electron/shared/contract/procedures.ts';

const FINGERPRINTS = ['A', 'B', 'C'].map((letter) => `SHA256:${letter.repeat(43)}`);

/** The host key of a sample server, counted from 0. */
export function hostKeyOf(server: number): ServerGlimpse['hostKey'] {
  return { type: 'ssh-ed25519', fingerprint: FINGERPRINTS[server] ?? '' };
}

/** What the test of a sample server finds, counted from 0: Linux, with a known key and nothing wrong; what a test is about is given in `change`. */
export function reachedServer(server: number, change: Partial<ServerGlimpse> = {}): ServerTest {
  return {
    kind: 'reached',
    glimpse: {
      hostName: `redis-${server + 1}`,
      platform: 'linux',
      osName: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.1.0-18-amd64',
      architecture: 'x86_64',
      cpuCount: 4,
      memoryBytes: 8 * 1024 ** 3,
      diskFreeBytes: 20 * 1024 ** 3,
      privilege: 'sudoWithPassword',
      hostKey: hostKeyOf(server),
      trust: 'known',
      machineId: `machine-${server}`,
      firewall: 'ufw',
      ...change,
    },
  };
}
