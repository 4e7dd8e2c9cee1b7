// Lies in resources/app of the fallback runtime and does what the official runtime's own default app does: `electron FOLDER` opens the app
// in that folder. An ECMAScript module, because its top-level `await` holds back Electron's "ready" until the app's own main has been loaded.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

/** What the official default app calls too; the public types leave two of them out. */
const opened = /** @type {typeof app & { setVersion(version: string): void, setAppPath(path: string): void }} */ (app);

const root = resolve(process.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '.');
const manifest = /** @type {{ name: string, productName?: string, version: string, main: string }} */ (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
);
opened.setName(manifest.productName ?? manifest.name);
opened.setVersion(manifest.version);
opened.setAppPath(root);
Object.assign(process, { defaultApp: true });
await import(pathToFileURL(join(root, manifest.main)).href);
