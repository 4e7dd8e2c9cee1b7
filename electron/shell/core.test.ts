import { describe, expect, it } from 'vitest';
import type { WindowApi } from '../handlers/window/createWindowApi.ts';
import type { Settings } from '../shared/contract/procedures.ts';
import { createAppCommands } from './appCommands.ts';
import { createCore, type Core } from './core.ts';
import { createFakeContract } from './testing/fakeContract.ts';

const settings: Settings = { theme: 'dark', language: 'pt' };

function fakeApi(ended: string[]): WindowApi {
  const { procedures, streams } = createFakeContract({
    procedures: { 'app.start': () => Promise.resolve({ settings, openDraft: null }) },
  });
  return {
    procedures: procedures as WindowApi['procedures'],
    streams: streams as WindowApi['streams'],
    reportHtml: (runId) => Promise.resolve(runId),
    activeRuns: () => 2,
    shutdown: async () => {
      ended.push('shutdown');
      await Promise.resolve();
    },
    openPath: (file) => Promise.resolve(`draft of ${file}`),
  };
}

interface Bench {
  readonly core: Core;
  readonly told: unknown[];
  readonly loads: () => number;
}

function bench(load: (attempt: number) => Promise<WindowApi>): Bench {
  const told: unknown[] = [];
  let attempts = 0;
  const commands = createAppCommands();
  commands.follow((sent) => told.push(...sent));
  const core = createCore({
    load: () => {
      attempts += 1;
      return load(attempts);
    },
    commands,
    onSettings: (next) => told.push(next),
    onHome: (hasCards) => told.push({ hasCards }),
  });
  return { core, told, loads: () => attempts };
}

describe('the core', () => {
  it('is loaded once, and not before it is needed', async () => {
    const { core, loads } = bench(() => Promise.resolve(fakeApi([])));
    expect([loads(), core.activeRuns()]).toEqual([0, 0]);
    await Promise.all([core.api(), core.contract(), core.api()]);
    expect([loads(), core.activeRuns()]).toEqual([1, 2]);
  });

  it('is tried again after a failure', async () => {
    const { core } = bench((attempt) => (attempt === 1 ? Promise.reject(new Error('damaged')) : Promise.resolve(fakeApi([]))));
    await expect(core.contract()).rejects.toThrow('damaged');
    await expect(core.contract()).resolves.toBeDefined();
  });

  it('is not loaded to be shut down', async () => {
    const ended: string[] = [];
    const { core, loads } = bench(() => Promise.resolve(fakeApi(ended)));
    await core.shutdown();
    expect(loads()).toBe(0);
    await core.api();
    await core.shutdown();
    expect(ended).toEqual(['shutdown']);
  });
});

describe('a file from outside', () => {
  it('is told to the window, which finds its draft at its next start, once', async () => {
    const { core, told } = bench(() => Promise.resolve(fakeApi([])));
    const { procedures } = await core.contract();
    await core.openFile('/x.triad');
    expect(told).toEqual(['opened']);
    expect(await procedures['app.start'](undefined)).toMatchObject({ openDraft: 'draft of /x.triad' });
    expect(await procedures['app.start'](undefined)).toMatchObject({ openDraft: null });
  });
});

it('hands the settings that the core keeps to the shell at each start of the window', async () => {
  const { core, told } = bench(() => Promise.resolve(fakeApi([])));
  await (await core.contract()).procedures['app.start'](undefined);
  expect(told).toEqual([settings]);
});

it('tells the shell whether Home has anything to show', async () => {
  let cards: readonly unknown[] = [];
  const api = fakeApi([]);
  const list = (): Promise<never> => Promise.resolve(cards as never);
  const { core, told } = bench(() => Promise.resolve({ ...api, procedures: { ...api.procedures, 'home.list': list } }));
  const { procedures } = await core.contract();
  await procedures['home.list'](undefined);
  cards = [{}];
  expect(await procedures['home.list'](undefined)).toEqual(cards);
  expect(told).toEqual([{ hasCards: false }, { hasCards: true }]);
});

it('serves the commands of the menu as a stream until it is closed', async () => {
  const commands = createAppCommands();
  const core = createCore({ load: () => Promise.resolve(fakeApi([])), commands, onSettings: () => undefined, onHome: () => undefined });
  const { streams } = await core.contract();
  const got: unknown[] = [];
  expect(commands.send('home')).toBe(false);
  const stop = streams['app.commands'](undefined, (values) => got.push(...values));
  expect(commands.send('help')).toBe(true);
  stop();
  expect(commands.send('home')).toBe(false);
  expect(got).toEqual(['help']);
});
