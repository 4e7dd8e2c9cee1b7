import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureHelper } from '../../scripts/windows-service/helperBuild.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { passedRun, runVerdict } from './runVerdict.ts';
import { triadForTest, type EditableSpec } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();
beforeAll(async () => void (await ensureHelper(() => undefined)));

/** As an administrator writes it who leaves it to Triad what the servers run on. */
const unsaid = (spec: EditableSpec): void => {
  for (const server of spec.servers) Reflect.deleteProperty(server, 'platform');
};

/** What stands on the disk of a Windows server beside Windows itself. */
const added = (set: PracticeSet, server: 1 | 2 | 3): readonly string[] => {
  const { driveC } = set.windows(server);
  const tools = readdirSync(join(driveC, 'Users/Administrator/.triad'));
  return [...readdirSync(driveC).filter((name) => name === 'Triad'), ...tools.map((name) => name.replace(/-[0-9a-f]{8}\.exe$/u, '.exe'))];
};

describe('three Windows servers', () => {
  test('are found out, looked at through either shell, and every way between them is tried; nothing is changed', async () => {
    const set = await servers.up({
      servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } }, 3: { windows: { openssh: '7.7', shell: 'powershell' } } },
    });
    const check = await triad.run(['check', '--spec', triad.spec(set, unsaid), '--json']);
    expect(runVerdict(check)).toEqual(passedRun);
    const { checks } = check.result;
    const verdicts = (id: string): readonly string[] => checks.filter((one) => one.id === id).map(({ verdict }) => verdict);
    expect(verdicts('server.windows')).toEqual(['warn']);
    for (const id of ['server.clock', 'server.ownMachine', 'server.windowsCommit', 'server.windowsDisk', 'server.windowsPorts'])
      expect([id, ...verdicts(id)]).toEqual([id, 'pass', 'pass', 'pass']);
    expect(verdicts('server.systemd')).toEqual(['skipped', 'skipped', 'skipped']);
    // Closed now by the gate, and opened by an installation.
    expect([...verdicts('pair.dataPort'), ...verdicts('pair.busPort')].filter((verdict) => verdict === 'warn')).toHaveLength(24);

    const plan = await triad.run(['plan', '--spec', triad.spec(set, unsaid), '--json']);
    expect(runVerdict(plan)).toEqual(passedRun);
    // The last word on each server: with the password found out, it is told once more.
    const changes = new Map(
      plan.events.flatMap((event) => (event.type === 'changesPlanned' ? [[event.server, event.changes] as const] : [])),
    );
    for (const server of set.servers) {
      const own = changes.get(server.name) ?? [];
      expect(own.filter(({ kind }) => kind === 'service')).toHaveLength(2);
      expect(own.map(({ id }) => id)).toContainEqual(expect.stringMatching(/^file:C:\\Triad\\nodes\\.*\\7000\\redis\.conf$/u));
    }

    for (const server of [1, 2, 3] as const) {
      // Only the program that looks.
      expect(added(set, server)).toEqual(['triad-service.exe']);
      expect(
        set
          .windows(server)
          .calls()
          .filter(({ tool, line }) => (tool === 'netsh.exe' || tool === 'netsh') && !line.includes(' ipv4 show ')),
      ).toEqual([]);
    }
  });
});

test('a Windows server among Linux servers is looked at beside them', async () => {
  const set = await servers.up({ servers: { 2: { windows: {} } } });
  const check = await triad.run(['check', '--spec', triad.spec(set, unsaid), '--json']);
  expect(runVerdict(check)).toEqual(passedRun);
  const systemd = check.result.checks.filter(({ id }) => id === 'server.systemd').map(({ verdict }) => verdict);
  expect(systemd).toEqual(['pass', 'skipped', 'pass']);
});

test('ports that Windows keeps for others are found, in whatever language its netsh tells of them', async () => {
  const set = await servers.up({ servers: { 2: { windows: {} } } });
  const german =
    '\r\nPortausschlussbereiche f\xfcr Protokoll "tcp"\r\n\r\nStartport     Endport      \r\n----------    --------    \r\n      6990        7000      \r\n     17000       17001     *\r\n\r\n* - Verwaltete Portausschl\xfcsse.\r\n\r\n';
  set
    .windows(2)
    .answer({ tool: 'netsh.exe', pattern: 'excludedportrange', stdoutBase64: Buffer.from(german, 'latin1').toString('base64') });
  const { result } = await triad.run(['check', '--spec', triad.spec(set, unsaid), '--json']);
  const told = result.checks.filter(({ id }) => id === 'server.windowsPorts').map(({ verdict, observed }) => `${verdict} ${observed}`);
  expect(told).toEqual(['fail nobody may listen on 7000 (6990-7000): excluded by Windows']);
});
