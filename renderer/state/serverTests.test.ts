import { beforeEach, expect, it } from 'vitest';
import type { ServerTest } from '../../electron/shared/contract/procedures.ts';
import { fail } from '../../electron/shared/domain/failure.ts';
import { serverSubject } from '../../electron/shared/domain/subject.ts';
import { fakeCore, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { draftStore } from './draft.ts';
import { serverTests, testServer } from './serverTests.ts';

let core: FakeCore;
/** Gives the answer to each test that was begun, in their order. */
let answers: ((result: ServerTest) => void)[];

beforeEach(async () => {
  core = fakeCore();
  core.install();
  answers = [];
  core.answer('servers.test', () => new Promise((resolve) => answers.push(resolve)));
  await draftStore.getState().open(filledDraft());
});

const unknown = (fingerprint: string): ServerTest => ({
  kind: 'keyUnknown',
  hostKey: { type: 'ssh-ed25519', fingerprint },
  platform: 'linux',
});

it('of two tests of a server the newer counts, whichever ends first', async () => {
  const first = testServer(0);
  const second = testServer(0);
  await expect.poll(() => answers).toHaveLength(2);
  answers[0]?.(unknown('SHA256:old'));
  await first;
  expect(serverTests()[0]).toEqual({ kind: 'running' });
  answers[1]?.(unknown('SHA256:new'));
  await second;
  expect(serverTests()[0]).toMatchObject({ kind: 'done', result: unknown('SHA256:new') });
});

it('a test that ends after another draft was opened says nothing of that', async () => {
  const test = testServer(0);
  await expect.poll(() => answers).toHaveLength(1);
  await draftStore.getState().open(filledDraft(2));
  const own = testServer(0);
  await expect.poll(() => answers).toHaveLength(2);
  answers[0]?.(unknown('SHA256:other'));
  await test;
  expect(serverTests()[0]).toEqual({ kind: 'running' });
  answers[1]?.(unknown('SHA256:own'));
  await own;
  expect(serverTests()[0]).toMatchObject({ result: unknown('SHA256:own') });
});

it('a test that cannot be made is one that failed', async () => {
  core.answer('servers.test', () => {
    throw fail('ssh.refused', serverSubject('server-1'), { values: { endpoint: '10.0.0.1:22' } });
  });
  await testServer(0);
  expect(serverTests()[0]).toMatchObject({ kind: 'done', result: { kind: 'failed', failure: { code: 'ssh.refused' } } });
});

function reached(platform: 'linux' | 'windows'): ServerTest {
  const glimpse = {
    hostName: 'redis-1',
    platform,
    osName: 'system',
    kernel: '1',
    architecture: 'x86_64',
    cpuCount: 2,
    memoryBytes: 1024 ** 3,
    diskFreeBytes: null,
    privilege: 'root',
    hostKey: { type: 'ssh-ed25519', fingerprint: 'SHA256:x' },
    trust: 'known',
    machineId: null,
    firewall: 'none',
  } as const;
  return { kind: 'reached', glimpse };
}

it('a server that turns out to run Windows is noted in the draft, and one that does not any more', async () => {
  const platforms = (): readonly unknown[] => draftStore.getState().current?.draft.servers.map(({ platform }) => platform) ?? [];
  const test = async (result: ServerTest): Promise<void> => {
    const ended = testServer(1);
    await expect.poll(() => answers).toHaveLength(1);
    answers.splice(0)[0]?.(result);
    await ended;
  };
  const before = draftStore.getState().current?.draft;
  await test(reached('linux'));
  // Nothing was said, and nothing is: what a plan was made for stays the same.
  expect(draftStore.getState().current?.draft).toBe(before);
  await test(reached('windows'));
  expect(platforms()).toEqual([undefined, 'windows', undefined]);
  await test(unknown('SHA256:new'));
  expect(platforms()).toEqual([undefined, 'windows', undefined]);
  await test(reached('linux'));
  expect(platforms()).toEqual([undefined, undefined, undefined]);
  expect(Object.keys(draftStore.getState().current?.draft.servers[1] ?? {})).not.toContain('platform');
});

it('a test of a server that was changed meanwhile notes nothing of the new one', async () => {
  const test = testServer(0);
  await expect.poll(() => answers).toHaveLength(1);
  draftStore.getState().current?.edit((draft) => ({
    ...draft,
    servers: draft.servers.map((server, index) => (index === 0 ? { ...server, address: '10.0.0.9' } : server)),
  }));
  answers[0]?.(reached('windows'));
  await test;
  expect(draftStore.getState().current?.draft.servers[0]?.platform).toBeUndefined();
});
