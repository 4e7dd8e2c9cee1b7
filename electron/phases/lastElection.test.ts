import { expect, test } from 'vitest';
import type { Host } from '../hosts/host.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { examplePlan } from '../checks/testing/exampleFacts.ts';
import { say } from '../shared/messages/message.ts';
import { restingNodes } from './lastElection.ts';
import type { RunContext } from './runContext.ts';

const NODE = 'server-1:7000';

/** What switchovers are told of the node where its server answers so, which log was read, and what was told while they wait. */
async function restOf(answer: () => Promise<number | null>): Promise<{
  readonly agoMs: number | null | undefined;
  readonly asked: readonly string[];
  readonly told: readonly string[];
}> {
  const events: RunEventBody[] = [];
  const asked: string[] = [];
  const lastElectionAgoMs: Host['lastElectionAgoMs'] = (logFile) => {
    asked.push(logFile);
    return answer();
  };
  const context: Pick<RunContext, 'plan' | 'hosts' | 'lost' | 'emit' | 'signal'> = {
    plan: examplePlan(),
    hosts: new Map([['server-1', { lastElectionAgoMs } as unknown as Host]]),
    lost: new Map(),
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
  };
  const resting = restingNodes(context, 'restoreRoles');
  resting.onRest?.(NODE, 4100);
  const agoMs = await resting.lastElectionAgoMs?.(NODE);
  return { agoMs, asked, told: events.flatMap((event) => (event.type === 'phaseProgress' ? [say(event.message)] : [])) };
}

test('the log of the node is read on its server, and waiting is told', async () => {
  const logFile = examplePlan().nodes.find(({ id }) => id === NODE)?.logFile;
  expect(await restOf(() => Promise.resolve(8000))).toEqual({
    agoMs: 8000,
    asked: [logFile],
    told: ['server-1:7000 was elected a moment ago and can be again in 5 s'],
  });
});

test('a log that tells of no election forbids nothing, nor does one that cannot be read', async () => {
  expect((await restOf(() => Promise.resolve(null))).agoMs).toBeNull();
  expect((await restOf(() => Promise.reject(new Error('no connection')))).agoMs).toBeNull();
});
