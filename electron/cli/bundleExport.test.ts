import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { eventsOfLook } from '../artifacts/bundle/testing/sampleBundle.ts';
import { findPrograms, planWith } from '../handlers/findPrograms.ts';
import { keepRun } from '../handlers/window/testing/keepRun.ts';
import { MADE_MEMURAI, makeMemurai } from '../storage/windowsArchive/testing/windowsArchives.ts';
import { bundleExport, specOf } from './bundleCommand.ts';

test('an export with the programs of Memurai says that they are sold, and one without them does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triad-export-'));
  let out = '';
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  vi.stubEnv('TRIAD_BUNDLES', 'resources/redis');
  vi.stubEnv('TRIAD_HOME', join(folder, 'home'));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (out += String(text)) !== '');
  const archive = join(folder, 'Memurai.zip');
  const bytes = makeMemurai();
  writeFileSync(archive, bytes);
  const spec = join(folder, 'cluster.yaml');
  const windowsArchive = { file: archive, sha256: createHash('sha256').update(bytes).digest('hex'), experimental: 'memurai' };
  writeFileSync(
    spec,
    stringify({
      schemaVersion: 1,
      name: 'sessions',
      servers: [1, 2, 3].map((index) => ({
        name: `server-${index}`,
        address: `10.77.0.1${index}`,
        platform: 'windows',
        ssh: { user: 'Administrator', auth: { privateKeyFile: '/home/ana/.ssh/id' } },
      })),
      redis: { version: MADE_MEMURAI.redis, windowsArchive },
      windows: { service: 'own' },
    }),
  );
  const asked = await specOf(spec);
  const home = join(folder, 'home');
  const plan = planWith(asked, await findPrograms(asked, ['windows', 'windows', 'windows'], 'resources/redis', home));
  await keepRun(home, { workflow: 'validate', plan, events: eventsOfLook(plan) });
  const file = join(folder, 'cluster.triad');
  expect(await bundleExport({ spec, out: file, fromLast: true, withBinaries: true })).toBe(0);
  expect(out).toContain('Commercial programs are inside: the archive with Memurai, and the licence file');
  out = '';
  expect(await bundleExport({ spec, out: file, fromLast: true })).toBe(0);
  expect(out).toContain('is written');
  expect(out).not.toContain('Commercial');
});
