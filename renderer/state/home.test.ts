import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { fakeCore, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { draftStore } from './draft.ts';
import { homeStore, loadHomeAhead, loadHomeShown, removeCard, startPractice } from './home.ts';

let core: FakeCore;

beforeEach(async () => {
  core = fakeCore();
  core.install();
  vi.useFakeTimers();
  const draft = filledDraft();
  core.drafts.set(draft.id, draft);
  await draftStore.getState().open(draft);
});

afterEach(() => {
  vi.useRealTimers();
});

it('the start of the practice servers is told until it has ended, and nothing of it afterwards', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const practice = filledDraft(2);
  core.answer('practice.start', async () => {
    await promise;
    return practice;
  });
  const starting = startPractice();
  await vi.advanceTimersByTimeAsync(0);
  core.push('practice.progress', ['Server 1 is up']);
  core.push('practice.progress', ['Server 2 is up']);
  expect(homeStore.getState().practiceLines).toEqual(['Server 1 is up', 'Server 2 is up']);
  resolve(undefined);
  await starting;
  expect(draftStore.getState().current?.draft.id).toBe(practice.id);
  core.push('practice.progress', ['a late word']);
  expect(homeStore.getState().practiceLines).toBeNull();
});

it('cards are read ahead of the Home that shows them, and practice is asked for once that is painted and they are there', async () => {
  const { promise, resolve } = Promise.withResolvers<never[]>();
  core.answer('home.list', () => promise);
  const asked = (): readonly string[] => core.calls.map(({ name }) => name).filter((name) => /^(?:home|practice)/u.test(name));
  void loadHomeAhead();
  void loadHomeShown();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked()).toEqual(['home.list']);
  resolve([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(homeStore.getState().cards).toEqual([]);
  expect(asked()).toEqual(['home.list']);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked()).toEqual(['home.list', 'practice.status']);
});

it('a draft that could not be removed keeps what was typed into it last', async () => {
  core.answer('drafts.remove', () => {
    throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
  });
  draftStore.getState().current?.edit((draft) => ({ ...draft, name: 'typed-last' }));
  await expect(removeCard(filledDraft().id)).rejects.toMatchObject({ failure: { code: 'storage.unwritable' } });
  expect(draftStore.getState().current?.draft.name).toBe('typed-last');
  await draftStore.getState().flush();
  expect(core.drafts.get(filledDraft().id)?.name).toBe('typed-last');
});

it('a draft that is being removed is saved by nothing any more, however long that takes', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  core.answer('drafts.remove', async (id) => {
    await promise;
    core.drafts.delete(id);
  });
  const open = draftStore.getState().current;
  open?.edit((draft) => ({ ...draft, name: 'typed-last' }));
  const removing = removeCard(filledDraft().id);
  await vi.advanceTimersByTimeAsync(5000);
  draftStore.getState().sendNow();
  resolve(undefined);
  await removing;
  await vi.advanceTimersByTimeAsync(5000);
  expect(core.calls.map(({ name }) => name)).not.toContain('drafts.save');
  expect(core.drafts.size).toBe(0);
});
