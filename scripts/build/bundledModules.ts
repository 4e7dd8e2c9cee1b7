import type { Plugin } from 'vite';

/** Adds the path of every module of a build to the set, style sheets and what was shaken off included: more rather than less. */
export function bundledModules(modules: Set<string>): Plugin {
  return {
    name: 'triad:bundled-modules',
    generateBundle() {
      // A leading zero byte marks modules that exist in the bundler only; a question mark begins their parameters.
      for (const id of this.getModuleIds()) if (!id.startsWith('\0')) modules.add(id.split('?')[0] ?? id);
    },
  };
}
