import { expect, test } from 'vitest';
import { ClusterSpec } from './spec.ts';

const servers = [1, 2, 3].map((number) => ({
  name: `server-${number}`,
  address: `10.0.0.${number}`,
  ssh: { user: 'admin', auth: { agent: true } },
}));

/** The folder as a specification reads it, or what it says against it. */
function read(windows: string): unknown {
  const parsed = ClusterSpec.safeParse({ schemaVersion: 1, name: 'sessions', servers, paths: { windows } });
  return parsed.success ? parsed.data.paths.windows : parsed.error.issues.map(({ path, message }) => [path.join('.'), message]);
}

test.each([
  ['C:\\Triad', 'C:\\Triad'],
  ['d:/data/triad', 'D:\\data\\triad'],
  ['E:\\Redis-Cluster_1\\v1.2', 'E:\\Redis-Cluster_1\\v1.2'],
  ['C:\\Windows2\\triad', 'C:\\Windows2\\triad'],
  ['C:\\ProgramData\\Triad', 'C:\\ProgramData\\Triad'],
])('%s is a folder for Triad', (typed, folder) => {
  expect(read(typed)).toBe(folder);
});

test.each([
  ['Triad', 'spec.windowsFolderForm'],
  ['C:', 'spec.windowsFolderForm'],
  ['C:\\', 'spec.windowsFolderForm'],
  ['C:\\Triad\\', 'spec.windowsFolderForm'],
  ['C:\\My Triad', 'spec.windowsFolderForm'],
  ['C:\\Triad\\..\\Windows', 'spec.windowsFolderForm'],
  ['C:\\Triad.', 'spec.windowsFolderForm'],
  ['\\\\server\\share', 'spec.windowsFolderForm'],
  ['C:\\Tri&ad', 'spec.windowsFolderForm'],
  [`C:\\${'a'.repeat(80)}`, 'spec.windowsFolderForm'],
  ['C:\\data\\NUL', 'spec.windowsDeviceName'],
  ['C:\\com1.old\\triad', 'spec.windowsDeviceName'],
  ['C:\\Windows', 'spec.windowsFolderSystem'],
  ['c:/windows/triad', 'spec.windowsFolderSystem'],
  ['C:\\ProgramData\\ssh\\triad', 'spec.windowsFolderSystem'],
  ['C:\\ProgramData', 'spec.folderTooHigh'],
  ['C:\\Users\\admin', 'spec.folderTooHigh'],
])('%s is refused: %s', (typed, message) => {
  expect(read(typed)).toEqual([['paths.windows', message]]);
});

test.each([
  ['windows', 'DOMAIN\\admin', true],
  ['windows', 'admin@example.org', true],
  ['windows', 'Administrator', true],
  ['windows', 'A\\B\\c', false],
  ['windows', '\\admin', false],
  ['linux', 'DOMAIN\\admin', false],
  ['linux', 'admin@10.0.0.1', false],
  [undefined, 'DOMAIN\\admin', true],
  [undefined, 'admin@10.0.0.1', false],
  [undefined, 'A\\B\\c', false],
])('on %s, %s as a user is %s', (platform, user, isOne) => {
  const input = servers.map((server, index) =>
    index === 1 ? { ...server, ...(platform === undefined ? {} : { platform }), ssh: { ...server.ssh, user } } : server,
  );
  const parsed = ClusterSpec.safeParse({ schemaVersion: 1, name: 'sessions', servers: input });
  const issues = parsed.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];
  expect(issues).toEqual(isOne ? [] : [['servers.1.ssh.user', 'spec.user']]);
});
