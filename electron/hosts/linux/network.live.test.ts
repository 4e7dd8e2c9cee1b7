import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { awaitCondition } from '../../../scripts/practice/awaitCondition.ts';
import { practiceSetForTest } from '../../../scripts/practice/testSet.ts';
import type { MatrixCell } from '../../shared/domain/matrix.ts';
import type { ProbeTarget } from '../host.ts';
import { probeFromAdmin } from '../probeFromAdmin.ts';
import { connectPractice, type PracticeServers } from './testing/connectPractice.ts';
import { failureFrom } from './testing/failureFrom.ts';

const practice = practiceSetForTest();
const PORTS = [7000, 7001, 17_000, 17_001];
const TIMEOUT_MS = 2500;

const addressOf = (set: PracticeServers, number: 1 | 2 | 3): string => set.servers[number - 1]?.address ?? '';
const targetsAt = (set: PracticeServers, number: 1 | 2 | 3, more: Partial<ProbeTarget> = {}): ProbeTarget[] =>
  PORTS.map((port) => ({ to: set.servers[number - 1]?.name ?? '', address: addressOf(set, number), port, nonce: `word-${port}`, ...more }));
const reaches = (cells: readonly MatrixCell[]): string[] => cells.map(({ reach }) => reach);
const wanted = PORTS.map((port) => ({ port, nonce: `word-${port}` }));
const listeningPorts = 'awk \'$4 == "0A" { sub(/.*:/, "", $2); print $2 }\' /proc/net/tcp /proc/net/tcp6 | sort';
const hasListener = async (set: Awaited<ReturnType<typeof practice.up>>, number: 1 | 2 | 3): Promise<boolean> =>
  /1B58|1B59|4268|4269/u.test((await set.run(number, listeningPorts)).stdout);

test('all ports are proved by their words, from another server and from here, until the listeners are ended', async () => {
  const set = await practice.up();
  const [one, two] = [await connectPractice(set, 1), await connectPractice(set, 2)];
  const listeners = await one.listen(addressOf(set, 1), wanted, 20_000);
  expect(listeners.refused).toEqual([]);
  const expected = targetsAt(set, 1).map(({ to, port }) => ({ to, port, reach: 'open', evidence: `word-${port}` }));
  expect(await two.probe(targetsAt(set, 1), TIMEOUT_MS)).toMatchObject(expected.map((cell) => ({ ...cell, from: set.servers[1]?.name })));
  expect(await probeFromAdmin(targetsAt(set, 1), TIMEOUT_MS)).toMatchObject(expected.map((cell) => ({ ...cell, from: 'admin' })));
  // Each connection gets the word anew.
  expect(reaches(await two.probe(targetsAt(set, 1), TIMEOUT_MS))).toEqual(['open', 'open', 'open', 'open']);
  expect(reaches(await two.probe(targetsAt(set, 1, { nonce: 'another' }), TIMEOUT_MS))).toEqual(Array(4).fill('intercepted'));
  expect(reaches(await probeFromAdmin(targetsAt(set, 1, { nonce: 'another' }), TIMEOUT_MS))).toEqual(Array(4).fill('intercepted'));

  await listeners.end();
  expect(await hasListener(set, 1)).toBe(false);
  expect(reaches(await two.probe(targetsAt(set, 1), TIMEOUT_MS))).toEqual(Array(4).fill('refused'));
  expect(reaches(await probeFromAdmin(targetsAt(set, 1), TIMEOUT_MS))).toEqual(Array(4).fill('refused'));
  expect((await set.run(1, "ls /run | grep -c triad-listen; pgrep -f '[s]ocket-activate'")).stdout.trim()).toBe('0');
});

test('what firewalls do on the way is told apart, from servers and from here', async () => {
  const set = await practice.up();
  const [one, two] = [await connectPractice(set, 1), await connectPractice(set, 2)];
  const listeners = await one.listen(addressOf(set, 1), wanted, 60_000);
  for (const from of [2, 'admin'] as const) {
    await set.unblock();
    await set.block(from, 1, 7000, 'drop');
    await set.block(from, 1, 7001, 'reject');
    await set.block(from, 1, 17_000, 'prohibit');
    const probe = (targets: readonly ProbeTarget[]) => (from === 2 ? two.probe(targets, TIMEOUT_MS) : probeFromAdmin(targets, TIMEOUT_MS));
    const cells = await probe(targetsAt(set, 1));
    expect([from, reaches(cells)]).toEqual([from, ['filtered', 'refused', 'unreachable', 'open']]);
    expect(cells[0]?.durationMs).toBe(TIMEOUT_MS);
    expect(cells[1]?.durationMs).toBeLessThan(1000);
  }
  await set.unblock();
  await listeners.end();
});

test('an address that nobody has', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 2);
  const nobody = { to: 'nobody', address: addressOf(set, 1).replace(/\d+$/u, '250'), port: 7000, nonce: 'x' };
  const startedAt = performance.now();
  const [cell] = await host.probe([nobody], 5000);
  expect(cell).toMatchObject({ reach: 'unreachable', evidence: 'No route to host' });
  expect(performance.now() - startedAt).toBeLessThan(6000);
});

test('a port that somebody has is refused with the reason, and so is an address that is not there; the others are listened on', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 1);
  await set.run(1, 'systemd-run -q --unit=squatter systemd-socket-activate --inetd -a -l 7001 /bin/echo squatter');
  await awaitCondition(5000, async () => ((await set.run(1, listeningPorts)).stdout.includes('1B59') ? true : undefined));
  const listeners = await host.listen(addressOf(set, 1), wanted, 20_000);
  expect(listeners.refused).toEqual([{ port: 7001, reason: 'Address already in use' }]);
  const two = await connectPractice(set, 2);
  expect(reaches(await two.probe(targetsAt(set, 1), TIMEOUT_MS))).toEqual(['open', 'intercepted', 'open', 'open']);
  await listeners.end();
  await set.run(1, 'systemctl stop squatter');

  const elsewhere = await host.listen(addressOf(set, 2), wanted, 20_000);
  expect(elsewhere.refused.map(({ port }) => port)).toEqual(PORTS);
  expect(elsewhere.refused[0]?.reason).toContain('Cannot assign requested address');
  await elsewhere.end();
});

test('a server without systemd-socket-activate says so for every port', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 3);
  await set.run(3, 'mv /usr/bin/systemd-socket-activate /usr/bin/away');
  const listeners = await host.listen(addressOf(set, 3), wanted, 20_000);
  await set.run(3, 'mv /usr/bin/away /usr/bin/systemd-socket-activate');
  expect(listeners.refused).toEqual(PORTS.map((port) => ({ port, reason: 'systemd-socket-activate: not found' })));
  await listeners.end();
});

test('listeners end with their connection, and at the end of their life even if it lives', async () => {
  const set = await practice.up();
  const killed = await connectPractice(set, 1);
  await killed.listen(addressOf(set, 1), wanted, 60_000);
  expect(await hasListener(set, 1)).toBe(true);
  await set.run(1, "pkill -KILL -f '^sshd: admin'");
  expect(await awaitCondition(5000, async () => ((await hasListener(set, 1)) ? undefined : true))).toBe(true);

  const silent = await connectPractice(set, 1);
  await silent.listen(addressOf(set, 1), wanted, 60_000);
  await silent.close();
  expect(await awaitCondition(5000, async () => ((await hasListener(set, 1)) ? undefined : true))).toBe(true);

  const forgotten = await connectPractice(set, 1);
  await forgotten.listen(addressOf(set, 1), wanted, 2000);
  expect(await hasListener(set, 1)).toBe(true);
  expect(await awaitCondition(6000, async () => ((await hasListener(set, 1)) ? undefined : true))).toBe(true);
  expect((await set.run(1, 'ls /run | grep triad-listen')).stdout).toBe('');
});

test('a dead server is noticed, and nobody waits longer than the deadline', async () => {
  const set = await practice.up();
  const host = await connectPractice(set, 3);
  await set.powerCut(3);
  const startedAt = performance.now();
  const failure = await failureFrom(host.shell.run({ name: 'x', script: 'true' }, { deadlineMs: 1000 }));
  expect(['host.commandTimedOut', 'ssh.connectionLost']).toContain(failure.code);
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(await failureFrom(connectPractice(set, 3, { deadlineMs: 1000 }))).toMatchObject({ retryable: true });
  await set.powerOn(3);
});
