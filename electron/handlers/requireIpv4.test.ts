import { expect, test } from 'vitest';
import type { Platform } from '../shared/domain/platform.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { requireIpv4BesideWindows } from './requireIpv4.ts';

function specWith(addresses: readonly string[], platform: Platform): ClusterSpec {
  const servers = addresses.map((address, index) => ({
    name: `server-${index + 1}`,
    address,
    platform: index === 1 ? platform : 'linux',
    ssh: { user: 'admin', auth: { agent: true } },
  }));
  return ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', servers });
}

const V4 = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const V6 = ['fd00::1', 'fd00::2', '10.0.0.3'];

test('IPv6 is for Linux servers alone', () => {
  expect(() => requireIpv4BesideWindows(specWith(V4, 'windows'))).not.toThrow();
  expect(() => requireIpv4BesideWindows(specWith(V6, 'linux'))).not.toThrow();
  expect(() => requireIpv4BesideWindows(specWith(V6, 'windows'))).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({
        code: 'spec.windowsIpv6',
        values: { addresses: 'server-1 fd00::1, server-2 fd00::2' },
      }) as unknown,
    }),
  );
});
