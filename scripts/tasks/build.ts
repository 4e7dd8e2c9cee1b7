// `npm run build`: everything that is built, whether or not its source has changed.
import { buildApp } from '../build/buildApp.ts';
import { buildCli } from '../build/buildCli.ts';

const files = await buildCli();
process.stdout.write(`Built the command line into out/cli: ${files.length} files.\n`);
for (const { part, files: count, sizeBytes } of await buildApp())
  process.stdout.write(`Built the app's ${part} into out/${part}: ${count} files, ${(sizeBytes / 1e6).toFixed(2)} MB.\n`);
