// `npm start [-- ARGS...]`: opens the app of this checkout, built again when its source has changed. ARGS go to the app.
import { fileURLToPath } from 'node:url';
import { ensureApp } from '../build/buildApp.ts';
import { runUnder } from '../install/runUnder.mjs';
import { PracticeError } from '../practice/practiceError.ts';
import { hasDisplay } from './display.ts';
import { findRuntime } from './runtime.ts';
import { RuntimeError } from './runtimeError.ts';
import { sandboxArguments } from './sandboxArguments.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

try {
  if (!hasDisplay()) throw new RuntimeError('There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set.');
  const runtime = await findRuntime(say);
  say(`Opening Triad with ${runtime.sentence}`);
  await ensureApp(say);
  process.exitCode = await runUnder(runtime.executable, [...sandboxArguments(say), root, ...process.argv.slice(2)]);
} catch (error) {
  if (!(error instanceof RuntimeError) && !(error instanceof PracticeError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
