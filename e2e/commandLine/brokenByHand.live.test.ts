import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { startWriters, type ClusterWriters } from './clusterWriters.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { serverSnapshots } from './serverSnapshots.ts';
import { triadForTest, type FinishedCommand } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

const env = { REDIS_PASSWORD: 'a password of the admin' };
const KEYS = Array.from({ length: 30 }, (_, number) => `key-${number}`);
type ServerNumber = 1 | 2 | 3;
const ALL: readonly ServerNumber[] = [1, 2, 3];

let set: PracticeSet;
let spec: string;
let installed: FinishedCommand;
let writers: ClusterWriters;
afterAll(() => writers.close());

const nameOf = (server: ServerNumber): string => set.place.servers[server - 1]?.name ?? '';
const unitOf = (port: number): string => `triad-${set.place.prefix}-${port}.service`;

/** Runs a script as root; it has to succeed. */
async function sh(server: ServerNumber, script: string): Promise<string> {
  const { stdout, stderr, code } = await set.run(server, script);
  expect(`${code} ${stderr}`).toBe('0 ');
  return stdout.trim();
}

async function redis(server: ServerNumber, port: number, command: string): Promise<string> {
  const cli = `$(ls /opt/triad/bin/*/redis-cli) -h ${set.servers[server - 1]?.address ?? ''} -p ${port}`;
  return sh(server, `REDISCLI_AUTH='${env.REDIS_PASSWORD}' ${cli} ${command}`);
}

async function run(command: string): Promise<FinishedCommand> {
  return triad.run([command, '--spec', spec, '--json', ...(command === 'validate' ? [] : ['--yes'])], { env });
}

/** What a validation has to say beside passes: `check subject: observed`. A slow disk is no matter of Triad's. */
async function findings(): Promise<readonly { readonly what: string; readonly verdict: string; readonly remedy: string }[]> {
  const { result } = await run('validate');
  expect(result.failure).toBe(null);
  return result.checks
    .filter(({ verdict, observed }) => !['pass', 'skipped'].includes(verdict) && !observed.includes('fsync is taking too long'))
    .map(({ id, subject, verdict, observed, remedy }) => ({ what: `${id} ${subject}: ${observed}`, verdict, remedy: remedy ?? '' }));
}

/** The findings on one check, with verdict, once it says something. */
async function found(check: string): Promise<readonly string[]> {
  return (await findings()).filter(({ what }) => what.startsWith(`${check} `)).map(({ what, verdict }) => `${verdict} ${what}`);
}

/** Everything that Redis keeps: its running configuration, its keys, and what the nodes know of each other. */
async function insideRedis(): Promise<readonly string[]> {
  const nodes = ALL.flatMap((server) => [7000, 7001].map((port) => ({ server, port })));
  return Promise.all(
    nodes.map(async ({ server, port }) => {
      // Sorted: Redis answers in the order of a hash table, which is another one while it saves.
      const said = await Promise.all(
        ["CONFIG GET '*' | paste - - | sort", "KEYS '*' | sort", 'CLUSTER NODES | cut -d" " -f1-4,7,9- | sort'].map((ask) =>
          redis(server, port, ask),
        ),
      );
      return [`${server}:${port}`, ...said].join('\n');
    }),
  );
}

test('a cluster with keys is installed', async () => {
  set = await servers.up({ servers: { 3: { dataDisk: { path: '/var/lib/triad', sizeBytes: 2 * 1024 ** 3 } } } });
  spec = triad.spec(set, (edited) => (edited.redis = { passwordEnv: 'REDIS_PASSWORD', maxMemory: '64mb' }));
  installed = await run('install');
  expect(runVerdict(installed)).toEqual(passedRun);
  for (const key of KEYS) expect(await redis(1, 7000, `-c SET ${key} kept`)).toBe('OK');
}, 120_000);

test('a validation changes nothing: neither on the servers nor in Redis', async () => {
  const [outside, inside] = [await serverSnapshots(set), await insideRedis()];
  expect(runVerdict(await run('validate'))).toEqual(passedRun);
  expect(await insideRedis()).toEqual(inside);
  expect(await serverSnapshots(set)).toEqual(outside);
});

describe('what was broken by hand is found under its name, and mended where Triad says it can', () => {
  // They write from before the first fault until after the last. Redis acknowledges a write before its replica has it, so a fault that makes Redis elect
  // another master by itself (a killed master, a power cut) may lose the last ones, and failover tests measure how many. None of these faults does: masters
  // move by CLUSTER FAILOVER and by planned switchovers, which hand every write over, and whatever else is broken, the master goes on. Writes may be refused
  // meanwhile, as with a full disk; one that was acknowledged must be there at the end.
  beforeAll(async () => {
    writers = await startWriters(installed, env.REDIS_PASSWORD);
  });
  afterEach(async () => writers.awaitServed());

  test('two masters on one server: roles, and the loss that is not survived any more', async () => {
    expect(await redis(2, 7001, 'CLUSTER FAILOVER')).toBe('OK');
    await expect.poll(async () => redis(2, 7001, 'ROLE | head -n 1'), { timeout: 10_000 }).toBe('master');
    await expect
      .poll(async () => found('cluster.survivesLoss'), { timeout: 20_000 })
      .toEqual([expect.stringMatching(`^passWithoutTolerance cluster\\.survivesLoss ${nameOf(2)}: `)]);
    const told = (await findings()).find(({ what }) => what.startsWith('cluster.roles '));
    expect(told?.remedy).toContain('restore-roles');
    expect(runVerdict(await run('restore-roles'))).toEqual(passedRun);
    expect(runVerdict(await run('validate'))).toEqual(passedRun);
  });

  test('a changed configuration: the file, and the setting that runs with it', async () => {
    const file = `/opt/triad/${set.place.prefix}/7000.conf`;
    await sh(1, `sed -i 's/^maxmemory .*/maxmemory 32mb/' ${file}`);
    expect(await redis(1, 7000, 'CONFIG SET maxmemory 32mb')).toBe('OK');
    const [drift] = await found('server.drift');
    expect(drift).toContain(`warn server.drift ${nameOf(1)}: `);
    expect(drift).toContain(file);
    // On the terminal, too, with the lines that differ: as they are on the server, and as planned.
    const shown = await triad.run(['validate', '--spec', spec], { env });
    expect(shown.stdout).toMatch(/\n +-maxmemory 32mb\n +\+maxmemory 67108864\n/u);
    expect(await found('node.settings')).toEqual([expect.stringContaining(`node.settings ${nameOf(1)}:7000: `)]);
    expect(runVerdict(await run('install'))).toEqual(passedRun);
    expect(runVerdict(await run('validate'))).toEqual(passedRun);
  });

  test('a disabled unit: it runs, and would not after a boot', async () => {
    await set.run(2, `systemctl disable ${unitOf(7001)}`);
    const told = (await findings()).filter(({ what }) => what.startsWith('node.service '));
    expect(told).toEqual([
      {
        what: expect.stringContaining(`${nameOf(2)}:7001: `) as unknown,
        verdict: 'warn',
        remedy: expect.stringContaining(`systemctl enable ${unitOf(7001)}`) as unknown,
      },
    ]);
    expect(runVerdict(await run('install'))).toEqual(passedRun);
    expect(await sh(2, `systemctl is-enabled ${unitOf(7001)}`)).toBe('enabled');
  });

  test('a closed bus port: the way, and the rule to ask for', async () => {
    await set.block(1, 3, 17_001, 'drop');
    const told = (await findings()).filter(({ what }) => what.startsWith('pair.busPort '));
    expect(told.map(({ what, verdict }) => `${verdict} ${what.split(': ')[0]}`)).toEqual([
      `fail pair.busPort ${nameOf(1)} → ${nameOf(3)}:17001`,
    ]);
    expect(told[0]?.remedy).toContain('17001');
    await set.unblock();
    expect(runVerdict(await run('validate'))).toEqual(passedRun);
  });

  test('another program in the place of ours: the file on the disk', async () => {
    const program = await sh(3, 'ls /opt/triad/bin/*/redis-server');
    await sh(3, `cp ${program} ${program}.other && printf x >>${program}.other && mv ${program}.other ${program}`);
    expect(await found('server.drift')).toEqual([expect.stringContaining(`warn server.drift ${nameOf(3)}: `)]);
    expect((await found('server.drift'))[0]).toContain(program);
    const { result } = await run('validate');
    expect(result.checks.find(({ id, verdict }) => id === 'server.drift' && verdict === 'warn')?.evidence).toMatch(
      /^binary:\S+: root:root 0755 sha256 [0-9a-f]{64} → root:root 0755 sha256 [0-9a-f]{64}$/mu,
    );
    expect(runVerdict(await run('install'))).toEqual(passedRun);
    expect(runVerdict(await run('validate'))).toEqual(passedRun);
  });

  test('a node that one peer has forgotten: who does not agree', async () => {
    const id = await redis(3, 7001, 'CLUSTER MYID');
    // The peer believes nobody who tells of it for a minute: long enough to be looked at.
    expect(await redis(1, 7000, `CLUSTER FORGET ${id}`)).toBe('OK');
    const told = await findings();
    expect(told.map(({ what, verdict }) => `${verdict} ${what}`)).toContainEqual(
      expect.stringMatching(`^fail cluster\\.members .*${nameOf(1)}:7000`),
    );
    // Only an admin's word ends that minute, which nobody has to wait for here.
    expect(await redis(1, 7000, `CLUSTER MEET ${set.servers[2]?.address ?? ''} 7001`)).toBe('OK');
    await expect.poll(async () => runVerdict(await run('validate')), { timeout: 60_000, interval: 1000 }).toEqual(passedRun);
  });

  test('a full disk: where, and how much is missing', async () => {
    const filler = '/var/lib/triad/filler';
    await sh(3, `fallocate -l $(($(df --output=avail -B1 /var/lib/triad | tail -n 1) - 1000000)) ${filler}`);
    const told = (await findings()).filter(({ what }) => what.startsWith('server.dataFolder '));
    expect(told).toEqual([
      {
        what: expect.stringContaining(`${nameOf(3)}: `) as unknown,
        verdict: 'fail',
        remedy: expect.stringContaining('/var/lib/triad') as unknown,
      },
    ]);
    await sh(3, `rm ${filler}`);
  });

  test('a replica that stopped following: the replica, and the loss that is not survived any more', async () => {
    expect(await redis(1, 7001, 'CONFIG SET masterauth wrong')).toBe('OK');
    expect(await redis(1, 7001, 'CLIENT KILL TYPE master')).toMatch(/^[1-9]/u);
    await expect
      .poll(async () => found('node.replication'), { timeout: 20_000 })
      .toContainEqual(expect.stringMatching(`^passWithoutTolerance node\\.replication ${nameOf(1)}:7001: `));
    const told = await findings();
    expect(told.map(({ what, verdict }) => `${verdict} ${what}`)).toContainEqual(
      expect.stringMatching(`^passWithoutTolerance cluster\\.survivesLoss ${nameOf(3)}: `),
    );
    // Which says why, and what puts it right: its file has the right password.
    const [why] = told.filter(({ what }) => what.startsWith(`node.password ${nameOf(1)}:7001: `));
    expect(why?.remedy).toContain(`systemctl restart ${unitOf(7001)}`);
    await sh(1, `systemctl restart ${unitOf(7001)}`);
    await expect.poll(async () => runVerdict(await run('validate')), { timeout: 30_000 }).toEqual(passedRun);
  });

  test('trouble in a log: told by the validation after it, and not again by the next', async () => {
    const log = `/var/log/triad/${set.place.prefix}/7000.log`;
    await sh(2, `printf '%s\\n' "77:M $(LC_ALL=C date '+%d %b %Y %H:%M:%S').999 # Error writing to the AOF file: made by hand" >>${log}`);
    const [told] = await found('node.logErrors');
    expect(told).toContain(`warn node.logErrors ${nameOf(2)}:7000: `);
    expect(told).toContain('made by hand');
    await expect.poll(async () => found('node.logErrors'), { timeout: 10_000 }).toEqual([]);
  });
});

test('every key is still there, and every write that was acknowledged on the way', async () => {
  const { acknowledged, lost } = await writers.finish();
  expect(lost).toEqual([]);
  expect(acknowledged.every((count) => count > 0)).toBe(true);
  for (const key of KEYS) expect(await redis(1, 7000, `-c GET ${key}`)).toBe('kept');
});
