// The window on a fake core, for looking at every screen without Electron. Serve the folder `renderer` by Vite and open
// `app/testing/gallery.html?scene=install-running&theme=dark&language=pt`; without a scene it lists them. No part of a build of the app:
// `scripts/build/buildGallery.ts` builds it for the tests of every screen.
import '../../bridge/jitless.ts';
import { Settings } from '../../../electron/shared/contract/procedures.ts';

const query = new URLSearchParams(window.location.search);
const name = query.get('scene') ?? '';
const { scenes } = await import('./scenes.ts');
const scene = Object.entries(scenes).find(([key]) => key === name)?.[1];

if (scene === undefined) {
  const list = document.createElement('ul');
  for (const key of Object.keys(scenes)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `?scene=${key}`;
    link.textContent = key;
    item.append(link);
    list.append(item);
  }
  document.body.append(list);
} else {
  const { fakeCore } = await import('../../bridge/testing/fakeBridge.ts');
  const core = fakeCore();
  core.settings = Settings.parse({ theme: query.get('theme') ?? 'system', language: query.get('language') ?? 'en' });
  // What an earlier scene kept for a reload is none of this one's.
  sessionStorage.clear();
  const after = scene(core);
  core.install();
  const { start } = await import('../start.tsx');
  start();
  // Whoever shows the scene is told and need not wait for a screen that never comes.
  await after().catch((error: unknown) => {
    reportError(error);
  });
  document.body.dataset['ready'] = 'true';
}
