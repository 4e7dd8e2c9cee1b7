import { afterScenes } from './scenes/afterScenes.ts';
import { fieldScenes } from './scenes/fieldScenes.ts';
import { homeScenes } from './scenes/homeScenes.ts';
import { patchScenes } from './scenes/patchScenes.ts';
import { runScenes } from './scenes/runScenes.ts';
import type { Scene } from './scenes/scene.ts';
import { windowScenes } from './scenes/windowScenes.ts';
import { windowsScenes } from './scenes/windowsScenes.ts';

/** Every screen in every state that can be looked at, by name. */
export const scenes: Readonly<Record<string, Scene>> = {
  ...homeScenes,
  ...windowScenes,
  ...fieldScenes,
  ...runScenes,
  ...patchScenes,
  ...afterScenes,
  ...windowsScenes,
};
