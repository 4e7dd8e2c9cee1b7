import type { ServerTest } from '../../../../electron/shared/contract/procedures.ts';
import { fail } from '../../../../electron/shared/domain/failure.ts';
import { serverSubject } from '../../../../electron/shared/domain/subject.ts';
import type { WindowsArchive } from '../../../../electron/shared/domain/windowsArchive.ts';
import { fakeId, filledDraft } from '../../../bridge/testing/fakeBridge.ts';
import { beginNew } from '../../../state/home.ts';
import { testServer } from '../../../state/serverTests.ts';
import { hostKeyOf, reachedServer } from '../../../testing/reachedServer.ts';
import { openStep, press, shown, step, until, withDraft, type Scene } from './scene.ts';

const onWindows = filledDraft().servers.map((server) => ({ ...server, platform: 'windows' as const }));

/** A release that is not on Triad's list. */
const windowsArchive: WindowsArchive = {
  name: 'Redis-8.2.1-Windows-x64-msys2.zip',
  sizeBytes: 12 * 1024 ** 2,
  sha256: '0123456789abcdef'.repeat(4),
  distribution: 'redis-windows',
  version: '8.2.1',
  productVersion: null,
  licence: 'LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only',
  isListed: false,
  files: ['redis-server.exe', 'redis-cli.exe', 'msys-2.0.dll'].map((name) => ({ name, sizeBytes: 1, sha256: 'ab'.repeat(32) })),
  leftOut: ['README.md', 'RedisService.exe'],
};

/** The servers after a test of each, with what it found. */
function tested(results: readonly (ServerTest | 'never')[]): Scene {
  return (core) => {
    const draft = withDraft(core, {});
    core.answer('servers.test', ({ server }) => {
      const result = results[server];
      return result === 'never' || result === undefined ? new Promise(() => undefined) : result;
    });
    return async () => {
      await openStep(draft, 'servers');
      results.forEach((result, index) => {
        if (result !== 'never' || index > 0) void testServer(index);
      });
      await shown('main [role="status"]');
      await until('the tests', () =>
        results.every(
          (result, index) =>
            result === 'never' || document.querySelectorAll(`#server-card-${index} [data-stale="false"] button`).length > 0,
        ),
      );
      (
        await shown(`#server-card-${results.findIndex((result) => result === 'never' || result.kind !== 'reached')}, #server-card-0`)
      ).scrollIntoView();
    };
  };
}

const failed: ServerTest = {
  kind: 'failed',
  failure: fail('ssh.timedOut', serverSubject('server-3'), { values: { endpoint: '10.77.0.13:22', seconds: 15 } }).failure,
};

/** The steps that ask: servers, Redis, placement. */
export const fieldScenes = {
  'servers-empty': () => async () => {
    await shown('main h1');
    await beginNew();
    await shown('nav [aria-current="step"]');
  },
  /** Going on with nothing filled in. */
  'servers-missing': () => async () => {
    await shown('main h1');
    await beginNew();
    await shown('nav [aria-current="step"]');
    await press('main footer button[data-variant="filled"]');
    await shown('main [aria-invalid="true"]');
  },
  servers: step('servers'),
  'servers-own-logins': step('servers', [], { sameLogin: false }),
  'servers-tested': tested([reachedServer(0), reachedServer(1), reachedServer(2)]),
  'servers-testing': tested([reachedServer(0), 'never', 'never']),
  'servers-key-unknown': tested([0, 1, 2].map((server) => ({ kind: 'keyUnknown', hostKey: hostKeyOf(server), platform: 'linux' }))),
  'servers-key-changed': tested([
    reachedServer(0),
    { kind: 'keyChanged', expected: hostKeyOf(1), offered: hostKeyOf(2) },
    reachedServer(2),
  ]),
  'servers-failed': tested([reachedServer(0), reachedServer(1), failed]),
  'servers-same-machine': tested([reachedServer(0), reachedServer(0), reachedServer(2)]),
  'servers-paste': step('servers', [], {}, async () => {
    await press('main button[aria-expanded="false"]:not([aria-haspopup])');
    await shown('main textarea');
  }),
  redis: step('redis'),
  /** The rest, open. */
  'redis-more': step('redis', [], {}, async () => {
    await press('main button[aria-expanded="false"]:not([aria-haspopup])');
    (await shown('main button[aria-expanded="true"][aria-controls]')).scrollIntoView();
  }),
  /** Going on without a name. */
  'redis-missing': step('redis', [], { name: '' }, async () => {
    await press('main footer button[data-variant="filled"]');
    await shown('main [aria-invalid="true"]');
  }),
  /** Three Windows servers, and no archive with Redis for them yet. */
  'redis-windows': step('redis', [], { servers: onWindows }),
  /** One that is not on the list, to be vouched for. */
  'redis-windows-archive': (core) => {
    core.answer('files.inspectWindowsArchive', () => windowsArchive);
    const chosen = { file: { id: fakeId(7), name: windowsArchive.name }, published: '', typed: '' };
    const redis = { ...filledDraft().redis, version: windowsArchive.version, windowsArchive: chosen };
    return step('redis', [], { servers: onWindows, redis }, async () => {
      (await shown('main [aria-describedby][data-variant="default"]')).scrollIntoView({ block: 'center' });
    })(core);
  },
  /** Memurai, to be said yes to. */
  'redis-memurai': (core) => {
    const files = ['memurai.exe', 'memurai-cli.exe', 'license.lic'].map((name) => ({ name, sizeBytes: 1, sha256: 'ab'.repeat(32) }));
    const names = { name: 'Memurai-redis-7.4.9.zip', licence: 'LicenseRef-Memurai', files, leftOut: [] };
    const memurai: WindowsArchive = { ...windowsArchive, ...names, distribution: 'memurai', version: '7.4.9', productVersion: '4.2.3' };
    core.answer('files.inspectWindowsArchive', () => memurai);
    const chosen = { file: { id: fakeId(7), name: memurai.name }, published: memurai.sha256, typed: '' };
    const redis = { ...filledDraft().redis, version: memurai.version, windowsArchive: chosen };
    return step('redis', [], { servers: onWindows, redis }, async () => {
      (await shown('main input[type="checkbox"]')).scrollIntoView({ block: 'center' });
    })(core);
  },
  placement: step('placement'),
  /** After choosing a loss. */
  'placement-lost': step('placement', [], {}, async () => {
    await press('main [role="group"] button:nth-of-type(2)');
    await shown('main input[type="radio"]');
  }),
  'placement-incomplete': step('placement', [], { name: '' }),
} as const satisfies Readonly<Record<string, Scene>>;
