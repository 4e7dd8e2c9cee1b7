import { afterEach, expect, test, vi } from 'vitest';
import { openPracticeSet } from './practiceSet.ts';
import { placeSet, serverAt } from './setPlace.ts';
import { sameVariant, variantFor } from './serverVariant.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('names, addresses and cards follow from prefix and subnet', () => {
  vi.stubEnv('XDG_STATE_HOME', '/state');
  const set = placeSet();
  expect(set).toMatchObject({ prefix: 'triad', cidr: '10.77.0.0/24', adminAddress: '10.77.0.1', adminInterface: 'triad-admin' });
  expect(set.servers.map(({ name, address }) => `${name} ${address}`)).toEqual([
    'triad-1 10.77.0.11',
    'triad-2 10.77.0.12',
    'triad-3 10.77.0.13',
  ]);
  expect(serverAt(set, 3)).toMatchObject({ macAddress: '02:54:0a:4d:00:0d', folder: '/state/triad/practice/triad/servers/3' });
});

test('the environment says which set, options say it louder', () => {
  vi.stubEnv('TRIAD_PRACTICE_PREFIX', 'mine');
  vi.stubEnv('TRIAD_PRACTICE_SUBNET', '192.168.7');
  expect(placeSet()).toMatchObject({ prefix: 'mine', cidr: '192.168.7.0/24' });
  expect(placeSet({ prefix: 'other', subnet: '172.20.0' })).toMatchObject({ prefix: 'other', cidr: '172.20.0.0/24' });
});

test('an interface name of the longest prefix fits into the 15 characters of the kernel', () => {
  expect(placeSet({ prefix: 'a23456789' }).adminInterface).toHaveLength(15);
});

test.each(['', 'a234567890', 'Upper', '1st', 'a-b', '../up'])('"%s" cannot be a prefix', (prefix) => {
  expect(() => placeSet({ prefix })).toThrow(`"${prefix}" cannot be a prefix`);
});

test.each(['', '10.77', '10.77.0.0', '10.77.256', '10.77.x', '8.8.8', '172.15.0', '172.32.0', '192.169.0'])(
  '"%s" cannot be a subnet',
  (subnet) => {
    expect(() => placeSet({ subnet })).toThrow(`"${subnet}" cannot be a subnet`);
  },
);

test('what is said for one server replaces what is said for all', () => {
  const set = { login: 'password', sshPort: 2222, servers: { 2: { login: 'root' } } } as const;
  expect(variantFor(set, 1)).toEqual({ login: 'password', sshPort: 2222 });
  expect(variantFor(set, 2)).toEqual({ login: 'root', sshPort: 2222 });
});

test('variants are the same when they make the same server', () => {
  expect(sameVariant({}, { login: 'key', sshPort: 22, firewall: 'none', quirks: [] })).toBe(true);
  expect(sameVariant({ firewall: 'ufw' }, { firewall: 'firewalld' })).toBe(false);
  expect(sameVariant({ prepare: 'true' }, {})).toBe(false);
  expect(sameVariant({ dataDisk: { path: '/a', sizeBytes: 1 } }, { dataDisk: { path: '/a', sizeBytes: 2 } })).toBe(false);
});

test('without root, or on another system, one sentence says what is missing', async () => {
  const getuid = vi.spyOn(process, 'getuid').mockReturnValue(1000);
  await expect(openPracticeSet().up()).rejects.toThrow('Practice servers need root');
  getuid.mockReturnValue(0);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
  await expect(openPracticeSet().up()).rejects.toThrow('Practice servers need Linux');
});
