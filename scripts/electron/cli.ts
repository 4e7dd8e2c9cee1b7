// `npm run electron [-- --retry]`: finds the Electron runtime, makes it ready, and says which it is.
import { parseArgs } from 'node:util';
import { PracticeError } from '../practice/practiceError.ts';
import { findRuntime } from './runtime.ts';
import { RuntimeError } from './runtimeError.ts';

try {
  const { values } = parseArgs({ options: { retry: { type: 'boolean', default: false } } });
  const runtime = await findRuntime((sentence) => process.stderr.write(`${sentence}\n`), { retryDownload: values.retry });
  process.stdout.write(`${runtime.sentence}\n${runtime.executable}\n`);
} catch (error) {
  if (!(error instanceof RuntimeError) && !(error instanceof PracticeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
