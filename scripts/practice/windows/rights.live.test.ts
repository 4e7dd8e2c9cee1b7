import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureHelper } from '../../windows-service/helperBuild.ts';
import type { PracticeSet } from '../practiceSet.ts';
import { practiceSetForTest } from '../testSet.ts';
import { connectWindows } from './testing/windowsClient.ts';

const practice = practiceSetForTest();

const HELPER = '.triad\\triad-service-test.exe';
const OURS = 'O:BAG:BAD:P(A;;0x1f01ff;;;SY)(A;;0x1f01ff;;;BA)';

async function sddlOf(set: PracticeSet, server: 1 | 2, path: string): Promise<unknown> {
  const { stdout } = await (await connectWindows(set, server)).run(`${HELPER} observe`, `path\t${path}\n\n`);
  const answer = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { readonly paths: readonly { readonly sddl: string }[] };
  return answer.paths[0]?.sddl;
}

test('an access list that the helper has set is told as it was set, through both shells, after a rename and a power cut', async () => {
  const set = await practice.up({ servers: { 1: { windows: {} }, 2: { windows: { shell: 'powershell' } } } });
  const helper = await ensureHelper(() => undefined);
  for (const server of [1, 2] as const) {
    const { driveC } = set.windows(server);
    mkdirSync(join(driveC, 'Users/Administrator/.triad'), { recursive: true });
    cpSync(helper, join(driveC, 'Users/Administrator', HELPER.replace('\\', '/')));
    mkdirSync(join(driveC, 'Triad'));
    writeFileSync(join(driveC, 'Triad', 'a.conf.triad-new'), 'x');
    expect(await sddlOf(set, server, 'C:\\Triad\\a.conf.triad-new')).not.toBe(OURS);
    const client = await connectWindows(set, server);
    expect(await client.run(`${HELPER} acl -`, `C:\\Triad\\a.conf.triad-new\t${OURS}\n\n`)).toMatchObject({ code: 0 });
    renameSync(join(driveC, 'Triad', 'a.conf.triad-new'), join(driveC, 'Triad', 'a.conf'));
    expect(await sddlOf(set, server, 'C:\\Triad\\a.conf')).toBe(OURS);
  }
  await set.powerCut(1);
  await set.powerOn(1);
  expect(await sddlOf(set, 1, 'C:\\Triad\\a.conf')).toBe(OURS);
});
