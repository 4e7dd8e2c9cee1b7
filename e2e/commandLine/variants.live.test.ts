import { expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

async function running(set: PracticeSet): Promise<readonly string[]> {
  const { stdout } = await set.run(1, `systemctl list-units --no-legend --plain --state=active 'triad-*.service' | cut -d' ' -f1`);
  return stdout.trim().split('\n').toSorted();
}

test('two clusters live side by side, with other ports, folders and persistence; removing one leaves the other alone', async () => {
  const set = await servers.up();
  const bare = await serverSnapshots(set);
  const first = triad.spec(set, (spec) => {
    spec.name = 'first';
    spec.redis = { persistence: 'none', maxMemory: '32mb' };
  });
  const second = triad.spec(set, (spec) => {
    spec.name = 'second';
    spec.redis = { masterPort: 7100, replicaPort: 7205, persistence: 'rdb', maxMemory: '32mb', nodeTimeoutMs: 2000 };
    spec.paths = { install: '/srv/triad/programs', data: '/srv/triad/data', logs: '/srv/triad/logs' };
  });
  expect(runVerdict(await triad.run(['install', '--spec', first, '--yes', '--json']))).toEqual(passedRun);
  const withFirst = await serverSnapshots(set);
  expect(runVerdict(await triad.run(['install', '--spec', second, '--yes', '--json']))).toEqual(passedRun);
  expect(await running(set)).toEqual([
    'triad-first-7000.service',
    'triad-first-7001.service',
    'triad-second-7100.service',
    'triad-second-7205.service',
  ]);
  // A master without persistence comes back empty: its service must not start before the replica has taken over.
  const { stdout: waits } = await set.run(1, 'systemctl show -p RestartUSec --value triad-first-7000.service triad-second-7100.service');
  expect(waits.trim().split(/\s+/u)).toEqual([expect.stringMatching(/^1\ds$/u), expect.stringMatching(/^\d(s|00ms)$/u)]);

  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', second, '--yes', '--json']))).toEqual(passedRun);
  expect(runVerdict(await triad.run(['validate', '--spec', first, '--json']))).toEqual(passedRun);
  // Data and logs of the first went on meanwhile.
  const settled = (shots: readonly string[]): readonly string[] =>
    shots.map((shot) =>
      shot
        .split('\n')
        .filter((line) => !/ \/var\/(lib|log)\/triad\/first\//u.test(line))
        .join('\n'),
    );
  expect(settled(await serverSnapshots(set))).toEqual(settled(withFirst));
  expect(runVerdict(await triad.run(['remove', '--delete-data', '--spec', first, '--yes', '--json']))).toEqual(passedRun);
  expect(await serverSnapshots(set)).toEqual(bare);
}, 300_000);

test('a changed setting reaches running nodes without a restart', async () => {
  const set = await servers.up();
  const spec = triad.spec(set, (edited) => {
    edited.redis = { maxMemory: '32mb' };
  });
  expect(runVerdict(await triad.run(['install', '--spec', spec, '--yes', '--json']))).toEqual(passedRun);
  const pids = async (): Promise<string> => (await set.run(1, 'pgrep -x redis-server | sort')).stdout;
  const before = await pids();
  const larger = triad.spec(set, (edited) => {
    edited.redis = { maxMemory: '48mb', nodeTimeoutMs: 3000 };
  });
  const changed = await triad.run(['install', '--spec', larger, '--yes', '--json']);
  expect(runVerdict(changed)).toEqual(passedRun);
  const commands = changed.events.flatMap((event) => (event.type === 'clusterCommand' ? [event.command] : []));
  expect(commands.filter((command) => command === `CONFIG SET maxmemory ${48 * 1024 ** 2}`)).toHaveLength(6);
  expect(commands.filter((command) => command === 'CONFIG SET cluster-node-timeout 3000')).toHaveLength(6);
  expect(await pids()).toBe(before);
  expect(runVerdict(await triad.run(['validate', '--spec', larger, '--json']))).toEqual(passedRun);
}, 180_000);
