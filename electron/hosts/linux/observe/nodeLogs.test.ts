import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { FoundLog } from '../../../shared/domain/server.ts';
import { observeNothing } from '../testing/samples.ts';
import { LOG_TAIL_BYTES } from '../../logTroubles.ts';
import { readLogs } from './nodeLogs.ts';
import { observeScript } from './observeScript.ts';
import { splitSections } from './sections.ts';

const DATE = '22 Nov 2026 14:51:39.367';
const START = [
  `234:C ${DATE} # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
  `234:C ${DATE} # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=234, just started`,
];
const UNREACHED = `235:S ${DATE} # Error condition on socket for SYNC: Connection refused`;

/** Writes logs, reads them by the script itself, as a server would, and gives what was found. */
async function foundIn(...texts: readonly string[]): Promise<readonly FoundLog[]> {
  const folder = await mkdtemp(join(tmpdir(), 'triad-logs-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const logs = texts.map((_, index) => join(folder, `700${index}.log`));
  await Promise.all(logs.map(async (path, index) => writeFile(path, texts[index] ?? '')));
  const { script } = observeScript({ ...observeNothing, logs });
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], { maxBuffer: 2 ** 24, env: { ...process.env, LC_ALL: 'C' } });
  return readLogs(logs, splitSections(stdout));
}

async function troublesIn(lines: readonly string[]): Promise<readonly string[]> {
  const [log] = await foundIn(`${lines.join('\n')}\n`);
  expect(log?.troubles).toBe(log?.lines.length);
  return log?.lines ?? [];
}

/** What Redis 7.0 and 8.0 write when something is broken; the level is given where it is not `#`. */
const TROUBLES = [
  '* Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to complete, this may slow down Redis.',
  '# Out Of Memory allocating 1048576 bytes!',
  "# Can't save in background: fork: Cannot allocate memory",
  "# Can't rewrite append only file in background: fork: Cannot allocate memory",
  '# Background saving error',
  '# Background saving terminated by signal 9',
  '# Background saving terminated by signal 11',
  '# Background AOF rewrite terminated with error',
  '# Background AOF rewrite terminated by signal 7',
  '# Write error saving DB on disk(rdb_save): No space left on device',
  '# Write error while saving DB to the disk(fflush): No space left on device',
  '# Failed opening the temp RDB file temp-1.rdb (in server root dir /var/lib/x) for saving: Read-only file system',
  '# Error writing to the AOF file: No space left on device',
  '# Short write while writing to the AOF file: (nwritten=10, expected=30)',
  '# Fail to fsync the AOF file: Input/output error',
  '# Short read or OOM loading DB. Unrecoverable error, aborting now.',
  '# !!! Warning: short read while loading the AOF file appendonly.aof.1.incr.aof!!!',
  '# Bad file format reading the append only file appendonly.aof.1.incr.aof: make a backup of your AOF file',
  '# Wrong RDB checksum expected: (1) but got (2). Aborting now.',
  "# Fatal: can't update cluster config file.",
  '# Could not rename tmp cluster config file: No space left on device',
  '# Unrecoverable error: corrupted cluster config file "nodes.conf".',
  '# Sorry, the cluster configuration file nodes.conf is already used by a different Redis Cluster node.',
  '# Failed listening on port 7000 (tcp), aborting.',
  '# Redis 7.0.15 crashed by signal: 11, si_code: 1',
  '# Valkey 8.1.3 crashed by signal: 11, si_code: 1',
  '# === ASSERTION FAILED ===',
  '# Error accepting a client connection: Too many open files (addr=10.0.0.1:1 laddr=10.0.0.2:7000)',
  '# Client id=7 addr=10.0.0.1:1 scheduled to be closed ASAP for overcoming of output buffer limits.',
  '# Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis.',
  "# == CRITICAL == This replica is sending an error to its master: 'ERR' after processing the command 'set'",
];

/** What a healthy life is full of: starting, forming, a failover on both sides of it, what other checks tell, and what ends a child on purpose. */
const HARMLESS = [
  '# Configuration loaded',
  '# Server initialized',
  '# WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition.',
  '# WARNING: The TCP backlog setting of 511 cannot be enforced because /proc/sys/net/core/somaxconn is set to the lower value of 128.',
  '# configEpoch set to 1 via CLUSTER SET-CONFIG-EPOCH',
  '# IP address for this node updated to 10.0.0.1',
  '# Cluster state changed: fail',
  '# Cluster state changed: ok',
  '# Diskless rdb transfer, done reading from pipe, 1 replicas still up.',
  '# Diskless rdb transfer, last replica dropped, killing fork child.',
  '# Connection with replica 10.0.0.2:7001 lost.',
  '# Connection with master lost.',
  '# Start of election delayed for 617 milliseconds (rank #0, offset 1234).',
  '# Starting a failover election for epoch 8.',
  '# Currently unable to failover: Waiting for votes, but majority still not reached.',
  '# Failover auth granted to 96b6e1691f31a22676b0d69eff5331134e49650c for epoch 8',
  '# Failover auth denied to 96b6e1691f31a22676b0d69eff5331134e49650c: its master is up',
  "# Failover election won: I'm the new master.",
  '# Manual failover requested by replica 96b6e1691f31a22676b0d69eff5331134e49650c.',
  '# Configuration change detected. Reconfiguring myself as a replica of 96b6e1691f31a22676b0d69eff5331134e49650c',
  '# User requested shutdown...',
  '# Redis is now ready to exit, bye bye...',
  "* Can't attach the replica to the current BGSAVE. Waiting for next BGSAVE for SYNC",
  '* Background saving terminated with success',
  '* Background AOF rewrite terminated with success',
  '# Background saving terminated by signal 10',
  '# Background AOF rewrite terminated by signal 10',
  '* Marking node 96b6e1691f31a22676b0d69eff5331134e49650c as failing (quorum reached).',
];

test('every line that tells of trouble is found, by grep and here alike, and nothing else', async () => {
  const inLine = (message: string): string => `77:M ${DATE} ${message}`;
  const troubles = TROUBLES.map(inLine);
  expect(await troublesIn([...START, ...HARMLESS.map(inLine)])).toEqual([]);
  // A few at a time: no more than twenty are kept.
  expect(await troublesIn([...START, ...troubles.slice(0, 16), ...HARMLESS.map(inLine)])).toEqual(troubles.slice(0, 16));
  expect(await troublesIn([...START, ...troubles.slice(16)])).toEqual(troubles.slice(16));
});

test('only what came after the last start counts, in words of Redis 7.0, 8.0 and Valkey', async () => {
  const full = `77:M ${DATE} # Error writing to the AOF file: No space left on device`;
  expect(await troublesIn([...START, full, ...START])).toEqual([]);
  expect(await troublesIn([full, `234:C ${DATE} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`])).toEqual([]);
  expect(await troublesIn([full, `234:C ${DATE} * oO0OoO0OoO0Oo Valkey is starting oO0OoO0OoO0Oo`, full])).toEqual([full]);
  // A client that makes Redis write such words starts nothing.
  expect(await troublesIn([full, `77:M ${DATE} # Client name=Redis is starting oO0OoO0OoO0Oo`])).toEqual([full]);
});

test.each([
  ['copied from its master', '* MASTER <-> REPLICA sync: Finished with success'],
  ['gone on where it was', '* Successful partial resynchronization with master.'],
  ['won the election', "# Failover election won: I'm the new master."],
  ['taken over by hand', '# Taking over the master (user request).'],
])('a replica that did not reach its master for a while is no trouble once it has %s', async (_, mended) => {
  const others = [
    'MASTER timeout: no data nor PING received...',
    'MASTER aborted replication with an error: NOAUTH Authentication required.',
    'Unable to AUTH to MASTER: -WRONGPASS invalid username-password pair or user is disabled.',
    'Unable to connect to MASTER: Invalid argument',
    'Timeout connecting to the MASTER...',
    'I/O error trying to sync with MASTER: connection lost',
    'Failed to read response from the server: Connection reset by peer',
  ].map((message) => `235:S ${DATE} # ${message}`);
  const full = `235:S ${DATE} # Error writing to the AOF file: No space left on device`;
  const before = [...START, UNREACHED, full, ...others, UNREACHED];
  expect(await troublesIn(before)).toEqual(before.slice(START.length));
  expect(await troublesIn([...before, `235:S ${DATE} ${mended}`])).toEqual([full]);
  expect(await troublesIn([...before, `235:S ${DATE} ${mended}`, UNREACHED])).toEqual([full, UNREACHED]);
});

test('of many lines the newest twenty are kept and all are counted; of a long log only its end is read', async () => {
  const numbered = Array.from({ length: 25 }, (_, index) => `77:M ${DATE} # Error number ${index}`);
  const [kept, cut] = await foundIn(
    `${numbered.join('\n')}\n`,
    `77:M ${DATE} # Error too long ago\n${`77:M ${DATE} * nothing\n`.repeat(LOG_TAIL_BYTES / 30)}77:M ${DATE} # Error at last`,
  );
  expect([kept?.troubles, kept?.lines.at(0), kept?.lines.at(-1)]).toEqual([25, numbered[5], numbered[24]]);
  expect(cut?.lines).toEqual([`77:M ${DATE} # Error at last`]);
});

test('a line is shown on one line and no longer than fits', async () => {
  const [line] = await troublesIn([`77:M ${DATE} # Error \u001B[31m\u0007red\u0000 ${'x'.repeat(1000)}`]);
  expect(line).toMatch(/# Error {2}\[31m red {2}x+$/u);
  expect(line).toHaveLength(300);
});

test('logs are told apart: one that is there, one that is not, one that could not be read', () => {
  const sections = splitSections(`\n\u001Elogs\nabsent\t/l/7000.log\n==> /l/7001.log <==\n${UNREACHED}\n`);
  expect(readLogs(['/l/7000.log', '/l/7001.log', '/l/7002.log'], sections)).toEqual([
    { path: '/l/7000.log', state: 'absent', troubles: 0, lines: [] },
    { path: '/l/7001.log', state: 'read', troubles: 1, lines: [UNREACHED] },
    { path: '/l/7002.log', state: 'unread', troubles: 0, lines: [] },
  ]);
});

test("since a moment only later lines count, by the server's clock and zone; what crashed since then counts though it was started again", () => {
  const at = (time: string, message: string): string => `77:M 22 Nov 2026 ${time} ${message}`;
  const crash = at('15:31:00.000', '# Redis 7.0.15 crashed by signal: 11, si_code: 1');
  const lines = [
    at('15:29:59.999', '# Error that was told'),
    at('15:30:00.000', '# Error at that moment'),
    crash,
    at('15:31:01.000', '* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'),
    '77:M a time in no known form # Error of some day',
  ];
  const section = (zone: string): string => `\n\u001Elogs\nzone\t${zone}\n==> /l/7000.log <==\n${lines.join('\n')}\n`;
  const since = { at: '2026-11-22T14:00:00.000Z', onServerMs: Date.parse('2026-11-22T14:00:00.000Z') };
  const troubles = (zone: string): readonly string[] =>
    readLogs(['/l/7000.log'], splitSections(section(zone)), since).flatMap((log) => [log.since ?? '', ...log.lines]);
  expect(troubles('+0130')).toEqual([since.at, lines[1], crash, lines[4]]);
  expect(troubles('-0300')).toEqual([since.at, ...lines.filter((line) => !line.includes('starting'))]);
  expect(troubles('+0300')).toEqual([since.at, lines[4]]);
});
