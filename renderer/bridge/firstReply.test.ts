import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as Client from './client.ts';
import { fakeCore, type FakeCore } from './testing/fakeBridge.ts';

let core: FakeCore;

/** The page's modules as a new page evaluates them. */
const load = async (): Promise<typeof Client> => {
  vi.resetModules();
  await import('./firstReply.ts');
  return import('./client.ts');
};

beforeEach(() => {
  core = fakeCore();
  core.install();
});

afterEach(() => {
  vi.resetModules();
});

it('asks for the start before anybody calls, and takes that answer for the first call only', async () => {
  const { call } = await load();
  expect(core.calls.map(({ name }) => name)).toEqual(['app.start']);
  await call('home.list');
  const first = await call('app.start');
  expect(core.calls.map(({ name }) => name)).toEqual(['app.start', 'home.list']);
  expect(await call('app.start')).toEqual(first);
  expect(core.calls.map(({ name }) => name)).toEqual(['app.start', 'home.list', 'app.start']);
});

it('tells the first caller why there is no answer', async () => {
  core.lose();
  const { call, onCoreLost } = await load();
  const lost = vi.fn<() => void>();
  onCoreLost(lost);
  await expect(call('app.start')).rejects.toMatchObject({ failure: { code: 'internal' } });
  expect(lost).toHaveBeenCalledOnce();
});
