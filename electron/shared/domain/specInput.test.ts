import { expect, test } from 'vitest';
import { ClusterSpec } from './spec.ts';
import { specInputOfSpec } from './specInput.ts';

const server = (index: number, ssh: Record<string, unknown>): unknown => ({ name: `server-${index}`, address: `10.77.0.1${index}`, ssh });

test.each([
  ['the least', { servers: [1, 2, 3].map((index) => server(index, { user: 'root', auth: { agent: true } })) }],
  [
    'everything',
    {
      servers: [
        server(1, {
          host: 'One.example',
          port: 2222,
          user: 'a',
          auth: { privateKeyFile: '/k', passphraseEnv: 'PASS' },
          sudo: { passwordEnv: 'SUDO' },
        }),
        server(2, { user: 'a', auth: { passwordEnv: 'LOGIN' }, hostKey: `SHA256:${'a'.repeat(43)}` }),
        server(3, { user: 'a', auth: { privateKeyFile: '/k' } }),
      ],
      redis: {
        version: '8.0.2',
        archive: { file: '/a.tar.gz', sha256: 'ab'.repeat(32) },
        windowsArchive: { file: '/a.zip', sha256: 'cd'.repeat(32) },
        passwordFile: '/p',
        maxMemory: '3gb',
        persistence: 'rdb',
      },
      paths: { install: '/srv/i', data: '/srv/d', logs: '/srv/l' },
      firewall: { manage: true, clients: ['10.1.2.3/8'] },
      windows: { defenderExclusions: 'add' },
      failoverTest: { scenarios: ['serverLost', 'networkCut'], servers: ['server-2'], rounds: 3, deadlineSeconds: 300 },
    },
  ],
  [
    'a password by name',
    { servers: [1, 2, 3].map((index) => server(index, { user: 'root', auth: { agent: true } })), redis: { passwordEnv: 'P' } },
  ],
])('a specification is read back as it was written: %s', (_, raw) => {
  const spec = ClusterSpec.parse({ schemaVersion: 1, name: 'sessions', ...raw });
  expect(ClusterSpec.parse(specInputOfSpec(spec))).toEqual(spec);
});
