// Every screen in every state, on a fake core: what the journeys through the window see of some screens only.
import { faultsOf } from '../accessible.ts';
import { expect, test, type Gallery } from '../gallery.ts';
import { schemes, shoot, useScheme, useSize, useZoom } from '../look.ts';
import { readScreen, unseenFocus } from '../screen.ts';

// Under a minute on an idle machine for the longest of them, several where two cores have other work.
test.setTimeout(900_000);

/** The screen of a running installation with so many events that only its frames are worth a look. */
const manyEvents = 'many';

/** Screens with many controls. */
const busy = [
  'home',
  'settings',
  'servers-key-unknown',
  'redis-more',
  'placement-lost',
  'reachability',
  'review',
  'install-broken',
  'failover-before',
  'report-connect',
  'report-remove',
  'bundle-seal',
  'bundle-taken',
  'history',
  'patch-choose',
  'patch-now',
  'patch-ended',
];

/** Shows every scene, one after the other, and collects what is wrong with them: one sentence each, with the scene's name. */
async function faultsOfAll(
  { scenes, show, errors }: Gallery,
  look: (say: (fault: string) => void, scene: string) => Promise<void>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  errors();
  expect(scenes.length).toBeGreaterThan(60);
  for (const scene of scenes.filter((one) => one !== manyEvents)) {
    const say = (fault: string): void => void faults.push(`${scene}: ${fault}`);
    await show(scene);
    await look(say, scene);
    // What breaks on purpose is told there.
    if (!scene.startsWith('broken')) errors().forEach(say);
    else errors();
  }
  return faults;
}

/** Sets size and zoom of the window, and waits until the page has them. */
async function useView({ app, window }: Gallery, width: number, height: number, zoom: number): Promise<void> {
  await useSize(app, width, height);
  await useZoom(app, zoom);
  await expect.poll(() => window.evaluate(() => [innerWidth, innerHeight])).toEqual([width / zoom, height / zoom]);
}

test.beforeEach(async ({ gallery: { window } }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' });
});

test('in a small window, light and dark: axe finds nothing, nothing lies beside the page, one primary action is in sight, nothing moves', async ({
  gallery,
}) => {
  const { app, window } = gallery;
  await useView(gallery, 1024, 700, 1);
  const faults = await faultsOfAll(gallery, async (say, scene) => {
    for (const scheme of schemes) {
      await useScheme(app, scheme);
      for (const { id, help, where } of await faultsOf(window)) say(`${scheme}: ${id}, ${help}: ${where.join(' ')}`);
      await shoot(window, `scenes/${scene}-${scheme}`);
    }
    const { sideways, primaries, moving } = await readScreen(window);
    sideways.forEach(say);
    moving.forEach((name) => say(`${name} moves`));
    if (primaries.length > 1) say(`has ${primaries.length} primary actions: ${primaries.map(({ words }) => words).join(', ')}`);
    for (const { words, isInSight } of primaries) if (!isInSight) say(`"${words}" is out of sight`);
  });
  expect(faults).toEqual([]);
});

for (const [name, width, height, zoom] of [
  ['on a 4K display', 3840, 2160, 1],
  ['in a small window with text of 200 %', 1024, 700, 2],
] as const)
  test(`${name}: nothing lies beside the page, and the primary action can be reached`, async ({ gallery }) => {
    const { window } = gallery;
    await useView(gallery, width, height, zoom);
    const faults = await faultsOfAll(gallery, async (say, scene) => {
      // Not before: another document begins with text of its ordinary size.
      await useView(gallery, width, height, zoom);
      if (zoom > 1) await shoot(window, `scenes/${scene}-large-text`);
      const { sideways, primaries } = await readScreen(window);
      sideways.forEach(say);
      for (const { words, canBeReached } of primaries) if (!canBeReached) say(`"${words}" cannot be reached`);
    });
    await useView(gallery, 1024, 700, 1);
    expect(faults).toEqual([]);
  });

test('what stands still for whoever asked for less motion moves for everybody else', async ({ gallery: { window, show } }) => {
  await window.emulateMedia({ reducedMotion: 'no-preference' });
  await show('failover-running');
  expect((await readScreen(window)).moving).not.toEqual([]);
});

test('the Tab key never leads to a place that cannot be seen', async ({ gallery }) => {
  const { window, show } = gallery;
  await useView(gallery, 1024, 700, 1);
  const found: string[] = [];
  for (const scene of busy) {
    await show(scene);
    const { unseen, places } = await unseenFocus(window, 150);
    expect(places, scene).toBeGreaterThan(2);
    found.push(...unseen.map((one) => `${scene}: ${one}`));
  }
  expect(found).toEqual([]);
});
