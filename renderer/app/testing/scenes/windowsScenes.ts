import type { ServerTest } from '../../../../electron/shared/contract/procedures.ts';
import type { Draft, ServerDraft } from '../../../../electron/shared/domain/draft.ts';
import { filledDraft } from '../../../bridge/testing/fakeBridge.ts';
import { homeStore } from '../../../state/home.ts';
import { testServer } from '../../../state/serverTests.ts';
import { openStep, press, shown, step, until, withDraft, type RunOf, type Scene } from './scene.ts';
import { windowsInstall, windowsPlan } from './windowsRecords.ts';

/** Servers of which so many run Windows, the others Linux. */
function serversWith(windows: number): readonly ServerDraft[] {
  return filledDraft().servers.map((server, index) =>
    index < windows ? { ...server, user: 'Administrator', platform: 'windows' } : server,
  );
}

const onWindows: Partial<Draft> = { servers: [...serversWith(3)] };

const found: ServerTest & { readonly kind: 'reached' } = {
  kind: 'reached',
  glimpse: {
    hostName: 'WIN-7Q2M0A',
    platform: 'windows',
    osName: 'Windows Server 2022 Standard',
    kernel: '10.0.20348.2000',
    architecture: 'x86_64',
    cpuCount: 4,
    memoryBytes: 8 * 1024 ** 3,
    diskFreeBytes: 61 * 1024 ** 3,
    privilege: 'administrator',
    hostKey: { type: 'ssh-ed25519', fingerprint: `SHA256:${'W'.repeat(43)}` },
    trust: 'accepted',
    machineId: null,
    firewall: 'windows',
  },
};

/** The servers after a test of each, of which so many turned out to run Windows. */
function tested(windows: number): Scene {
  return (core) => {
    const draft = withDraft(core, {});
    core.answer('servers.test', ({ server }): ServerTest => {
      const glimpse = {
        ...found.glimpse,
        machineId: `machine-${server}`,
        hostKey: { ...found.glimpse.hostKey, fingerprint: `SHA256:${'WXY'.charAt(server).repeat(43)}` },
      };
      return server < windows
        ? { kind: 'reached', glimpse }
        : {
            kind: 'reached',
            glimpse: {
              ...glimpse,
              platform: 'linux',
              osName: 'Debian GNU/Linux 12 (bookworm)',
              privilege: 'sudoWithPassword',
              firewall: 'ufw',
            },
          };
    });
    return async () => {
      await openStep(draft, 'servers');
      [0, 1, 2].forEach((server) => void testServer(server));
      await until('the tests', () => document.querySelectorAll('[data-stale="false"] dl').length === 3);
      (await shown('main h1')).scrollIntoView();
    };
  };
}

/** Opens every fold of the screen. */
async function openFolds(): Promise<void> {
  await shown('main button[aria-expanded]');
  for (const fold of document.querySelectorAll<HTMLElement>('main button[aria-expanded="false"]:not([aria-haspopup])')) fold.click();
  await shown('main button[aria-expanded="true"][aria-controls]');
}

const plan: RunOf = { slot: 'plan', record: windowsPlan() };
const mixedPlan: RunOf = { slot: 'plan', record: windowsPlan(['windows', 'linux', 'linux']) };
const install: RunOf = { slot: 'install', record: windowsInstall() };

/** Servers with Windows, in the steps that read otherwise there. */
export const windowsScenes = {
  'windows-servers': tested(3),
  'windows-servers-mixed': tested(1),
  'windows-key-unknown': (core) => {
    const draft = withDraft(core, {});
    core.answer('servers.test', () => ({ kind: 'keyUnknown', hostKey: found.glimpse.hostKey, platform: 'windows' }));
    return async () => {
      await openStep(draft, 'servers');
      void testServer(0);
      (await shown('#server-card-0 [data-tone="warn"]')).scrollIntoView();
    };
  },
  /** The folder on Windows servers, open. */
  'windows-redis-more': step('redis', [], onWindows, async () => {
    await press('main button[aria-expanded="false"]:not([aria-haspopup])');
    (await shown('main button[aria-expanded="true"][aria-controls]')).scrollIntoView();
  }),
  'windows-redis-mixed': step('redis', [], { servers: [...serversWith(1)] }),
  'windows-review': step('review', [plan], onWindows),
  'windows-review-open': step('review', [plan], onWindows, async () => {
    await openFolds();
    const rows = await until('the changes', () => {
      const folded = document.querySelectorAll<HTMLElement>('main [class*="item"] button[aria-expanded="false"]');
      return folded.length > 30 ? [...folded] : null;
    });
    for (const row of [0, 2, 4, 8, 12]) rows[row]?.click();
    await until('their details', () => document.querySelectorAll('main [class*="undo"]').length > 4);
  }),
  'windows-review-mixed': step('review', [mixedPlan], { servers: [...serversWith(1)] }),
  'windows-install-running': step('install', [plan, { ...install, untilMs: 1500, isActive: true }], onWindows),
  'windows-install': step('install', [plan, install], onWindows),
  /** Home, where Windows servers cannot be practised with. */
  'windows-no-practice': (core) => {
    core.answer('practice.status', () => ({
      isPossible: true,
      reason: null,
      running: 'linux',
      whyNoWindows: 'Windows practice servers need a computer with an x64 processor; this one has arm64.',
    }));
    return async () => {
      await shown('main h1');
      await until('what can be practised', () => homeStore.getState().practice !== null);
    };
  },
} as const satisfies Readonly<Record<string, Scene>>;
