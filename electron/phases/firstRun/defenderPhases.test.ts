import { expect, test } from 'vitest';
import { freshWindowsFacts, sampleWindowsFacts, sampleWindowsPlan } from '../../artifacts/testing/sampleWindows.ts';
import type { Host } from '../../hosts/host.ts';
import { nodesOnServer } from '../../shared/domain/plan.ts';
import type { RunContext } from '../runContext.ts';
import { saveExcluded } from './defenderPhases.ts';

const plan = sampleWindowsPlan();
const SERVER = 'server-1';
const [master = '', replica = ''] = nodesOnServer(plan, SERVER).map(({ dataFolder }) => dataFolder);

/** What Defender is told while the phase saves, which is interrupted at once. */
async function toldWith(exclusions: readonly string[]): Promise<readonly string[]> {
  const told: string[] = [];
  const tell = (what: string) => (paths: readonly string[]) => Promise.resolve(void told.push(`${what} ${paths.join(', ')}`));
  const windows = { excludeFromDefender: tell('exclude'), includeInDefender: tell('include') };
  const defender = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions: [...exclusions] };
  const context = {
    plan,
    signal: AbortSignal.abort(),
    lost: new Map(),
    hosts: new Map([[SERVER, { server: SERVER, platform: 'windows', windows } as unknown as Host]]),
    facts: new Map([[SERVER, { ...freshWindowsFacts(), server: SERVER, windows: { ...sampleWindowsFacts, defender } }]]),
    nodes: new Map(),
    emit: () => undefined,
  } as unknown as RunContext;
  await saveExcluded(() => undefined)
    .run(context, '')
    .catch(() => undefined);
  return told;
}

test('exclusions for a measurement are taken back, and those that were there before are not touched', async () => {
  expect(await toldWith([])).toEqual([`exclude ${master}, ${replica}`, `include ${master}, ${replica}`]);
  expect(await toldWith([master])).toEqual([`exclude ${replica}`, `include ${replica}`]);
  expect(await toldWith([master, replica])).toEqual([]);
});
