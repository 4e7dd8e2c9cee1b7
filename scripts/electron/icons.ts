// `npm run icons`: draws resources/icons/triad.svg in every size and container that the platforms want. Their results are in the checkout.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PracticeError } from '../practice/practiceError.ts';
import { mustRun } from '../practice/runCommand.ts';
import { ensureDebianPackages } from './debianPackages.ts';
import { icoFile } from './icoFile.ts';
import { RuntimeError } from './runtimeError.ts';

const folder = fileURLToPath(new URL('../../resources/icons', import.meta.url));
const drawing = join(folder, 'triad.svg');

/** What a Linux desktop looks for, in pixels; electron-builder reads the size out of each name. */
const pngSizes = [16, 32, 48, 64, 128, 256, 512] as const;
const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const;
const icnsSizes = [16, 32, 128, 256, 512, 1024] as const;

async function draw(size: number, file: string): Promise<Uint8Array> {
  await mustRun('draw the icon', 'rsvg-convert', ['--width', `${size}`, '--height', `${size}`, '--output', file, drawing]);
  return readFile(file);
}

async function makeIcons(): Promise<void> {
  await ensureDebianPackages(['librsvg2-bin', 'icnsutils'], 'Drawing the icons', (sentence) => process.stderr.write(`${sentence}\n`));
  const work = await mkdtemp(join(tmpdir(), 'triad-icons-'));
  try {
    const drawn = (size: number): Promise<Uint8Array> => draw(size, join(work, `${size}.png`));
    for (const size of pngSizes) await draw(size, join(folder, `${size}x${size}.png`));
    const images = [];
    for (const size of icoSizes) images.push({ size, png: await drawn(size) });
    await writeFile(join(folder, 'icon.ico'), icoFile(images));
    for (const size of icnsSizes) await drawn(size);
    const inputs = icnsSizes.map((size) => join(work, `${size}.png`));
    await mustRun('make the icon for macOS', 'png2icns', [join(folder, 'icon.icns'), ...inputs]);
  } finally {
    await rm(work, { recursive: true });
  }
}

try {
  await makeIcons();
} catch (error) {
  if (!(error instanceof RuntimeError) && !(error instanceof PracticeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
