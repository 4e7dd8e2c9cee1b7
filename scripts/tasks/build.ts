// `npm run build`: everything that is built, whether or not its source has changed.
import { buildCli } from '../build/buildCli.ts';

const files = await buildCli();
process.stdout.write(`Built the command line into out/cli: ${files.length} files.\n`);
