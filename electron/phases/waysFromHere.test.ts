import { expect, test } from 'vitest';
import { samplePlan } from '../artifacts/testing/samplePlan.ts';
import type { ProbeTarget } from '../hosts/host.ts';
import type { MatrixCell, Reach } from '../shared/domain/matrix.ts';
import { ADMIN_MACHINE } from '../shared/domain/subject.ts';
import { beginWaysFromHere, nodeTargets, probeWaysFromHere } from './waysFromHere.ts';

const plan = samplePlan();
const { signal } = new AbortController();

/** A prober that finds everything as told, and remembers what it was asked for. */
function prober(reach: Reach): { readonly asked: ProbeTarget[][]; readonly probe: Parameters<typeof beginWaysFromHere>[1] } {
  const asked: ProbeTarget[][] = [];
  return {
    asked,
    probe: async (targets) => {
      asked.push([...targets]);
      const cell = ({ to, port }: ProbeTarget): MatrixCell => ({ from: ADMIN_MACHINE, to, port, reach, durationMs: 1, evidence: '' });
      return Promise.resolve(targets.map(cell));
    },
  };
}

test('what was begun with the run is not tried again, but for what stands behind a listener of ours', async () => {
  const early = prober('filtered');
  const late = prober('open');
  const waysFromHere = beginWaysFromHere(plan, early.probe, signal);
  const [first, ...others] = nodeTargets(plan);
  const listened = { to: first?.to ?? '', address: first?.address ?? '', port: first?.port ?? 0, nonce: 'a word' };
  const cells = await probeWaysFromHere({ ways: { probeFromAdmin: late.probe }, waysFromHere, signal }, [listened, ...others]);
  expect(early.asked.map((targets) => targets.length)).toEqual([12]);
  expect(late.asked).toEqual([[listened]]);
  expect(cells).toHaveLength(12);
  expect(cells.filter(({ reach }) => reach === 'open').map(({ to, port }) => [to, port])).toEqual([[listened.to, listened.port]]);
});

test('everything is tried where nothing was begun, or that was broken off', async () => {
  const stopped = beginWaysFromHere(plan, async () => Promise.reject(new Error('stopped')), signal);
  for (const waysFromHere of [null, stopped]) {
    const late = prober('open');
    const cells = await probeWaysFromHere({ ways: { probeFromAdmin: late.probe }, waysFromHere, signal }, nodeTargets(plan));
    expect([late.asked.length, cells.length]).toEqual([1, 12]);
  }
});
