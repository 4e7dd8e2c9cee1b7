import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { resourcesFolder } from '../../scripts/redis/ensureBundle.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const VERSION = '8.0.2';

/** An archive as an admin packs a build of her own: the two programs somewhere in it, beside other things. */
function ownArchive(): { readonly file: string; readonly sha256: string } {
  const folder = mkdtempSync(join(tmpdir(), 'triad-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'redis.tar.gz');
  const programs = join(resourcesFolder, `redis-${VERSION}`, 'linux-x64');
  execFileSync('tar', ['-czf', file, '-C', programs, '--transform', 's,^,our-redis/src/,', 'LICENSE', 'redis-server', 'redis-cli']);
  return { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

test("a cluster from the admin's own archive, and one that does not hold the version it is said to", async () => {
  const set = await servers.up();
  const archive = ownArchive();
  const specOf = (version: string): string =>
    triad.spec(set, (edited) => {
      edited.redis = { version, archive, maxMemory: '32mb' };
    });
  const wrong = await triad.run(['plan', '--spec', specOf('8.0.99'), '--json']);
  expect(wrong.events).toContainEqual(
    expect.objectContaining({
      type: 'note',
      level: 'warn',
      message: { code: 'bundle.note.versionNotFound', values: { name: 'redis-server', version: '8.0.99' } },
    }),
  );

  const installed = await triad.run(['install', '--spec', specOf(VERSION), '--yes', '--json']);
  expect(runVerdict(installed)).toEqual(passedRun);
  expect(installed.events.filter(({ type }) => type === 'note')).toEqual([]);
  const { stdout } = await set.run(3, '/opt/triad/bin/*/redis-server --version');
  expect(stdout).toContain(`v=${VERSION} `);
}, 120_000);
