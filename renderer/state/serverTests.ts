import { create } from 'zustand';
import type { ServerTest } from '../../electron/shared/contract/procedures.ts';
import { loginIndexOf, neededSecrets, type ServerDraft } from '../../electron/shared/domain/draft.ts';
import { failureOf } from '../../electron/shared/domain/failure.ts';
import { machineClashes, type MachineClash } from '../../electron/shared/domain/sameMachine.ts';
import { serverSubject } from '../../electron/shared/domain/subject.ts';
import { call } from '../bridge/client.ts';
import { draftStore, type OpenDraft } from './draft.ts';

/** The last connection test of one server. `stale`: address, login or a secret changed since, so the result proves nothing any more. */
export type TestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done' | 'stale'; readonly at: string; readonly result: ServerTest };

interface KeptTest {
  readonly inputs: string;
  readonly at: string;
  readonly result: ServerTest;
}

interface TestStore {
  /** The draft that the tests belong to. */
  readonly draftId: string | null;
  readonly kept: Readonly<Record<number, KeptTest>>;
  /** For a server that is being tested, the number of that test. */
  readonly running: Readonly<Record<number, number>>;
}

const EMPTY: TestStore = { draftId: null, kept: {}, running: {} };

/** The store behind {@link useServerTests}: tests outlive their step, because later steps ask what was found. */
export const serverTestStore = create<TestStore>()(() => EMPTY);

/** How many tests were begun. */
let begun = 0;

/** Everything that a test of a server depends on, as one text. */
function inputsOf({ draft, knownSecrets, secretVersions }: OpenDraft, index: number): string {
  const server = draft.servers[index];
  const from = loginIndexOf(draft, index);
  const login = draft.servers[from];
  const secrets = neededSecrets(draft)
    .filter((secret) => secret.server === from)
    .map(({ name }) => [name, knownSecrets.has(name), secretVersions[name] ?? 0]);
  const place = [server?.address.trim(), server?.sshHost.trim(), server?.sshPort.trim(), server?.hostKey.trim()];
  return JSON.stringify([place, login?.user.trim(), login?.login, login?.key?.id ?? null, login?.hasPassphrase, login?.sudo, secrets]);
}

function stateOf(store: TestStore, index: number): TestState {
  const { current } = draftStore.getState();
  if (current === null || store.draftId !== current.draft.id) return { kind: 'idle' };
  if (store.running[index] !== undefined) return { kind: 'running' };
  const kept = store.kept[index];
  if (kept === undefined) return { kind: 'idle' };
  const isSame = kept.inputs === inputsOf(current, index);
  return { kind: isSame ? 'done' : 'stale', at: kept.at, result: kept.result };
}

/** The tests of all three servers, in their order, each fresh or stale as the draft stands now. */
export function useServerTests(): readonly TestState[] {
  draftStore(({ current }) => current);
  const store = serverTestStore();
  return [0, 1, 2].map((index) => stateOf(store, index));
}

/** {@link useServerTests} for code outside of components. */
export function serverTests(): readonly TestState[] {
  return [0, 1, 2].map((index) => stateOf(serverTestStore.getState(), index));
}

/** Tests one server as the draft stands now; `accept` is the fingerprint that the admin has compared. Never rejects. */
export async function testServer(index: number, accept: string | null = null): Promise<void> {
  const { current } = draftStore.getState();
  if (current === null) return;
  const { draft } = current;
  if (serverTestStore.getState().draftId !== draft.id) serverTestStore.setState({ ...EMPTY, draftId: draft.id });
  const inputs = inputsOf(current, index);
  begun += 1;
  const test = begun;
  serverTestStore.setState(({ running }) => ({ running: { ...running, [index]: test } }));
  const result = await call('servers.test', { draft, server: index, accept }).catch((error: unknown): ServerTest => ({
    kind: 'failed',
    failure: failureOf(error, serverSubject(draft.servers[index]?.name ?? '')),
  }));
  serverTestStore.setState(({ draftId, kept, running }) => {
    // Another draft was opened meanwhile, or the same server is being tested anew: the newer one counts.
    if (draftId !== draft.id || running[index] !== test) return {};
    const { [index]: _ended, ...rest } = running;
    return { running: rest, kept: { ...kept, [index]: { inputs, at: new Date().toISOString(), result } } };
  });
  notePlatform(draft.id, index, result);
}

/**
 * Notes in the draft that a server runs Windows: its folders and users have other forms, and the next run need not look. That one runs Linux is what a draft
 * means without a word, so those of Linux servers stay as they are.
 */
function notePlatform(draftId: string, index: number, result: ServerTest): void {
  const { current } = draftStore.getState();
  if (current?.draft.id !== draftId || result.kind !== 'reached' || serverTests()[index]?.kind !== 'done') return;
  const isWindows = result.glimpse.platform === 'windows';
  if (isWindows === (current.draft.servers[index]?.platform === 'windows')) return;
  current.edit((draft) => ({
    ...draft,
    servers: draft.servers.map((server, at): ServerDraft => {
      const { platform: _known, ...rest } = server;
      if (at !== index) return server;
      return isWindows ? { ...rest, platform: 'windows' } : rest;
    }),
  }));
}

/** Servers that are not clearly three machines, by what the fresh tests found. */
export function clashesOf(tests: readonly TestState[]): readonly MachineClash[] {
  return machineClashes(
    tests.flatMap((test, server) =>
      test.kind === 'done' && test.result.kind === 'reached'
        ? [{ server, machineId: test.result.glimpse.machineId, hostKey: test.result.glimpse.hostKey }]
        : [],
    ),
  );
}
