import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line as one folder without node_modules; `scripts/build/buildCli.ts` names the folder it is built into. */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  define: {
    // Left alone in a build for Node, which would carry React's development half and choose between the two at every start.
    'process.env.NODE_ENV': '"production"',
    // ReferenceErrors in an ECMAScript module otherwise: ssh2 names a helper file beside itself at load, on every platform, and
    // write-file-atomic mixes its own name into those of its temporary files.
    __filename: 'import.meta.filename',
    __dirname: 'import.meta.dirname',
  },
  // Else it depends on NODE_ENV of whoever builds: vitest's `test` would call React's development half, which the line above leaves out.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  build: {
    ssr: true,
    target: 'node24',
    rolldownOptions: {
      input: { cli: `${root}electron/cli.ts` },
      // ssh2 asks for both inside a try/catch and works without them; they are compiled binaries that are never installed here.
      external: ['cpu-features', /sshcrypto\.node$/u],
      // All in one folder, as deep below the root as the sources in electron/cli: `resources` is found from either.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true },
});
