import { expect, test } from 'vitest';
import { sampleBlueprint, samplePlan } from '../artifacts/testing/samplePlan.ts';
import { foundFile, freshFacts, withPath } from '../artifacts/testing/fakeFacts.ts';
import type { Host } from '../hosts/host.ts';
import type { RunEventBody } from '../shared/domain/events.ts';
import { FailureError } from '../shared/domain/failure.ts';
import { say } from '../shared/messages/message.ts';
import { planRemovals, removeInstallation } from './removeInstallation.ts';
import type { RunContext } from './runContext.ts';

test('a removal with changed paths is refused before it plans anything, and tells where the cluster is', async () => {
  const plan = samplePlan();
  const blueprint = sampleBlueprint(samplePlan({ paths: { install: '/srv/programs' } }));
  const unit = sampleBlueprint(plan).files.find(({ path }) => path.endsWith('-logs.service'));
  const facts = withPath(freshFacts(), foundFile(unit?.path ?? '', unit?.content ?? ''));
  const { server } = blueprint;
  const context = {
    plan,
    blueprints: new Map([[server, blueprint]]),
    lost: new Map(),
    hosts: new Map([[server, { observe: () => Promise.resolve(facts) } as unknown as Host]]),
    facts: new Map(),
    pending: new Map(),
    emit: () => undefined,
  } as unknown as RunContext;
  const error: unknown = await planRemovals(true)
    .run(context, server)
    .catch((reason: unknown) => reason);
  expect(error instanceof FailureError && error.failure).toMatchObject({
    code: 'host.installedElsewhere',
    values: { server, paths: '/opt/triad/sessions' },
  });
  expect(context.pending.size).toBe(0);
});

test('exclusions that Defender does not take back are told, with the command: nothing on the server tells of them any more', async () => {
  const path = 'C:\\Triad\\nodes\\sessions\\7000';
  const change = { kind: 'defender', id: `defender:${path}`, path, action: 'include' } as const;
  const plan = samplePlan();
  const blueprint = sampleBlueprint(plan);
  const { server } = blueprint;
  const notes: string[] = [];
  const context = {
    plan,
    blueprints: new Map([[server, blueprint]]),
    lost: new Map(),
    pending: new Map([[server, [change]]]),
    hosts: new Map([
      [server, { apply: () => Promise.resolve([{ id: change.id, outcome: 'refused', evidence: 'a policy' }]) } as unknown as Host],
    ]),
    emit: (event: RunEventBody) => void (event.type === 'note' && notes.push(`${event.level} ${say(event.message)}`)),
  } as unknown as RunContext;
  await removeInstallation.run(context, server);
  expect(notes).toEqual([
    expect.stringMatching(/^warn .*a policy.*`Remove-MpPreference -ExclusionPath 'C:\\Triad\\nodes\\sessions\\7000'`$/u),
  ]);
});
