import { beforeEach, expect, it, vi } from 'vitest';
import { fail } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import type { AppStart } from './session.ts';
import type * as SessionModule from './session.ts';
import { fakeCore, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';

let core: FakeCore;
const draft = filledDraft();

beforeEach(() => {
  core = fakeCore();
  core.install();
  core.drafts.set(draft.id, draft);
  sessionStorage.clear();
});

/** The session as a freshly loaded page has it: modules and all they remember are new, only session storage is not. */
async function loadPage(): Promise<typeof SessionModule> {
  vi.resetModules();
  const page = await import('./session.ts');
  await page.useSession.getState().begin();
  return page;
}

it('comes back to the step and the draft that were open before a reload, but not to Home', async () => {
  const first = await loadPage();
  expect(first.useSession.getState().screen).toEqual({ kind: 'home' });
  await first.useSession.getState().openDraft(draft, 'placement');
  const second = await loadPage();
  expect(second.useSession.getState().screen).toEqual({ kind: 'wizard', step: 'placement' });
  await second.useSession.getState().goHome();
  expect((await loadPage()).useSession.getState().screen).toEqual({ kind: 'home' });
});

it('says why it cannot start, and starts when that was put right', async () => {
  core.answer('app.start', () => {
    throw fail('storage.damaged', adminSubject, { values: { file: 'vault.json', kept: 'vault.json.damaged-1' } });
  });
  const { useSession } = await loadPage();
  expect(useSession.getState()).toMatchObject({ app: null, lost: { code: 'storage.damaged', values: { file: 'vault.json' } } });
  fakeCore().install();
  const next = await loadPage();
  expect(next.useSession.getState()).toMatchObject({ lost: null, app: { version: '0.1.0' } });
});

it('shows why a file could not be opened, and works without it', async () => {
  const { failure } = fail('spec.unreadable', adminSubject, { values: { file: 'x.yaml', reason: 'ENOENT' } });
  const start = (await core.bridge.call('app.start', undefined)) as { readonly value: AppStart };
  core.answer('app.start', () => ({ ...start.value, openFailure: failure }));
  const { useSession } = await loadPage();
  expect(useSession.getState()).toMatchObject({ failure, lost: null, screen: { kind: 'home' } });
});

it('saves what was typed last before it reads the draft again for a file that was opened from outside', async () => {
  const { useSession } = await loadPage();
  await useSession.getState().openDraft(draft, 'redis');
  const { draftStore } = await import('./draft.ts');
  draftStore.getState().current?.edit((before) => ({ ...before, name: 'typed' }));
  await useSession.getState().begin();
  expect(draftStore.getState().current?.draft.name).toBe('typed');
});

it('keeps what was typed, and tells why, when it cannot be saved before that', async () => {
  const { useSession } = await loadPage();
  await useSession.getState().openDraft(draft, 'redis');
  const { draftStore } = await import('./draft.ts');
  core.answer('drafts.save', () => {
    throw fail('storage.unwritable', adminSubject, { values: { file: 'draft', reason: 'ENOSPC' } });
  });
  draftStore.getState().current?.edit((before) => ({ ...before, name: 'typed' }));
  await useSession.getState().begin();
  expect(useSession.getState()).toMatchObject({ failure: { code: 'storage.unwritable' }, lost: null });
  expect(draftStore.getState().current?.draft.name).toBe('typed');
});

it('begins at Home when the draft is gone', async () => {
  const first = await loadPage();
  await first.useSession.getState().openDraft(draft, 'redis');
  core.drafts.clear();
  const second = await loadPage();
  expect(second.useSession.getState()).toMatchObject({ screen: { kind: 'home' }, lost: null });
});
