import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The command line as one CommonJS file, as Node's single-executable feature asks for: there is no file system from which it could load a second one. The
 * rest is as in `cli.vite.config.ts`, where the reasons stand.
 */
export default defineConfig({
  root,
  publicDir: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  oxc: { jsx: { runtime: 'automatic', development: false } },
  build: {
    ssr: true,
    target: 'node24',
    rolldownOptions: {
      input: { triad: `${root}electron/cli.ts` },
      external: ['cpu-features', /sshcrypto\.node$/u],
      output: { format: 'cjs', codeSplitting: false, entryFileNames: '[name].cjs' },
    },
  },
  ssr: { noExternal: true },
});
