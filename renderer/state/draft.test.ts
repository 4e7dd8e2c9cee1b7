import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../electron/shared/domain/draft.ts';
import { fail } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { fakeCore, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { draftStore, reachStep, type OpenDraft } from './draft.ts';

let core: FakeCore;
const open = (): OpenDraft => {
  const { current } = draftStore.getState();
  if (current === null) throw new Error('no draft is open');
  return current;
};
const saved = (): readonly unknown[] => core.calls.filter(({ name }) => name === 'drafts.save').map(({ input }) => input);
const rename =
  (name: string) =>
  (draft: Draft): Draft => ({ ...draft, name });

beforeEach(async () => {
  core = fakeCore();
  core.install();
  const draft = filledDraft(1, { runs: { check: 'run-c', plan: 'run-p', install: 'run-i', failoverTest: null, validate: null } });
  core.drafts.set(draft.id, draft);
  vi.useFakeTimers();
  await draftStore.getState().open(draft);
});

afterEach(() => {
  draftStore.getState().forget(open().draft.id);
  vi.useRealTimers();
});

describe('an open draft', () => {
  it('saves the newest state once, a moment after the last edit', async () => {
    open().edit(rename('one'));
    open().edit(rename('two'));
    expect(saved()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved()).toMatchObject([{ name: 'two' }]);
  });

  it('saves at once when asked to, and then not again', async () => {
    open().edit(rename('one'));
    await open().flush();
    expect(saved()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved()).toHaveLength(1);
  });

  it('waits with everything for a secret that is on its way: a press on a button takes it out of its field first', async () => {
    let keep: () => void = () => undefined;
    core.answer('secrets.store', () => new Promise((resolve) => (keep = () => resolve({ kept: 'keychain' }))));
    void open().storeSecret('SSH_PASSWORD_1', 'correct horse');
    let isOver = false;
    const flushing = open()
      .flush()
      .then(() => {
        isOver = true;
      });
    await vi.advanceTimersByTimeAsync(1000);
    expect(isOver).toBe(false);
    keep();
    await flushing;
    expect(open().missingSecrets()).toEqual([]);
  });

  it('is not held up by a secret that could not be stored', async () => {
    core.answer('secrets.store', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: 'vault', reason: 'ENOSPC' } });
    });
    await expect(open().storeSecret('SSH_PASSWORD_1', 'correct horse')).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
    await expect(open().flush()).resolves.toBeUndefined();
    expect(open().missingSecrets()).toHaveLength(1);
  });

  it('never lets an older state overtake a newer one', async () => {
    const ends: (() => void)[] = [];
    const kept: string[] = [];
    core.answer(
      'drafts.save',
      ({ name }) =>
        new Promise((resolve) => {
          ends.push(() => {
            kept.push(name);
            resolve(undefined);
          });
        }),
    );
    open().edit(rename('one'));
    const first = open().flush();
    await vi.advanceTimersByTimeAsync(0);
    open().edit(rename('two'));
    const second = open().flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    ends[1]?.();
    await second;
    expect(kept).toEqual(['one', 'two']);
  });

  it('tells why it was not saved, keeps what was typed, and saves it with the next try', async () => {
    core.answer('drafts.save', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
    });
    open().edit(rename('one'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(open().saveFailure).toMatchObject({ code: 'storage.unwritable' });
    core.answer('drafts.save', (draft) => {
      core.drafts.set(draft.id, draft);
    });
    await open().flush();
    expect(open().saveFailure).toBeNull();
    expect(core.drafts.get(open().draft.id)?.name).toBe('one');
  });

  it('sends what is not saved yet before it returns, for a page that is about to go', () => {
    open().edit(rename('one'));
    draftStore.getState().sendNow();
    expect(saved()).toMatchObject([{ name: 'one' }]);
  });

  it('saves the newest state after a failure, whatever was sent meanwhile', async () => {
    let refuse: (error: Error) => void = () => undefined;
    core.answer('drafts.save', () => new Promise((_, reject) => (refuse = reject)));
    open().edit(rename('one'));
    const first = open().flush();
    await vi.advanceTimersByTimeAsync(0);
    core.answer('drafts.save', () => undefined);
    open().edit(rename('two'));
    draftStore.getState().sendNow();
    refuse(new Error('refused'));
    await expect(first).rejects.toMatchObject({ failure: { code: 'internal' } });
    await open().flush();
    expect(saved().at(-1)).toMatchObject({ name: 'two' });
  });

  it('says at once what is wrong, by the path of the specification', () => {
    expect(open().reading.ok).toBe(true);
    open().edit((draft) => ({ ...draft, servers: draft.servers.map((server, at) => (at === 1 ? { ...server, address: 'x' } : server)) }));
    expect(open().reading.ok).toBe(false);
    expect(open().issueAt('servers.1.address')).toMatchObject({ code: 'address.notIp' });
    expect(open().issueAt('servers.0.address')).toBeNull();
  });

  it('forgets check and plan when the specification changes, because they prove nothing about another one', () => {
    open().edit((draft) => ({ ...draft, redis: { ...draft.redis, masterPort: '7010' } }));
    expect(open().draft.runs).toMatchObject({ check: null, plan: null, install: 'run-i' });
  });

  it('keeps them when something else changes', () => {
    reachStep('install');
    expect(open().draft.reached).toBe('install');
    expect(open().draft.runs).toMatchObject({ check: 'run-c', plan: 'run-p' });
    reachStep('redis');
    expect(open().draft.reached).toBe('install');
  });

  it('knows which secrets are missing, and forgets the value of one that was stored', async () => {
    expect(open().missingSecrets()).toMatchObject([{ name: 'SSH_PASSWORD_1', server: 0 }]);
    expect(await open().storeSecret('SSH_PASSWORD_1', 'correct horse')).toBe('keychain');
    expect(open().missingSecrets()).toEqual([]);
    expect(core.secrets.get(open().draft.id)?.get('SSH_PASSWORD_1')).toBe('correct horse');
    expect(JSON.stringify(open())).not.toContain('correct horse');
  });
});

describe('opening a draft', () => {
  it('saves the one before', async () => {
    open().edit(rename('one'));
    const before = open().draft.id;
    await draftStore.getState().open(filledDraft(2));
    expect(core.drafts.get(before)?.name).toBe('one');
    expect(open().draft.name).toBe('sessions');
  });

  it('works after one was forgotten that could not be saved', async () => {
    core.answer('drafts.save', () => {
      throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
    });
    open().edit(rename('one'));
    await expect(open().flush()).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
    draftStore.getState().forget(open().draft.id);
    await draftStore.getState().open(filledDraft(2));
    expect(open().draft.id).toBe(filledDraft(2).id);
  });

  it('adopts a run that goes on, though the window was closed before it was written into the draft', async () => {
    const draft = filledDraft(3);
    const run = core.addRun('install', draft.id);
    await draftStore.getState().open(draft);
    expect(open().draft.runs.install).toBe(run.runId);
  });

  it.each(['check', 'plan'] as const)('adopts a %s that goes on only while the draft says what it was started for', async (workflow) => {
    const [same, other] = [filledDraft(4), filledDraft(8)];
    const edited = { ...other, redis: { ...other.redis, masterPort: '7010' } };
    for (const draft of [same, other]) core.drafts.set(draft.id, draft);
    const run = core.addRun(workflow, same.id);
    core.addRun(workflow, other.id);
    core.drafts.set(other.id, edited);
    await draftStore.getState().open(same);
    expect(open().draft.runs[workflow]).toBe(run.runId);
    await draftStore.getState().open(edited);
    expect(open().draft.runs[workflow]).toBeNull();
  });

  it('adopts an installation whatever was edited meanwhile: it has touched the servers', async () => {
    const draft = filledDraft(5);
    core.drafts.set(draft.id, draft);
    const run = core.addRun('install', draft.id);
    const edited = { ...draft, redis: { ...draft.redis, masterPort: '7010' } };
    core.drafts.set(draft.id, edited);
    await draftStore.getState().open(edited);
    expect(open().draft.runs.install).toBe(run.runId);
  });

  it('adopts no run of another draft', async () => {
    core.addRun('install', filledDraft(6).id);
    await draftStore.getState().open(filledDraft(7));
    expect(open().draft.runs.install).toBeNull();
  });
});
