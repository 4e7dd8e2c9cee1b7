// `npm run package [-- --test | --targets]`: packages the app for this platform.
import { parseArgs } from 'node:util';
import { PracticeError } from '../practice/practiceError.ts';
import { readFuses } from './fuses.ts';
import { packageApp } from './packageApp.ts';
import { findRuntime } from './runtime.ts';
import { RuntimeError } from './runtimeError.ts';

const usage = `Packages the app for this platform into out/package, or out/package-test for a test build.

  npm run package                 the unpacked app: a release with the official Electron, a test build with the fallback
  npm run package -- --test       the unpacked app as a test build: the inspector of its main process can be used, as Playwright does
  npm run package -- --targets    everything that electron-builder.yml lists for this platform; needs the official Electron and its
                                  download host, and on Linux, for deb and rpm, who publishes them: TRIAD_HOMEPAGE (a web
                                  address) and TRIAD_MAINTAINER ("Name <mail@host>")
`;

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      test: { type: 'boolean', default: false },
      targets: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (values.test && values.targets) throw new RuntimeError('A test build is only made as a folder: leave --targets or --test out.');
  const runtime = await findRuntime(say);
  const purpose = values.test || (runtime.kind === 'fallback' && !values.targets) ? 'test' : 'release';
  const { folder, executable } = await packageApp({ runtime, purpose, extent: values.targets ? 'targets' : 'folder', progress: say });
  const fuses = Object.entries(await readFuses(executable)).map(([name, on]) => `${name} ${on ? 'on' : 'off'}`);
  process.stdout.write(
    `${purpose === 'test' ? 'A TEST BUILD, not to be given to anyone' : 'The release'}: ${folder}\nFuses: ${fuses.join(', ')}.\n`,
  );
}

try {
  await run();
} catch (error) {
  if (!(error instanceof RuntimeError) && !(error instanceof PracticeError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
