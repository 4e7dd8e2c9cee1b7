// Connection tests against a small sshd in this process; what they find on real servers stands in windowApi.live.test.ts.
import { expect, onTestFinished, test } from 'vitest';
import { startFakeServer, type FakeServer } from '../../hosts/ssh/testing/fakeSshServer.ts';
import type { ServerTest } from '../../shared/contract/procedures.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { apiForTest, type ApiForTest } from './testing/apiForTest.ts';

interface Bench extends ApiForTest {
  readonly draft: Draft;
  readonly server: FakeServer;
  readonly look: (accept?: string | null, index?: number) => Promise<ServerTest>;
  /** The same address with another key, as after somebody has put a machine in between. */
  readonly changeKey: () => Promise<Draft>;
}

async function bench(): Promise<Bench> {
  const made = await apiForTest();
  const start = async (): Promise<FakeServer> => {
    const server = await startFakeServer({ authenticate: (attempt) => attempt.method === 'password' && attempt.password === 'right' });
    onTestFinished(async () => server.stop());
    return server;
  };
  const server = await start();
  const created = await made.api.procedures['drafts.create'](undefined);
  await made.api.procedures['secrets.store']({ draft: created.id, name: 'SSH_PASSWORD_1', value: 'right' });
  const at = (port: number): Draft => ({
    ...created,
    servers: created.servers.map((one, index) => ({
      ...one,
      address: `10.0.0.${index + 1}`,
      sshHost: '127.0.0.1',
      sshPort: String(port),
      user: 'root',
      sudo: 'none' as const,
    })),
  });
  const draft = at(server.port);
  return {
    ...made,
    draft,
    server,
    look: async (accept = null, index = 0) => made.api.procedures['servers.test']({ draft, server: index, accept }),
    changeKey: async () => at((await start()).port),
  };
}

const fingerprintOf = (result: ServerTest): string => (result.kind === 'keyUnknown' ? result.hostKey.fingerprint : '');

test('an unknown key stops until its own fingerprint is given back, and is known from then on', async () => {
  const { look, server, reopen, draft } = await bench();
  const unknown = await look();
  expect(unknown).toMatchObject({ kind: 'keyUnknown', hostKey: { type: 'ssh-ed25519' } });
  // Nothing was offered to a machine that nobody knows.
  expect(server.attempts.filter((attempt) => attempt.startsWith('password'))).toEqual([]);
  const other = `SHA256:${'A'.repeat(43)}`;
  expect((await look(other)).kind).not.toBe('reached');
  expect(server.attempts.filter((attempt) => attempt.startsWith('password'))).toEqual([]);
  expect(await look(fingerprintOf(unknown))).toMatchObject({ kind: 'reached', glimpse: { trust: 'accepted' } });
  expect(await look()).toMatchObject({ kind: 'reached', glimpse: { trust: 'known' } });
  const again = await reopen();
  await again.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: 'right' });
  expect(await again.procedures['servers.test']({ draft, server: 0, accept: null })).toMatchObject({ kind: 'reached' });
});

test('several keys that are accepted at once are all kept', async () => {
  const { api, look, draft, changeKey } = await bench();
  const others = await Promise.all([changeKey(), changeKey()]);
  const drafts = [draft, ...others];
  const testAll = async (accept: readonly (string | null)[]): Promise<readonly ServerTest[]> =>
    Promise.all(drafts.map(async (one, index) => api.procedures['servers.test']({ draft: one, server: 0, accept: accept[index] ?? null })));
  const unknown = await testAll([]);
  expect((await testAll(unknown.map(fingerprintOf))).map(({ kind }) => kind)).toEqual(['reached', 'reached', 'reached']);
  expect((await testAll([])).map(({ kind }) => kind)).toEqual(['reached', 'reached', 'reached']);
  expect((await look()).kind).toBe('reached');
});

test('a key is forgotten only by who names the one that is known', async () => {
  const { api, look, draft } = await bench();
  const fingerprint = fingerprintOf(await look());
  await look(fingerprint);
  const forget = async (named: string): Promise<unknown> =>
    api.procedures['servers.forgetKey']({ draft, server: 0, fingerprint: named }).then(
      () => 'forgotten',
      (error: { readonly failure?: { readonly code: string } }) => error.failure?.code,
    );
  expect(await forget(`SHA256:${'A'.repeat(43)}`)).toBe('ssh.hostKeyChanged');
  expect((await look()).kind).toBe('reached');
  expect(await forget(fingerprint)).toBe('forgotten');
  expect((await look()).kind).toBe('keyUnknown');
});

test('a wrong password is told as such, and one that is missing without asking the server', async () => {
  const { api, look, draft, server } = await bench();
  await look(fingerprintOf(await look()));
  await api.procedures['secrets.store']({ draft: draft.id, name: 'SSH_PASSWORD_1', value: 'wrong' });
  expect(await look()).toMatchObject({ kind: 'failed', failure: { code: 'ssh.authRejected' } });
  const before = server.connections;
  const own = { ...draft, sameLogin: false };
  expect(await api.procedures['servers.test']({ draft: own, server: 1, accept: null })).toMatchObject({
    kind: 'failed',
    failure: { code: 'secret.missing' },
  });
  expect(server.connections).toBe(before);
});

test('a key file whose place is not known any more is told', async () => {
  const { api, draft } = await bench();
  const key = { id: 'a'.repeat(32), name: 'id_ed25519' };
  const withKey = { ...draft, servers: draft.servers.map((one) => ({ ...one, login: 'key' as const, key })) };
  expect(await api.procedures['servers.test']({ draft: withKey, server: 0, accept: null })).toMatchObject({
    kind: 'failed',
    failure: { code: 'spec.unreadable' },
  });
});
