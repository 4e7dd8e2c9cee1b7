import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkArchitecture } from './architecture.ts';

// A checkout of its own for each test, with packages that are only names.
let folder = '';
const packages = ['zod', 'node-ssh', 'ioredis', 'vitest', 'electron', 'zustand'];
const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'triad-rooms-'));
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']));
  await write({ 'package.json': JSON.stringify({ type: 'module', dependencies }) });
  for (const name of packages) {
    await write({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
      [`node_modules/${name}/index.js`]: '',
    });
  }
});
afterEach(() => rm(folder, { recursive: true }));

const check = async (files: Readonly<Record<string, string>>): ReturnType<typeof checkArchitecture> => {
  await write(files);
  return checkArchitecture(folder);
};

/** A small healthy house, which each test spoils in one way. */
const house = {
  'electron/cli.ts': "import { install } from './handlers/install.ts';\ninstall();",
  'electron/handlers/install.ts':
    "import { connect } from '../phases/connect.ts';\nimport { detectHost } from '../hosts/detectHost.ts';\nexport const install = () => connect(detectHost);",
  'electron/phases/connect.ts':
    "import type { Dial } from '../hosts/host.ts';\nimport { slot } from '../shared/domain/slot.ts';\nexport const connect = (dial: Dial) => dial(slot);",
  'electron/hosts/host.ts': 'export type Dial = (n: number) => void;\nexport const nobody: Dial = () => {};',
  'electron/hosts/detectHost.ts': "import { dial } from './ssh/dial.ts';\nexport const detectHost = dial;",
  'electron/hosts/ssh/dial.ts':
    "import { NodeSSH } from 'node-ssh';\nimport { connect } from 'node:net';\nimport type { Dial } from '../host.ts';\nexport const dial: Dial = () => { connect(1); new NodeSSH(); };",
  'electron/shared/domain/slot.ts': "import { z } from 'zod';\nexport const slot = z.number().parse(1);",
  'renderer/main.tsx': "import { app } from './app/app.ts';\napp();",
  'renderer/app/app.ts': "import { servers } from '../steps/servers/servers.ts';\nexport const app = servers;",
  'renderer/steps/servers/servers.ts': "import { draft } from '../../state/draft.ts';\nexport const servers = () => draft;",
  'renderer/state/draft.ts':
    "import { create } from 'zustand';\nimport { call } from '../bridge/client.ts';\nimport { slot } from '../../electron/shared/domain/slot.ts';\nexport const draft = [create, call, slot];",
  'renderer/bridge/client.ts':
    "import { slot } from '../../electron/shared/domain/slot.ts';\nexport const call = () => window.triad.call(slot);",
  'electron/shared/domain/slot.test.ts':
    "import { slot } from './slot.ts';\nimport { expect, it } from 'vitest';\nit('x', () => expect(slot).toBe(1));",
};

describe('the table of rooms', () => {
  it('accepts a house that keeps it', async () => {
    expect(await check(house)).toEqual({ ok: true, saw: '13 of 13 files', output: '' });
  });

  it.each<readonly [string, string, string, string]>([
    [
      'a value where types are allowed',
      'electron/phases/connect.ts',
      "import { nobody } from '../hosts/host.ts';\nexport const connect = nobody;",
      'phases may import only types of this',
    ],
    [
      'another room',
      'electron/shared/domain/slot.ts',
      "import { dial } from '../../hosts/ssh/dial.ts';\nexport const slot = dial;",
      'domain may not import this',
    ],
    [
      'a type of another room',
      'electron/shared/domain/slot.ts',
      "import type { Dial } from '../../hosts/ssh/dial.ts';\nexport const slot: Dial = () => 1;",
      'domain may not import this',
    ],
    [
      "Node's modules in a shared room",
      'electron/shared/domain/slot.ts',
      "import { readFileSync } from 'node:fs';\nexport const slot = readFileSync;",
      'domain may not import this',
    ],
    [
      "another room's package",
      'electron/handlers/install.ts',
      "import { Redis } from 'ioredis';\nexport const install = Redis;",
      'handlers may not import this',
    ],
    [
      'Electron outside the desktop app',
      'electron/handlers/install.ts',
      "import { app } from 'electron';\nexport const install = app;",
      'only the desktop app may import Electron',
    ],
    [
      'a lazily loaded room',
      'electron/shared/domain/slot.ts',
      "export const slot = () => import('../../hosts/ssh/dial.ts');",
      'domain may not import this',
    ],
    ['a file that does not exist', 'electron/shared/domain/slot.ts', "export { slot } from './gone.ts';", 'cannot be resolved'],
    ['a package that is not installed', 'electron/shared/domain/slot.ts', "export { slot } from 'no-such-package';", 'cannot be resolved'],
    [
      'a test',
      'electron/handlers/install.ts',
      "import '../shared/domain/slot.test.ts';\nexport const install = 1;",
      'only tests may import this',
    ],
    [
      'scripts',
      'electron/handlers/install.ts',
      "import '../../scripts/practice/up.ts';\nexport const install = 1;",
      'only live tests may import the practice servers',
    ],
    [
      'a room of the core in the window',
      'renderer/state/draft.ts',
      "import { connect } from '../../electron/phases/connect.ts';\nexport const draft = connect;",
      'window/state may not import this',
    ],
    [
      'Electron in the window',
      'renderer/bridge/client.ts',
      "import { ipcRenderer } from 'electron';\nexport const call = ipcRenderer;",
      'only the desktop app may import Electron',
    ],
    [
      'the store outside its room',
      'renderer/steps/servers/servers.ts',
      "import { create } from 'zustand';\nexport const servers = create;",
      'window/steps may not import this',
    ],
    [
      "Node's modules in the window",
      'renderer/bridge/client.ts',
      "import { readFileSync } from 'node:fs';\nexport const call = readFileSync;",
      'window/bridge may not import this',
    ],
    [
      'another step of the wizard',
      'renderer/steps/servers/servers.ts',
      "import { redis } from '../redis/redis.ts';\nexport const servers = redis;",
      'steps of the wizard may not import each other',
    ],
    ['the other half of a cycle', 'electron/shared/domain/slot.ts', "import './port.ts';\nexport const slot = 1;", 'in a cycle of imports'],
  ])('refuses %s', async (_, file, text, rule) => {
    const result = await check({
      ...house,
      'scripts/practice/up.ts': 'export const up = 1;',
      'renderer/steps/redis/redis.ts': 'export const redis = 1;',
      'electron/shared/domain/port.ts': "import { slot } from './slot.ts';\nexport const port = slot;",
      [file]: text,
    });
    expect(result.ok).toBe(false);
    expect(result.output).toContain(`${file} -> `);
    expect(result.output).toContain(rule);
  });

  it('lets live tests use the practice servers and nothing else of scripts/', async () => {
    const scripts = { 'scripts/practice/up.ts': 'export const up = 1;', 'scripts/check/x.ts': 'export const x = 1;' };
    const liveTest = 'electron/hosts/ssh/dial.live.test.ts';
    expect(await check({ ...house, ...scripts, [liveTest]: "import '../../../scripts/practice/up.ts';" })).toMatchObject({ ok: true });
    const result = await check({ ...house, ...scripts, [liveTest]: "import '../../../scripts/check/x.ts';" });
    expect(result.output).toContain('live tests may import only the practice servers');
  });

  it.each(['window.triad.call()', 'globalThis.triad', "window['triad']", 'window?.triad'])('refuses %s outside the bridge', async (use) => {
    const result = await check({ ...house, 'renderer/steps/servers/servers.ts': `export const servers = () => ${use};` });
    expect(result.output).toContain('renderer/steps/servers/servers.ts: only renderer/bridge may use window.triad');
  });

  it('refuses a file that is in no room', async () => {
    const result = await check({ ...house, 'electron/common/odds.ts': "export { slot } from '../shared/domain/slot.ts';" });
    expect(result.output).toContain('electron/common/odds.ts: belongs to 0 rooms');
  });

  it('refuses a file that nothing imports', async () => {
    const result = await check({ ...house, 'electron/redis/idle.ts': 'export const idle = 1;' });
    expect(result.output).toBe('electron/redis/idle.ts: imports nothing and is imported by nothing');
  });

  it('fails when there is nothing to look at', async () => {
    expect(await check({})).toMatchObject({ ok: false, saw: 'nothing' });
  });
});
