import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { expectTold, toldCodes } from './findings.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type EditableSpec, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

let set: PracticeSet;
let bare: readonly string[];
let keys: readonly string[];

const unpinned = (spec: EditableSpec): void => {
  for (const server of spec.servers) delete server.ssh['hostKey'];
};

const knownHostsFile = (): string => join(triad.home, 'known-hosts.json');

/** Fingerprints by endpoint, as Triad remembers them. */
function remembered(): Record<string, string> {
  const { hosts } = JSON.parse(readFileSync(knownHostsFile(), 'utf8')) as {
    readonly hosts: Record<string, { readonly fingerprint: string }>;
  };
  return Object.fromEntries(Object.entries(hosts).map(([endpoint, { fingerprint }]) => [endpoint, fingerprint]));
}

/** What Triad should remember when it has accepted all three. */
function allRemembered(): Record<string, string> {
  return Object.fromEntries(set.servers.map(({ address }, index) => [`${address}:22`, keys[index] ?? '']));
}

function hostKeyChecks({ result }: FinishedCommand): readonly string[] {
  return result.checks.filter(({ id }) => id === 'server.hostKey').map(({ verdict, observed }) => `${verdict} ${observed}`);
}

/** How many logins each server has seen. */
async function logins(): Promise<readonly number[]> {
  const count = "journalctl --no-pager --quiet --identifier=sshd --grep='Accepted|Failed|authenticating' | wc -l";
  return Promise.all(serverNumbers.map(async (number) => Number((await set.run(number, count)).stdout)));
}

test('unknown keys are shown, all three, and refused before anybody logs in', async () => {
  set = await servers.up();
  bare = await serverSnapshots(set);
  keys = serverNumbers.map((number) => set.fingerprintOf(number));
  const before = await logins();
  const finished = await triad.run(['install', '--yes', '--spec', triad.spec(set, unpinned)]);
  expectTold(finished, 3, [
    ...set.servers.map(({ name, address }, index) => `${name}: The host key of ${address}:22 is not known yet: ssh-ed25519 ${keys[index]}`),
    'Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server (on Windows',
    'add --accept-new-host-keys, or put it into the specification as ssh.hostKey',
  ]);
  expect(toldCodes(finished)).toEqual(['ssh.hostKeyUnknown']);
  expect(existsSync(knownHostsFile())).toBe(false);
  expect(await logins()).toEqual(before);
});

test('--accept-new-host-keys accepts, warns and remembers; the next run needs no flag', async () => {
  const spec = triad.spec(set, unpinned);
  const accepted = await triad.run(['check', '--accept-new-host-keys', '--json', '--spec', spec]);
  expect([accepted.code, accepted.result.failure]).toEqual([0, null]);
  expect(hostKeyChecks(accepted)).toEqual(keys.map((key) => `warn ssh-ed25519 ${key}, accepted in this run without a comparison`));
  expect(remembered()).toEqual(allRemembered());

  const known = await triad.run(['check', '--json', '--spec', spec]);
  expect(known.code).toBe(0);
  expect(hostKeyChecks(known)).toEqual(keys.map((key) => `pass ssh-ed25519 ${key}, the same as before`));
});

test('a changed key is refused even with the flag, with both fingerprints, and the old one stays remembered', async () => {
  await set.reset({ only: [2], hostKeys: 'change' });
  const { name, address } = set.servers[1] ?? { name: '', address: '' };
  const found = set.fingerprintOf(2);
  expect(found).not.toBe(keys[1]);
  const finished = await triad.run(['install', '--yes', '--accept-new-host-keys', '--spec', triad.spec(set, unpinned)]);
  expectTold(finished, 3, [
    `${name}: The host key of ${address}:22 has CHANGED: expected ${keys[1]}, got ${found}`,
    'Somebody may be in the way, or the server was installed anew.',
    `triad known-hosts forget ${address}:22`,
  ]);
  expect(toldCodes(finished)).toEqual(['ssh.hostKeyChanged']);
  expect(remembered()).toEqual(allRemembered());
});

test('a pin in the specification that does not fit is refused, one that fits counts more than what is remembered', async () => {
  const { name, address } = set.servers[1] ?? { name: '', address: '' };
  const wrong = triad.spec(set, (spec) => {
    unpinned(spec);
    Object.assign(spec.servers[1]?.ssh ?? {}, { hostKey: keys[0] });
  });
  const refused = await triad.run(['install', '--yes', '--accept-new-host-keys', '--spec', wrong]);
  expectTold(refused, 3, [
    `${name}: The host key of ${address}:22 has CHANGED: expected ${keys[0]}, got ${set.fingerprintOf(2)}`,
    'correct ssh.hostKey',
  ]);
  const pinned = await triad.run(['check', '--json', '--spec', triad.spec(set)]);
  expect(pinned.code).toBe(0);
  expect(hostKeyChecks(pinned)[1]).toBe(`pass ssh-ed25519 ${set.fingerprintOf(2)}, as the specification says`);
  // A pin is the specification's word, not the admin's at the prompt: it is not remembered.
  expect(remembered()).toEqual(allRemembered());
});

test('known-hosts forget: after it the key counts as new', async () => {
  const { name, address } = set.servers[1] ?? { name: '', address: '' };
  const spec = triad.spec(set, unpinned);
  const forgotten = await triad.run(['known-hosts', 'forget', `${address}:22`]);
  expectTold(forgotten, 0, [`${address}:22`]);
  expectTold(await triad.run(['known-hosts', 'forget', `${address}:22`]), 1, [`${address}:22`]);
  expect(Object.keys(remembered())).not.toContain(`${address}:22`);

  const unknown = await triad.run(['check', '--spec', spec]);
  expectTold(unknown, 3, [`${name}: The host key of ${address}:22 is not known yet: ssh-ed25519 ${set.fingerprintOf(2)}`]);
  expect((await triad.run(['check', '--accept-new-host-keys', '--json', '--spec', spec])).code).toBe(0);
  keys = serverNumbers.map((number) => set.fingerprintOf(number));
  expect(remembered()).toEqual(allRemembered());

  // Without its port, as people name servers.
  expectTold(await triad.run(['known-hosts', 'forget', address]), 0, [`${address}:22`]);
});

test('none of this has changed anything on the servers', async () => {
  const now = await serverSnapshots(set);
  // Server 2 is another one since its reset, the same as far as Triad goes.
  expect([now[0], now[2]]).toEqual([bare[0], bare[2]]);
  expect((await set.run(2, 'ls /opt /var/lib/triad /etc/systemd/system | grep -i triad')).stdout).toBe('');
});
