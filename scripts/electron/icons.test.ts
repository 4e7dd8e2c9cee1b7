import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../resources/icons', import.meta.url));
const pngSignature = '89504e470d0a1a0a';

/** Width and height as a PNG's header has them. */
function pngSize(png: Buffer): readonly [number, number] {
  expect(png.subarray(0, 8).toString('hex')).toBe(pngSignature);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe('the icons', () => {
  it.each([16, 32, 48, 64, 128, 256, 512])('have a picture of %i pixels for Linux', async (size) => {
    expect(pngSize(await readFile(join(folder, `${size}x${size}.png`)))).toEqual([size, size]);
  });

  it('have a file for Windows with a picture at each place that its index names', async () => {
    const ico = await readFile(join(folder, 'icon.ico'));
    const count = ico.readUInt16LE(4);
    const sizes = Array.from({ length: count }, (_, index) => {
      const at = 6 + 16 * index;
      const [bytes, offset] = [ico.readUInt32LE(at + 8), ico.readUInt32LE(at + 12)];
      const [width] = pngSize(ico.subarray(offset, offset + bytes));
      expect(width % 256).toBe(ico.readUInt8(at));
      return width;
    });
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('have a file for macOS that is as long as it says', async () => {
    const icns = await readFile(join(folder, 'icon.icns'));
    expect(icns.subarray(0, 4).toString('latin1')).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
