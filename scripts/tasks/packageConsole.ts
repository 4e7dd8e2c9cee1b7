// `npm run package:console [-- --target win-x64]`: the command line as an executable that needs no Node.
import { parseArgs } from 'node:util';
import { buildConsole, CONSOLE_TARGETS, ownTarget } from '../build/buildConsole.ts';

const { values } = parseArgs({ options: { target: { type: 'string' } } });
const target = values.target === undefined ? ownTarget() : CONSOLE_TARGETS.find((one) => one === values.target);
if (target === undefined) {
  process.stderr.write(`${values.target ?? ''} is no target; known are: ${CONSOLE_TARGETS.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const { file, sizeBytes } = await buildConsole(target);
  process.stdout.write(`Built ${file} (${(sizeBytes / 1e6).toFixed(1)} MB) for ${target}.\n`);
}
