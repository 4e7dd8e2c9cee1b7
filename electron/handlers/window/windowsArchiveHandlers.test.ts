import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import { makeMemurai, makeRelease, memuraiFiles, releaseFolder } from '../../storage/windowsArchive/testing/windowsArchives.ts';
import { apiForTest } from './testing/apiForTest.ts';

const VERSION = '8.2.1';

test('an archive is chosen, looked into, found again after a restart, and stands in the exported specification by its place', async () => {
  const { api, home, platform, reopen } = await apiForTest();
  const path = join(home, `${releaseFolder(VERSION)}.zip`);
  writeFileSync(path, makeRelease(VERSION));
  platform.answers.push(path);
  const chosen = await api.procedures['files.chooseWindowsArchive']({ version: null });
  expect(platform.offered).toEqual(['zip', 'nupkg', 'msi']);
  expect(chosen).toMatchObject({ file: { name: `${releaseFolder(VERSION)}.zip` }, archive: { version: VERSION, isListed: false } });
  const id = chosen?.file.id ?? '';
  const again = await reopen();
  expect(await again.procedures['files.inspectWindowsArchive']({ id, version: null })).toEqual(chosen?.archive);

  const draft = await api.procedures['drafts.create'](undefined);
  const sha256 = chosen?.archive.sha256 ?? '';
  const windowsArchive = { file: chosen?.file ?? { id: '', name: '' }, published: sha256, typed: '' };
  const servers = draft.servers.map((server, index) => ({ ...server, address: `10.0.0.${index + 1}`, user: 'Administrator' }));
  await api.procedures['drafts.save']({ ...draft, servers, redis: { ...draft.redis, version: VERSION, windowsArchive } });
  const out = join(home, 'out.yaml');
  platform.answers.push(out, out);
  await api.procedures['drafts.export'](draft.id);
  expect(readFileSync(out, 'utf8')).toContain(`windowsArchive:\n    file: ${path}\n    sha256: ${sha256}\n`);
  const opened = await api.procedures['drafts.open'](undefined);
  expect(opened?.redis.windowsArchive).toEqual(windowsArchive);

  rmSync(path);
  await expect(api.procedures['files.inspectWindowsArchive']({ id, version: null })).rejects.toMatchObject({
    failure: { code: 'bundle.windows.unreadable' },
  });
  await expect(api.procedures['files.inspectWindowsArchive']({ id: '0'.repeat(32), version: null })).rejects.toMatchObject({
    failure: { code: 'bundle.windows.unreadable' },
  });
});

test('what is cancelled is nothing, and what cannot be used is told', async () => {
  const { api, home, platform } = await apiForTest();
  const path = join(home, 'memurai.msi');
  writeFileSync(path, Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'));
  platform.answers.push(null, path);
  expect(await api.procedures['files.chooseWindowsArchive']({ version: null })).toBeNull();
  await expect(api.procedures['files.chooseWindowsArchive']({ version: null })).rejects.toMatchObject({
    failure: { code: 'bundle.windows.memurai' },
  });
});

test("a Memurai that does not tell of which Redis it is gets the draft's version, when it is chosen and afterwards", async () => {
  const { api, home, platform } = await apiForTest();
  // As an import calls it.
  const path = join(home, 'redis-windows.zip');
  writeFileSync(path, makeMemurai('Memurai/', memuraiFiles([])));
  platform.answers.push(path, path, path);
  const choose = api.procedures['files.chooseWindowsArchive'];
  const inspect = api.procedures['files.inspectWindowsArchive'];
  for (const version of [null, 'none'])
    await expect(choose({ version })).rejects.toMatchObject({ failure: { code: 'bundle.windows.refused' } });
  const chosen = await choose({ version: '7.4.9' });
  expect(chosen?.archive).toMatchObject({ distribution: 'memurai', version: '7.4.9' });
  const id = chosen?.file.id ?? '';
  expect(await inspect({ id, version: '7.2.5' })).toMatchObject({ version: '7.2.5' });
  await expect(inspect({ id, version: null })).rejects.toMatchObject({ failure: { code: 'bundle.windows.refused' } });
});

test('a draft with an archive is a specification that the core can run', () => {
  expect(ClusterSpec.shape.redis.parse({ windowsArchive: { file: '0'.repeat(32) } }).windowsArchive).toEqual({ file: '0'.repeat(32) });
});
