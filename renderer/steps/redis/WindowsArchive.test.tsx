import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProcedureInput } from '../../../electron/shared/contract/procedures.ts';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import type { WindowsArchive } from '../../../electron/shared/domain/windowsArchive.ts';
import { fakeId, filledDraft } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { serverTestStore } from '../../state/serverTests.ts';
import { useSession } from '../../state/session.ts';
import { helpOfFields } from '../../testing/helpOfFields.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { RedisStep } from './RedisStep.tsx';

const SHA256 = '0123456789abcdef'.repeat(4);
const FILE = { id: fakeId(7), name: 'Redis-8.2.1-Windows-x64-msys2.zip' };
const ARCHIVE: WindowsArchive = {
  name: FILE.name,
  sizeBytes: 12 * 1024 ** 2,
  sha256: SHA256,
  distribution: 'redis-windows',
  version: '8.2.1',
  productVersion: null,
  licence: 'LicenseRef-RSALv2 OR SSPL-1.0 OR AGPL-3.0-only',
  isListed: false,
  files: ['redis-server.exe', 'redis-cli.exe', 'msys-2.0.dll'].map((name) => ({ name, sizeBytes: 1, sha256: SHA256 })),
  leftOut: ['README.md', 'RedisService.exe'],
};

/** What the core was asked for. */
const choices: ProcedureInput<'files.chooseWindowsArchive'>[] = [];
const inspections: ProcedureInput<'files.inspectWindowsArchive'>[] = [];

/** Shows the step for servers of which so many run Windows. */
async function show(windows: number, redis: Partial<Draft['redis']> = {}, archive: WindowsArchive | Error = ARCHIVE): Promise<ShownStep> {
  const draft = filledDraft();
  const servers = draft.servers.map((server, index) => (index < windows ? { ...server, platform: 'windows' as const } : server));
  return showStep(RedisStep, 'redis', { ...draft, servers, redis: { ...draft.redis, ...redis } }, (core) => {
    const found = (): WindowsArchive => {
      if (archive instanceof Error) throw archive;
      return archive;
    };
    core.answer('files.chooseWindowsArchive', (known) => {
      choices.push(known);
      return { file: FILE, archive: found() };
    });
    core.answer('files.inspectWindowsArchive', (asked) => {
      inspections.push(asked);
      return found();
    });
  });
}

const draftNow = (): Draft => draftStore.getState().current?.draft ?? filledDraft();
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
const continueOn = async ({ user }: ShownStep): Promise<void> => user.click(screen.getByRole('button', { name: 'Continue to Placement' }));
const box = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const choose = async ({ user }: ShownStep): Promise<void> => {
  await user.click(screen.getByRole('button', { name: 'Choose the zip' }));
  await screen.findByText('Redis 8.2.1, 12 MiB. 3 files go to each Windows server.');
};

beforeEach(() => {
  choices.length = 0;
  inspections.length = 0;
  serverTestStore.setState({ draftId: null, kept: {}, running: {} });
});

it('nobody with Linux servers is asked for an archive for Windows', async () => {
  await show(0);
  expect(screen.queryByRole('heading', { name: 'Redis on the Windows servers' })).toBeNull();
});

it.each([
  [0, ['Folder for programs', 'Folder for data', 'Folder for logs']],
  [1, ['Folder for programs', 'Folder for data', 'Folder for logs', 'Folder on Windows servers']],
  [3, ['Folder on Windows servers']],
])('with %i Windows servers the folders are those that are used', async (windows, expected) => {
  const shown = await show(windows);
  await shown.user.click(screen.getByRole('button', { name: /^More/u }));
  const folders = screen.getAllByRole('textbox', { name: /^Folder/u }).map((field) => (field as HTMLInputElement).labels?.[0]?.textContent);
  expect(folders.map((name) => name?.replace(/ \*$/u, ''))).toEqual(expected);
});

it('the folder on Windows servers is the usual one until another is typed', async () => {
  const { user } = await show(3);
  await user.click(screen.getByRole('button', { name: /^More/u }));
  const folder = box('Folder on Windows servers');
  expect(folder.getAttribute('placeholder')).toBe(String.raw`C:\Triad`);
  await user.click(folder);
  await user.paste(String.raw`D:\Redis`);
  expect(draftNow().paths.windows).toBe(String.raw`D:\Redis`);
});

it('a wrong folder on Windows servers opens the fold in which it stands', async () => {
  const chosen = { file: FILE, published: '', typed: '' };
  const shown = await show(3, { version: '8.2.1', windowsArchive: chosen }, { ...ARCHIVE, isListed: true });
  act(() => {
    draftStore.getState().current?.edit((draft) => ({ ...draft, paths: { ...draft.paths, windows: 'D:' } }));
  });
  await continueOn(shown);
  await waitFor(() => {
    expect(document.activeElement).toBe(box('Folder on Windows servers'));
  });
  expect(stepNow()).toBe('redis');
});

it.each([0, 1])('with %i Windows servers, whether Defender scans the folders is asked only where it can', async (windows) => {
  const { user } = await show(windows);
  const field = screen.queryByRole('switch', { name: "Exclude Triad's folders from Microsoft Defender" });
  expect(field === null).toBe(windows === 0);
  if (field === null) return;
  expect([(field as HTMLInputElement).checked, draftNow().windows]).toEqual([false, undefined]);
  expect(screen.getByText(/^Nothing is excluded: a check names the folders/u)).toBeTruthy();
  await user.click(field);
  expect(draftNow().windows).toEqual({ defenderExclusions: 'add' });
  expect(screen.getByText(/^You see every folder and command in Review/u)).toBeTruthy();
  await user.click(field);
  expect(draftNow().windows).toEqual({ defenderExclusions: 'none' });
});

it('a cluster on both kinds is warned of, by the names of its Windows servers', async () => {
  await show(2);
  expect(screen.getByText(/^Windows: server-1 and server-2; the others run Linux\./u)).toBeTruthy();
});

describe('with Windows servers', () => {
  it('the step is held until an archive is chosen, and says that nobody supports it', async () => {
    const shown = await show(3);
    expect(screen.getByText('No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.')).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Version' })).toBeNull();
    await continueOn(shown);
    await waitFor(() => {
      expect(document.activeElement?.textContent).toBe('Choose the zip');
    });
    expect(stepNow()).toBe('redis');
  });

  it('what is in it, its hash, its origin and licence are shown, and nobody vouches for it yet', async () => {
    const shown = await show(3);
    await choose(shown);
    for (const shownText of [SHA256, /recommended for development only/u, /AGPL-3\.0-only/u, /RedisService\.exe is left out/u])
      expect(screen.getByText(shownText)).toBeTruthy();
    expect(draftNow().redis).toMatchObject({ version: '8.2.1', windowsArchive: { file: FILE, published: '', typed: '' } });
    expect(screen.getByText('Nobody vouches for this file yet.')).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
  });

  it('another hash than that of the release page holds it', async () => {
    const shown = await show(3);
    await choose(shown);
    await shown.user.click(box('SHA-256 on the release page'));
    await shown.user.paste('f'.repeat(64));
    expect(screen.getByText('This is another file than the one whose SHA-256 you gave. Do not install it.')).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
  });

  it('the hash of the release page lets it go on', async () => {
    const shown = await show(3);
    await choose(shown);
    await shown.user.click(box('SHA-256 on the release page'));
    await shown.user.paste(` ${SHA256.toUpperCase()} `);
    expect(screen.getByText('The SHA-256 is the one that you gave.')).toBeTruthy();
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('another beginning than that of its hash holds it', async () => {
    const shown = await show(3);
    await choose(shown);
    await shown.user.click(box('Use it on my word alone'));
    await shown.user.paste('01234568');
    expect(screen.getByText('This is not how the SHA-256 of the file begins.')).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
  });

  it('the first eight characters let it go on', async () => {
    const shown = await show(3);
    await choose(shown);
    await shown.user.click(box('Use it on my word alone'));
    await shown.user.paste(SHA256.slice(0, 8));
    expect(screen.getByText('Used on your word alone: nobody else vouches for this file.')).toBeTruthy();
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('one that is in the list needs no word', async () => {
    const shown = await show(3, {}, { ...ARCHIVE, isListed: true });
    await choose(shown);
    expect(screen.queryByRole('textbox', { name: 'Use it on my word alone' })).toBeNull();
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('one that is chosen anew needs its word anew', async () => {
    const shown = await show(3, { version: '8.2.1', windowsArchive: { file: FILE, published: SHA256, typed: '' } });
    await screen.findByText('The SHA-256 is the one that you gave.');
    await shown.user.click(screen.getByRole('button', { name: 'Choose another' }));
    expect(await screen.findByText('Nobody vouches for this file yet.')).toBeTruthy();
    expect(draftNow().redis.windowsArchive?.published).toBe('');
  });

  it('what cannot be used is told, now and when a draft is opened again', async () => {
    const failure = fail('bundle.windows.memurai', adminSubject, { values: { file: 'memurai.msi', howTo: '' } });
    const shown = await show(3, { windowsArchive: { file: FILE, published: SHA256, typed: '' } }, failure);
    expect(await screen.findByText(/as Memurai comes in: Triad runs no installer/u)).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
    await shown.user.click(screen.getByRole('button', { name: 'Choose another' }));
    expect(await screen.findByText(/as Memurai comes in: Triad runs no installer/u)).toBeTruthy();
  });

  it('has the help of each field beside it', async () => {
    await choose(await show(3));
    const { fields, without } = helpOfFields();
    expect(fields).toEqual(expect.arrayContaining(['SHA-256 on the release page', 'Use it on my word alone']));
    expect(without).toEqual([]);
  });
});

describe('with an archive of Memurai', () => {
  const MEMURAI: WindowsArchive = {
    ...ARCHIVE,
    name: 'Memurai.zip',
    distribution: 'memurai',
    version: '7.4.9',
    productVersion: '4.2.3',
    licence: 'LicenseRef-Memurai',
    files: ['memurai.exe', 'memurai-cli.exe', 'license.lic'].map((name) => ({ name, sizeBytes: 1, sha256: SHA256 })),
    leftOut: [],
  };
  const own = { file: FILE, published: SHA256, typed: '' };
  const yes = (): HTMLElement => screen.getByRole('checkbox', { name: 'Use Memurai as an experiment' });

  it('is marked as experimental, with what it needs, and held until somebody says yes', async () => {
    const shown = await show(3, { version: '7.4.9', windowsArchive: own }, MEMURAI);
    await screen.findByText('Memurai 4.2.3 (compatible with Redis 7.4.9), 12 MiB. 3 files go to each Windows server.');
    for (const told of [/^Experimental: Triad was never tried with the real Memurai/u, /this cluster needs six/u])
      expect(screen.getByText(told)).toBeTruthy();
    expect(screen.getByText('Taken along as licence files: license.lic.')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'SHA-256 noted where the zip was made' })).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
    expect(screen.getByText('Tick this to go on with Memurai, or choose the zip of redis-windows.')).toBeTruthy();
    await waitFor(() => {
      expect(document.activeElement).toBe(yes());
    });

    await shown.user.click(yes());
    expect(draftNow().redis.windowsArchive).toEqual({ ...own, experimental: 'memurai' });
    await shown.user.click(yes());
    expect(draftNow().redis.windowsArchive).toEqual(own);
    await shown.user.click(yes());
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('the yes belongs to the file: another one needs its own, and redis-windows needs none', async () => {
    const shown = await show(3, { version: '7.4.9', windowsArchive: { ...own, experimental: 'memurai' } }, MEMURAI);
    await screen.findByText(/^Memurai 4\.2\.3/u);
    expect((yes() as HTMLInputElement).checked).toBe(true);
    await shown.user.click(screen.getByRole('button', { name: 'Choose another' }));
    await waitFor(() => {
      expect((yes() as HTMLInputElement).checked).toBe(false);
    });
  });

  it('how its zip is made can be read before one is chosen', async () => {
    const { user } = await show(3);
    await user.click(screen.getByRole('button', { name: 'Memurai instead, as an experiment: how to make its zip' }));
    expect(
      await screen.findByText(/msiexec \/a Memurai\.msi \/qn TARGETDIR=C:\\unpacked.*Send to, Compressed \(zipped\) folder/u),
    ).toBeTruthy();
  });

  const ownService = (): HTMLElement | null =>
    screen.queryByRole('switch', { name: "Memurai as a service of its own, without Triad's program" });

  it('can be a service of its own, which redis-windows is not asked for', async () => {
    const { user } = await show(3, { version: '7.4.9', windowsArchive: own }, MEMURAI);
    await screen.findByText(/^Memurai 4\.2\.3/u);
    await user.click(screen.getByRole('switch', { name: "Exclude Triad's folders from Microsoft Defender" }));
    await user.click(ownService() ?? document.body);
    expect(draftNow().windows).toEqual({ defenderExclusions: 'add', service: 'own' });
    expect(screen.getByText(/^Windows starts Memurai itself/u)).toBeTruthy();
    await user.click(ownService() ?? document.body);
    expect(draftNow().windows).toEqual({ defenderExclusions: 'add' });
  });

  it('once a service of its own was wanted, redis-windows holds the step until that is switched off', async () => {
    const shown = await show(3, { version: '8.2.1', windowsArchive: own }, { ...ARCHIVE, isListed: true });
    await screen.findByText(/^Redis 8\.2\.1/u);
    expect(ownService()).toBeNull();
    act(() => {
      draftStore.getState().current?.edit((draft) => ({ ...draft, windows: { defenderExclusions: 'none', service: 'own' } }));
    });
    expect(screen.getByText(/^The program of this archive is no service by itself/u)).toBeTruthy();
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
    await shown.user.click(ownService() ?? document.body);
    expect([ownService(), draftNow().windows]).toEqual([null, { defenderExclusions: 'none' }]);
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });

  it('without a licence file in it, that is said', async () => {
    await show(3, { version: '7.4.9', windowsArchive: own }, { ...MEMURAI, files: MEMURAI.files.slice(0, 2) });
    expect(await screen.findByText(/^No licence file lies beside memurai\.exe/u)).toBeTruthy();
  });
});

describe('the version that is thought of where an archive tells none', () => {
  const chosen = { file: FILE, published: '', typed: '' };
  const asked = (): readonly unknown[] => inspections.map(({ version }) => version);

  it("is the draft's, and once more where that changes", async () => {
    await show(3, { version: '7.4.9', windowsArchive: chosen }, { ...ARCHIVE, version: '7.4.9' });
    await screen.findByText(/^Redis 7\.4\.9/u);
    act(() => {
      draftStore.getState().current?.edit((draft) => ({ ...draft, redis: { ...draft.redis, version: '7.2.5' } }));
    });
    await waitFor(() => {
      expect(asked()).toEqual(['7.4.9', '7.2.5']);
    });
  });

  it.each([
    ['nobody decided on, with Windows servers alone', 3, {}, null],
    ['the Linux servers get', 1, {}, '7.0.15'],
    ['the draft had with another archive', 3, { version: '7.4.9', windowsArchive: chosen }, '7.4.9'],
  ] as const)('is at a choice the one that %s', async (_, windows, redis, expected) => {
    const { user } = await show(windows, redis);
    await user.click(screen.getByRole('button', { name: 'version' in redis ? 'Choose another' : 'Choose the zip' }));
    await waitFor(() => {
      expect(choices).toEqual([{ version: expected }]);
    });
  });
});

describe('with servers of both kinds', () => {
  it('the archive must be of the version that the Linux servers get', async () => {
    const shown = await show(1);
    expect(screen.getByRole('combobox', { name: 'Version' })).toBeTruthy();
    await choose(shown);
    expect(draftNow().redis.version).toBe('7.0.15');
    expect(screen.getByText('It holds Redis 8.2.1, and the Linux servers get 7.0.15. All six nodes need the same version.')).toBeTruthy();
    await shown.user.click(box('Use it on my word alone'));
    await shown.user.paste(SHA256.slice(0, 8));
    await continueOn(shown);
    expect(stepNow()).toBe('redis');
  });

  it('goes on where both have one version', async () => {
    const archive = { ...ARCHIVE, version: '7.0.15' };
    const shown = await show(2, { windowsArchive: { file: FILE, published: SHA256, typed: '' } }, archive);
    await screen.findByText('The SHA-256 is the one that you gave.');
    await continueOn(shown);
    await waitFor(() => {
      expect(stepNow()).toBe('placement');
    });
  });
});

it('an archive that a specification names though no server needs it can be taken away, and holds nobody', async () => {
  const shown = await show(0, { windowsArchive: { file: FILE, published: '', typed: '' } });
  await screen.findByText('Nobody vouches for this file yet.');
  await shown.user.click(screen.getByRole('button', { name: 'Do without' }));
  expect(draftNow().redis.windowsArchive).toBeUndefined();
  expect(screen.queryByRole('heading', { name: 'Redis on the Windows servers' })).toBeNull();
  await continueOn(shown);
  await waitFor(() => {
    expect(stepNow()).toBe('placement');
  });
});
