import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

// Written out, because electron-vite would take the newest that it knows, and the app has to run on the fallback runtime too.
const [nodeTarget, chromeTarget] = ['node20.18', 'chrome130'];
// A sandboxed preload is loaded as CommonJS only, and main as CommonJS shows the first paint earlier.
const cjs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' } as const;
// Else it depends on NODE_ENV of whoever builds: vitest's `test` would call React's development half, which is not bundled.
const jsx = { runtime: 'automatic', development: false } as const;
const define = { 'process.env.NODE_ENV': '"production"' };

/** The desktop app as three folders of `out` without node_modules; `scripts/build/buildApp.ts` builds them. */
export default defineConfig({
  main: {
    define,
    oxc: { jsx },
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      rolldownOptions: {
        input: { main: at('electron/main.ts') },
        output: cjs,
        // ssh2 asks for both inside a try/catch and works without them; they are compiled binaries that are never installed here.
        external: ['cpu-features', /sshcrypto\.node$/u],
      },
    },
  },
  preload: {
    define,
    build: {
      externalizeDeps: false,
      target: nodeTarget,
      rolldownOptions: { input: { preload: at('electron/preload.ts') }, output: cjs },
    },
  },
  renderer: {
    root: at('renderer'),
    publicDir: false,
    plugins: [react()],
    oxc: { jsx },
    // The shell puts a nonce of each document in its place.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      target: chromeTarget,
      minify: true,
      // Inlined files would be `data:` addresses, which the content security policy allows for pictures only.
      assetsInlineLimit: 0,
      // Read from the disk: what counts is measured by `npm run bench:app`.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: at('renderer/index.html'),
        // Zod must be told not to compile code before anybody makes a schema: in a chunk with it, this comes before all that import it.
        output: { codeSplitting: { groups: [{ name: 'first', test: /node_modules[\\/]zod[\\/]|bridge[\\/](?:jitless|firstReply)/u }] } },
      },
    },
  },
});
