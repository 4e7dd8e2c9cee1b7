import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeCore, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { draftStore } from './draft.ts';
import { useBeforeLeaving, watchLeaving } from './leaving.ts';

let core: FakeCore;
let stop: () => void;

beforeEach(async () => {
  core = fakeCore();
  core.install();
  core.drafts.set(filledDraft().id, filledDraft());
  await draftStore.getState().open(filledDraft());
  stop = watchLeaving();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

function become(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}
const type = (name: string): void => draftStore.getState().current?.edit((draft) => ({ ...draft, name }));
const saved = (): readonly unknown[] => core.calls.filter(({ name }) => name === 'drafts.save').map(({ input }) => input);

it('a window that is hidden hands over what was typed within the event: it may never be shown again', () => {
  type('typed-last');
  become('visible');
  expect(saved()).toEqual([]);
  become('hidden');
  expect(saved()).toMatchObject([{ name: 'typed-last' }]);
});

it('what a field still holds goes before the draft, as it is in the last moment', () => {
  const order: string[] = [];
  const { rerender, unmount } = renderHook(
    ({ held }) =>
      useBeforeLeaving(() => {
        order.push(`field with ${held}, ${saved().length} saved`);
      }),
    { initialProps: { held: 'old' } },
  );
  rerender({ held: 'new' });
  type('typed-last');
  window.dispatchEvent(new Event('pagehide'));
  expect([order, saved().length]).toEqual([['field with new, 0 saved'], 1]);
  unmount();
  window.dispatchEvent(new Event('pagehide'));
  expect(order).toHaveLength(1);
});

it('nobody hands over anything once the window is no more watched', () => {
  stop();
  type('typed-last');
  become('hidden');
  window.dispatchEvent(new Event('pagehide'));
  expect(saved()).toEqual([]);
});
