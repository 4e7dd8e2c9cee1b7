import type {
  BundleComparison,
  BundleContent,
  ExportedBundle,
  ExportedFolder,
  TakenBundle,
} from '../../../../electron/shared/contract/bundles.ts';
import type { RunComparison } from '../../../../electron/shared/contract/history.ts';
import type { HistoryEntry } from '../../../../electron/shared/contract/procedures.ts';
import { samplePlan } from '../../../../electron/report/testing/sampleRecord.ts';
import { fakeId } from '../../../bridge/testing/fakeBridge.ts';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const plan = samplePlan();
const file = { id: fakeId(77), name: 'sessions.triad' };
const keyOf = (index: number): BundleContent['hostKeys'][number] => ({
  endpoint: `10.77.0.1${index + 1}:22`,
  key: { type: 'ssh-ed25519', fingerprint: `SHA256:${'pQ3vYx8Lk2'.repeat(5).slice(index, index + 43)}` },
});

/** A bundle that was written. */
export const writtenBundle: ExportedBundle = {
  file,
  sizeBytes: 148_213,
  sha256: SHA256,
  parts: 61,
  verdict: 'pass',
  isSealed: false,
  hasPrograms: false,
};

/** A folder of plain files that was written. */
export const writtenFolder: ExportedFolder = {
  as: 'ansible',
  name: 'sessions-ansible',
  place: 'clusters',
  readme: { id: fakeId(78), name: 'README.md' },
  files: 52,
  sizeBytes: 6_842_110,
  isNew: true,
};

/** A bundle that was looked into. */
export const inspectedBundle: BundleContent = {
  file,
  sizeBytes: 148_213,
  sha256: SHA256,
  cluster: 'sessions',
  madeAt: '2026-03-14T22:05:00.000Z',
  triadVersion: '0.1.0',
  engine: 'redis',
  version: '7.0.15',
  servers: plan.servers.map(({ name, address }) => ({ name, address, login: `admin@${address}:22` })),
  nodes: plan.nodes.map(({ id, address, dataPort, role }, index) => ({
    node: id,
    endpoint: `${address}:${dataPort}`,
    role,
    redisId: `${index}7c1f0e2`.repeat(5).slice(0, 40),
  })),
  hostKeys: [0, 1, 2].map(keyOf),
  runs: [
    { runId: 'a', workflow: 'install', verdict: 'pass', at: '2026-02-01T21:05:00.000Z' },
    { runId: 'b', workflow: 'validate', verdict: 'pass', at: '2026-03-14T22:05:00.000Z' },
  ],
  isSealed: true,
  hasPrograms: false,
  parts: ['README.md', 'known-hosts.json', 'nodes.json', 'plan.json', 'servers/server-1/files/etc/triad/7000.conf', 'spec.yaml'].map(
    (path, index) => ({ path, sizeBytes: 800 * (index + 1) }),
  ),
};

/** A bundle and a cluster with another node timeout, one file fewer and other programs. */
export const comparedBundle: BundleComparison = {
  first: file.name,
  second: { kind: 'validated', at: '2026-03-14T22:05:00.000Z' },
  differences: [
    {
      path: 'servers/server-1/files/opt/triad/sessions/7000.conf',
      kind: 'differs',
      diff: [
        '--- a/servers/server-1/files/opt/triad/sessions/7000.conf',
        '+++ b/servers/server-1/files/opt/triad/sessions/7000.conf',
        '@@ -12,5 +12,5 @@',
        ' cluster-enabled yes',
        '-cluster-node-timeout 5000',
        '+cluster-node-timeout 8000',
        ' cluster-require-full-coverage no',
        '',
      ].join('\n'),
    },
    { path: 'servers/server-2/nodes-7001.conf', kind: 'onlyInFirst', diff: '' },
    { path: 'redis/redis-7.0.15/linux-x64/redis-server.gz', kind: 'differs', diff: '' },
    { path: 'runs/20260314T220500000Z-validate/events.ndjson', kind: 'onlyInFirst', diff: '' },
    { path: 'runs/20260320T220500000Z-validate/events.ndjson', kind: 'onlyInSecond', diff: '' },
  ],
};

/** A bundle from another administrator's computer, opened here. */
export const takenBundle: TakenBundle = {
  file,
  cluster: 'sessions',
  servers: plan.servers.map(({ name, address }) => ({ name, address })),
  newRuns: 3,
  hostKeys: [0, 1, 2].map(keyOf),
  hasPassword: false,
  isSealed: true,
  absentFiles: ['id_ed25519'],
};

function entry(runId: string, startedAt: string, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    runId,
    workflow: 'validate',
    startedAt,
    finishedAt: new Date(Date.parse(startedAt) + 1900).toISOString(),
    verdict: 'pass',
    wasAborted: false,
    isActive: false,
    isInterrupted: false,
    trials: [],
    operator: 'ana@desk',
    adminMachine: 'desk',
    ...change,
  };
}

const cut = { finishedAt: null, verdict: null } as const;

/** A history with a run of every standing. */
export const historyEntries: readonly HistoryEntry[] = [
  entry('r9', '2026-03-22T02:30:00.000Z', { ...cut, isElsewhere: true, operator: 'root@jump', adminMachine: 'jump.example.org' }),
  entry('r8', '2026-03-21T02:30:00.000Z', { operator: 'root@jump', adminMachine: 'jump.example.org' }),
  entry('r7', '2026-03-20T22:30:00.000Z', { workflow: 'maintenanceEnd', finishedAt: '2026-03-20T22:31:12.000Z' }),
  entry('r6', '2026-03-20T22:02:00.000Z', { workflow: 'maintenanceBegin', verdict: 'passWithoutTolerance' }),
  entry('r5', '2026-03-20T02:30:00.000Z', { verdict: 'fail', operator: 'root@jump', adminMachine: 'jump.example.org' }),
  entry('r4', '2026-03-14T23:10:00.000Z', {
    workflow: 'failoverTest',
    finishedAt: '2026-03-14T23:11:04.000Z',
    trials: [
      { server: 'server-2', scenario: 'serverLost' as const, startedAt: '2026-03-14T23:10:12.000Z', verdict: 'pass', outageMs: 7400 },
    ],
  }),
  entry('r3', '2026-03-14T22:40:00.000Z', { workflow: 'failoverTest', verdict: 'fail', wasAborted: true }),
  entry('r2', '2026-03-14T22:10:00.000Z', { workflow: 'install', finishedAt: '2026-03-14T22:10:41.000Z' }),
  entry('r1', '2026-03-14T22:05:00.000Z', { ...cut, workflow: 'install', isInterrupted: true, operator: '', adminMachine: '' }),
];

/** What has changed between two validations. */
export const comparedRuns: RunComparison = {
  before: { runId: 'r5', workflow: 'validate', verdict: 'fail', startedAt: '2026-03-20T02:30:00.000Z' },
  after: { runId: 'r8', workflow: 'validate', verdict: 'pass', startedAt: '2026-03-21T02:30:00.000Z' },
  checks: [
    {
      id: 'cluster.survivesLoss',
      title: 'The loss of the server is survived',
      subject: 'server-2',
      before: 'fail',
      after: 'pass',
      observed: 'Every shard keeps a node with its data, and two of three masters remain',
    },
    { id: 'server.time', title: 'Clocks agree', subject: 'server-3', before: null, after: 'warn', observed: '1.4 s apart' },
  ],
  facts: [
    { what: 'Kernel', subject: 'server-2', before: '6.1.0-18-amd64', after: '6.1.0-21-amd64' },
    { what: 'Boot (a new one is a restart)', subject: 'server-2', before: '5b2c', after: 'e0f1' },
  ],
  figures: [{ what: 'Duration', subject: '', before: '2.1 s', after: '1.9 s' }],
};
