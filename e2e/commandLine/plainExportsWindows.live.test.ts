import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { serverNumbers, type ServerNumber } from '../../scripts/practice/setPlace.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest } from './triadCommand.ts';
import { windowsSnapshots } from './windowsSnapshots.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
const work = mkdtempSync(join(tmpdir(), 'triad-exports-windows-'));
const plain = join(work, 'plain');
beforeAll(async () => void (await ensureHelper(() => undefined)));
afterAll(() => rmSync(work, { recursive: true, force: true }));

// Every sign that batch files take.
const PASSWORD = 'aZ09_.+/:,@-=';
const env = { CLUSTER_PASSWORD: PASSWORD };
/** Where the folder lies on a server: blanks and signs that cmd reads in its own way. */
const ODD = 'of ours (1) & yours!';

let set: PracticeSet;
let spec = '';
const nameOf = (number: ServerNumber): string => set.servers[number - 1]?.name ?? '';

async function exported(): Promise<unknown> {
  spec = triad.spec(set, ({ redis }) => {
    redis['passwordEnv'] = 'CLUSTER_PASSWORD';
  });
  const { code, stdout } = await triad.run(['export', '--as', 'shell', '--spec', spec, '--out', plain, '--json'], { env });
  return { code, ...(JSON.parse(stdout) as object) };
}

function copyTo(number: ServerNumber): void {
  const { driveC } = set.windows(number);
  cpSync(plain, join(driveC, ODD), { recursive: true });
  writeFileSync(join(driveC, ODD, 'pass word.txt'), `${PASSWORD}\n`);
}

/** Runs a batch file with the password of the file that lies beside it, or from the standard input. Its exit code, and what it said. */
async function runBatch(number: ServerNumber, script: string, input?: string): Promise<string> {
  const word = input === undefined ? `"C:\\${ODD}\\pass word.txt"` : '-';
  const options = { timeoutMs: 200_000, ...(input === undefined ? {} : { input }) };
  const { code, stdout, stderr } = await set.ssh(number, `"C:\\${ODD}\\${script}.cmd" ${word}`, options);
  return `${code} ${stdout}${stderr}`;
}

/**
 * Sets the access lists of the exported files once more, by SSH: Wine forgets those that a program on the server sets, and a practice server keeps only what comes that
 * way. So Triad compares what stands in the files with what it would set itself.
 */
async function keepAccessLists(number: ServerNumber): Promise<void> {
  const lists = ['folders', 'access'].map((list) => readFileSync(join(plain, 'servers', nameOf(number), `${list}.txt`), 'utf8'));
  const bin = join(set.windows(number).driveC, 'Triad', 'bin');
  const [version = ''] = readdirSync(bin);
  const helper = readdirSync(join(bin, version)).find((name) => /^triad-service-[0-9a-f]+\.exe$/u.test(name)) ?? '';
  const { code, stdout } = await set.ssh(number, `C:\\Triad\\bin\\${version}\\${helper} acl -`, { input: `${lists.join('')}\n` });
  expect(`${code} ${stdout}`).toMatch(/^0 /u);
}

/** The verdict of a validation, made again while nothing but the clocks is open: where all processors are busy, they cannot be compared closely enough. */
async function validated(): Promise<unknown> {
  for (;;) {
    const run = await triad.run(['validate', '--spec', spec, '--json'], { env });
    const open = run.result.checks.filter(({ verdict }) => ['fail', 'unknown', 'passWithoutTolerance'].includes(verdict));
    if (open.length === 0 || open.some(({ id }) => id !== 'server.clock')) return runVerdict(run);
  }
}

/** What Triad would still change, by id. */
async function stillToDo(): Promise<readonly string[]> {
  const { events } = await triad.run(['plan', '--spec', spec, '--json'], { env });
  return events.flatMap((event) => (event.type === 'changesPlanned' ? event.changes.map(({ id }) => id) : []));
}

/** Everything on the first server but what Wine's cmd forgets to remove where it reads the output of a command. */
async function onServer1(): Promise<readonly string[]> {
  const [shot = ''] = await windowsSnapshots(set, [1]);
  return shot.split('\n').filter((line) => !/\\Temp\\CMD[0-9a-f]+\.tmp /u.test(line));
}

const patience = { timeout: 400_000 };

test('batch files refuse the wrong server, a changed file and an odd password, and change nothing', patience, async () => {
  set = await servers.up({ windows: true });
  expect(await exported()).toMatchObject({ code: 0, type: 'exported', isNew: true });
  execFileSync('sh', ['-c', 'sha256sum -c --quiet SHA256SUMS'], { cwd: plain });
  expect(() => execFileSync('grep', ['-rlF', '-e', PASSWORD, plain])).toThrow(expect.objectContaining({ status: 1 }));
  for (const number of serverNumbers) copyTo(number);
  const changed = join(set.windows(3).driveC, ODD, 'servers', nameOf(3), 'access.txt');
  const right = readFileSync(changed);
  appendFileSync(changed, '\n');
  expect(await runBatch(1, `install-${nameOf(1)}`, '\n')).toMatch(/^1 Refused: there is no password/u);
  const bare = await onServer1();
  expect(
    await Promise.all([
      runBatch(1, `install-${nameOf(2)}`),
      runBatch(2, `install-${nameOf(2)}`, 'a"&echo taken&"b\n'),
      runBatch(3, `install-${nameOf(3)}`),
    ]),
  ).toEqual([
    expect.stringMatching(/^1 Refused: this machine does not have the address/u),
    expect.stringMatching(/^1 Refused: batch files take passwords of letters/u),
    expect.stringMatching(/^1 Refused: \S+access\.txt is not what Triad wrote/u),
  ]);
  expect(await onServer1()).toEqual(bare);
  writeFileSync(changed, right);
});

test('they build the cluster on bare servers, and a second run changes nothing', patience, async () => {
  const built = await Promise.all(
    serverNumbers.map((number) => runBatch(number, `install-${nameOf(number)}`, number === 1 ? `${PASSWORD}\n` : undefined)),
  );
  for (const said of built) expect(said).toMatch(/^0 changed: C:/u);
  expect(await runBatch(2, 'form-cluster')).toMatch(/^0 changed: (?:.*\r\n)+The cluster .* stands: 6 nodes/u);
  for (const number of serverNumbers) await keepAccessLists(number);
  expect(
    await Promise.all([
      runBatch(1, `install-${nameOf(1)}`),
      runBatch(2, `install-${nameOf(2)}`, 'another\n'),
      runBatch(3, 'form-cluster', `${PASSWORD}\n`),
    ]),
  ).toEqual([
    expect.stringMatching(/^0 Everything is as it must be: nothing was changed on /u),
    expect.stringMatching(/^1 Refused: the nodes run with another password/u),
    expect.stringMatching(/^0 The cluster .* stands: 6 nodes/u),
  ]);
});

test('Triad goes on from there: only its record of what was before is missing', patience, async () => {
  for (const number of serverNumbers) rmSync(join(set.windows(number).driveC, ODD), { recursive: true });
  expect(await validated()).toEqual(passedRun);
  expect(await stillToDo()).toEqual(serverNumbers.map(() => 'file:C:\\Triad\\before.json'));
});
