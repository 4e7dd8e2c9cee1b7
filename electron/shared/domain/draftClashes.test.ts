import { expect, it } from 'vitest';
import { emptyDraft, type Draft, type ServerDraft } from './draft.ts';
import { draftClashes } from './draftClashes.ts';

function draftWith(...servers: readonly Partial<ServerDraft>[]): Draft {
  const draft = emptyDraft('0'.repeat(32), '2026-01-01T00:00:00Z', '7.0.15');
  return { ...draft, servers: draft.servers.map((server, index) => ({ ...server, ...servers[index] })) };
}

it('finds none in an empty draft', () => {
  expect(draftClashes(draftWith())).toEqual([]);
});

it('finds one address in two spellings while the rest is missing', () => {
  expect(draftClashes(draftWith({ address: 'fd00::1' }, {}, { address: ' [FD00:0::1] ' }))).toEqual([
    { path: 'servers.2.address', kind: 'address', server: 2, first: 0 },
  ]);
});

it('finds a name whatever its case', () => {
  expect(draftClashes(draftWith({ name: 'Redis-A' }, { name: 'redis-a ' }))).toEqual([
    { path: 'servers.1.name', kind: 'name', server: 1, first: 0 },
  ]);
});

it('finds one SSH endpoint behind two addresses, and lets ports tell servers apart', () => {
  const jump = { sshHost: 'jump.example.org' };
  expect(draftClashes(draftWith({ address: '10.0.0.1', ...jump }, { address: '10.0.0.2', ...jump }))).toEqual([
    { path: 'servers.1.ssh.host', kind: 'ssh', server: 1, first: 0 },
  ]);
  expect(draftClashes(draftWith({ address: '10.0.0.1', ...jump }, { address: '10.0.0.2', ...jump, sshPort: '2222' }))).toEqual([]);
});

it('says one thing once: a shared address is not also called a shared endpoint', () => {
  expect(draftClashes(draftWith({ address: '10.0.0.1' }, { address: '10.0.0.1' }))).toHaveLength(1);
});
