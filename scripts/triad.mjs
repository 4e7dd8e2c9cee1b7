// `npm run -s triad -- COMMAND`: the command line of this checkout, built again when a source file has changed.
// JavaScript, because stripping types would cost every start 45 ms.
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cliOutput, cliSourceState, isCliBuilt } from './build/cliState.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(`${root}electron/cli.ts`)) {
  process.stderr.write('There is no command line in this checkout: electron/cli.ts does not exist.\n');
  process.exit(1);
}
if (!isCliBuilt(cliSourceState())) {
  process.stderr.write('Building the command line, because its source has changed.\n');
  const { buildCli } = await import('./build/buildCli.ts');
  await buildCli();
}
enableCompileCache(`${root}node_modules/.cache/node`);
// As if it had been started by its own name: argument parsers drop the first two.
process.argv.splice(1, 1, cliOutput.entry);
await import(pathToFileURL(cliOutput.entry).href);
