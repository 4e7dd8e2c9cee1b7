import { expect, test } from 'vitest';
import type { MarkName } from '../../electron/shared/domain/failover.ts';
import type { PracticeSet } from '../../scripts/practice/practiceSet.ts';
import { practiceSetForTest } from '../../scripts/practice/testSet.ts';
import { stoppingChecks } from './findings.ts';
import { triadForTest } from './triadCommand.ts';

const servers = practiceSetForTest();
const triad = triadForTest();

let set: PracticeSet;
let spec: string;

test('a cluster to lose a server of', async () => {
  set = await servers.up();
  spec = triad.spec(set);
  expect((await triad.run(['install', '--spec', spec, '--yes'])).code).toBe(0);
});

/** Whatever lies on the victim for the time of the fault: timer, script, drop-ins. */
async function faultFiles(): Promise<string> {
  const { stdout } = await set.run(
    1,
    'systemctl list-units --all --no-legend "triad-heal-*"; ls -d /run/triad* /run/systemd/system/triad-* 2>/dev/null',
  );
  return stdout.trim();
}

test.each(['faultInjected', 'promoted'] satisfies MarkName[])(
  'Ctrl-C at %s: the victim is back and the roles are as planned',
  async (name) => {
    const running = triad.start(['failover-test', '--server', set.servers[0]?.name ?? '', '--spec', spec, '--yes', '--json']);
    await running.waitForEvent((event) => event.type === 'trialMark' && event.mark.name === name);
    expect(await faultFiles()).not.toBe('');
    running.kill('SIGINT');
    const { code, result } = await running.finished;
    expect([code, result.failure?.code]).toEqual([130, 'run.aborted']);
    expect(await faultFiles()).toBe('');
    const after = await triad.run(['validate', '--spec', spec, '--json']);
    expect([after.code, after.result.verdict, stoppingChecks(after)]).toEqual([0, 'pass', []]);
  },
);
