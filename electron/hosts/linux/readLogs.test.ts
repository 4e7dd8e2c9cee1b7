import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { LogEnd } from '../host.ts';
import { LOG_TAIL_BYTES } from '../logTroubles.ts';
import type { HostShell } from './hostShell.ts';
import { readLogs } from './readLogs.ts';

const run = promisify(execFile);
const line = (second: number, text: string): string => `1:M 23 Nov 2026 17:56:${String(second).padStart(2, '0')}.099 * ${text}\n`;
const WRITTEN = Date.UTC(2026, 10, 23, 15, 56, 40) / 1000;

/** Reads logs of a folder by the script itself, as a server would. */
async function read(files: Readonly<Record<string, string>>, ...names: readonly string[]): Promise<readonly LogEnd[]> {
  const folder = mkdtempSync(join(tmpdir(), "triad's logs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), WRITTEN, WRITTEN);
  }
  const shell = {
    run: async ({ script }: { readonly script: string }) => run('sh', ['-c', script], { maxBuffer: 4 * LOG_TAIL_BYTES }),
  } as unknown as HostShell;
  const ends = await readLogs(
    shell,
    names.map((name) => join(folder, name)),
  );
  return ends.map((end, index) => ({ ...end, path: names[index] ?? '' }));
}

test('short logs are whole, with the zone that the files tell; one that is not there is told so', async () => {
  expect(await read({ '7000.log': line(39, 'one') + line(40, 'two') }, '7000.log', 'none.log')).toEqual([
    { path: '7000.log', state: 'read', text: line(39, 'one') + line(40, 'two'), isWhole: true, zoneMinutes: 120 },
    { path: 'none.log', state: 'absent', text: '', isWhole: false, zoneMinutes: null },
  ]);
});

test('what was put aside comes first, also where nothing was logged since', async () => {
  const [both, aside] = await read(
    { '7000.log': line(40, 'new'), '7000.log.1': line(39, 'old'), '7001.log.1': line(40, 'old') },
    '7000.log',
    '7001.log',
  );
  expect(both).toMatchObject({ text: line(39, 'old') + line(40, 'new'), isWhole: true });
  expect(aside).toMatchObject({ state: 'read', text: line(40, 'old'), zoneMinutes: 120 });
});

test('of a long log only the end is read', async () => {
  const [long, longAside] = await read(
    {
      '7000.log': `${'x'.repeat(LOG_TAIL_BYTES)}\n${line(40, 'last')}`,
      '7001.log': line(40, 'new'),
      '7001.log.1': `${'x'.repeat(LOG_TAIL_BYTES)}\n`,
    },
    '7000.log',
    '7001.log',
  );
  for (const end of [long, longAside]) {
    expect(end?.isWhole).toBe(false);
    expect(end?.text).toHaveLength(LOG_TAIL_BYTES);
    expect(end?.zoneMinutes).toBe(120);
  }
});
