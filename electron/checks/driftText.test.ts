import { expect, test } from 'vitest';
import type { Change } from '../shared/domain/change.ts';
import type { FoundPath, FoundUnit } from '../shared/domain/server.ts';
import { driftText } from './driftText.ts';
import { exampleFacts } from './testing/exampleFacts.ts';
import { fileChange } from './testing/nodeRows.ts';

const PATH = '/opt/triad/bin/redis-7.0.15/redis-server';
const there: FoundPath = {
  path: PATH,
  kind: 'file',
  mode: 0o755,
  owner: 'root',
  group: 'root',
  sizeBytes: 3,
  sha256: 'cd'.repeat(32),
  content: null,
};
const unit: FoundUnit = {
  unit: 'triad-sessions-7000.service',
  load: 'loaded',
  active: 'active',
  sub: 'running',
  enabled: 'disabled',
  mainPid: 1,
  needsReload: false,
  restarts: 0,
};
const facts = exampleFacts('server-1', {
  paths: [
    there,
    { ...there, path: fileChange.path, mode: 0o666, owner: 'ana' },
    { ...there, path: '/var/lib/triad', kind: 'folder', owner: 'ana' },
  ],
  units: [unit],
});
const binary: Change = { kind: 'binary', id: `binary:${PATH}`, path: PATH, mode: 0o755, sha256: 'ab'.repeat(32), sizeBytes: 3 };
const folder: Change = {
  kind: 'folder',
  id: 'folder:/var/lib/triad',
  path: '/var/lib/triad',
  owner: 'root',
  group: 'root',
  mode: 0o755,
  exists: true,
};
const service: Change = { kind: 'service', id: 'service:x', unit: unit.unit, action: 'enable' };

test.each<readonly [string, Change, string]>([
  ['another program', binary, `binary:${PATH}: root:root 0755 sha256 ${'cd'.repeat(32)} → root:root 0755 sha256 ${'ab'.repeat(32)}`],
  [
    'a program on a Windows server',
    { ...binary, path: 'C:\\Triad\\bin\\redis-server.exe' },
    `binary:${PATH}: absent → Administrators:Administrators 0755 sha256 ${'ab'.repeat(32)}`,
  ],
  ['a folder of another owner', folder, 'folder:/var/lib/triad: ana:root 0755 → root:root 0755'],
  ['a folder that is gone', { ...folder, path: '/gone' }, 'folder:/var/lib/triad: absent → root:root 0755'],
  ['rights of a file', { ...fileChange, action: 'permissions' }, `${fileChange.id}: ana:root 0666 → `],
  ['the content of a secret', { ...fileChange, holdsSecret: true, diff: null }, `${fileChange.id}: other content (not shown)`],
  ['a unit out of the boot', service, 'service:x: disabled, active (running) → enabled, active'],
  ['a unit that is gone', { ...service, unit: 'gone' }, 'service:x: absent → enabled, active'],
  ['an account', { kind: 'user', id: 'user:triad-redis', user: 'triad-redis' }, 'user:triad-redis: absent → there'],
])('%s is told with what is there and what should be', (_name, change, words) => {
  expect(driftText(change, facts)).toContain(words);
});
