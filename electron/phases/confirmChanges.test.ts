import { expect, test } from 'vitest';
import { samplePlan } from '../report/testing/sampleRecord.ts';
import { sampleView } from '../report/testing/sampleView.ts';
import { say } from '../shared/messages/message.ts';
import { failoverQuestion, restoreQuestion } from './confirmChanges.ts';
import type { RunContext } from './runContext.ts';

const plan = samplePlan();

test('restoring planned roles asks with every switchover, and with what clients notice', () => {
  const question = restoreQuestion({ plan, lastView: sampleView(plan, { returned: 'server-3' }) });
  const words = question === null ? '' : say(question);
  const master = plan.nodes.find(({ server, role }) => server === 'server-3' && role === 'master');
  const replica = plan.nodes.find(({ replicaOf }) => replicaOf === master?.id);
  expect(words.split('\n')).toEqual([
    'Give the masters of sessions their planned nodes back, one after the other?',
    `Shard ${master?.shard ?? 0}: from ${replica?.id ?? ''} back to ${master?.id ?? ''}`,
    'Clients of such a shard notice a pause of well under a second each. No acknowledged write is lost.',
  ]);
});

test('nothing is asked where every master is where it was planned; what could not be seen is asked all the same', () => {
  expect(restoreQuestion({ plan, lastView: sampleView(plan) })).toBeNull();
  expect(restoreQuestion({ plan, lastView: null })?.code).toBe('phase.confirmRestoreUnknown');
});

test('both commands for the power of a server are shown before consent, and only where one is cut', () => {
  const context = {
    plan,
    ways: { power: { commands: { off: 'bmc "$TRIAD_SERVER" off', on: 'bmc "$TRIAD_SERVER" on' } } },
  } as unknown as RunContext;
  const asked = (scenario: 'powerLost' | 'serverLost'): string =>
    say(failoverQuestion([{ server: 'server-1', scenario, round: 1 }])(context));
  expect(asked('powerLost')).toContain(
    '  bmc "$TRIAD_SERVER" off\nand to switch it on again, perhaps more than once:\n  bmc "$TRIAD_SERVER" on',
  );
  expect(asked('serverLost')).not.toContain('bmc');
});
