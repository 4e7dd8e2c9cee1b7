import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TriadBridge } from '../../electron/shared/contract/bridge.ts';
import { fail, FailureError, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject, serverSubject } from '../../electron/shared/domain/subject.ts';
import { samplePlan } from '../../electron/shared/domain/testing/clusterViews.ts';
import { call, follow, onCoreLost } from './client.ts';
import { fakeCore, fakeId, filledDraft, type FakeCore } from './testing/fakeBridge.ts';
import { manyEvents } from '../../electron/shared/domain/testing/manyEvents.ts';

let core: FakeCore;

beforeEach(() => {
  core = fakeCore();
  core.install();
});

const failureOfCall = async (work: Promise<unknown>): Promise<Failure> => {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(FailureError);
  return (error as FailureError).failure;
};

describe('call', () => {
  it('gives the parsed answer', async () => {
    const draft = filledDraft();
    core.drafts.set(draft.id, draft);
    expect(await call('drafts.load', draft.id)).toEqual(draft);
  });

  it('rejects with the failure that the core tells', async () => {
    core.answer('drafts.open', () => {
      throw fail('ssh.refused', serverSubject('server-1'), { values: { endpoint: '10.0.0.1:22' }, evidence: 'ECONNREFUSED' });
    });
    expect(await failureOfCall(call('drafts.open'))).toMatchObject({ code: 'ssh.refused', evidence: 'ECONNREFUSED' });
  });

  it('does not send what does not fit the contract', async () => {
    // Not the fake core, which parses what it gets, too.
    const sent = vi.fn<TriadBridge['call']>(() => Promise.resolve({ ok: true, value: filledDraft() }));
    window.triad = { call: sent, subscribe: () => () => undefined };
    expect(await failureOfCall(call('drafts.load', 'no id'))).toMatchObject({ code: 'internal' });
    expect(sent).not.toHaveBeenCalled();
  });

  it('does not pass on an answer that does not fit the contract', async () => {
    window.triad = { call: () => Promise.resolve({ ok: true, value: { version: 7 } }), subscribe: () => () => undefined };
    expect(await failureOfCall(call('app.start'))).toMatchObject({ code: 'internal' });
  });

  it.each([undefined, null, 'yes', { ok: false }, { ok: false, failure: { code: 'no such code' } }])(
    'takes %j for no reply',
    async (reply) => {
      window.triad = { call: () => Promise.resolve(reply), subscribe: () => () => undefined };
      expect(await failureOfCall(call('app.licences'))).toMatchObject({ code: 'internal' });
    },
  );

  it('tells that the core is lost when it does not answer at all, and not when it answers with a failure', async () => {
    const lost = vi.fn<() => void>();
    const stop = onCoreLost(lost);
    core.answer('app.licences', () => {
      throw fail('storage.damaged', adminSubject);
    });
    await failureOfCall(call('app.licences'));
    expect(lost).not.toHaveBeenCalled();
    core.lose();
    await failureOfCall(call('app.licences'));
    expect(lost).toHaveBeenCalledOnce();
    stop();
    await failureOfCall(call('app.licences'));
    expect(lost).toHaveBeenCalledOnce();
  });

  it('says so when the page was opened outside of the app', async () => {
    delete window.triad;
    expect(await failureOfCall(call('app.licences'))).toMatchObject({ code: 'internal' });
  });
});

describe('follow', () => {
  const plan = samplePlan();

  it('gives what was and then what comes, in order', async () => {
    const run = core.addRun('install', fakeId(1), manyEvents(plan, 'run-1', 5));
    const seen: number[] = [];
    const stop = follow('runs.events', { runId: run.runId, after: 2 }, (events) => seen.push(...events.map(({ seq }) => seq)));
    await vi.waitFor(() => {
      expect(seen).toEqual([3, 4, 5]);
    });
    core.emit(run.runId, { type: 'phaseStarted', phase: 'connect', server: null });
    expect(seen).toEqual([3, 4, 5, 6]);
    stop();
    core.emit(run.runId, { type: 'phaseStarted', phase: 'connect', server: null });
    expect(seen).toEqual([3, 4, 5, 6]);
  });

  it('gives a long journal whole and in order, though in several turns, and lets nothing overtake it', async () => {
    const run = core.addRun('install', fakeId(1), manyEvents(plan, 'run-1', 20_000));
    const seen: number[] = [];
    let batches = 0;
    follow('runs.events', { runId: run.runId, after: 0 }, (events) => {
      batches += 1;
      seen.push(...events.map(({ seq }) => seq));
    });
    await vi.waitFor(() => {
      expect(batches).toBeGreaterThan(0);
    });
    core.emit(run.runId, { type: 'phaseStarted', phase: 'connect', server: null });
    await vi.waitFor(
      () => {
        expect(seen.length).toBe(20_001);
      },
      { timeout: 20_000 },
    );
    expect(seen).toEqual(Array.from({ length: 20_001 }, (_, index) => index + 1));
    expect(batches).toBeGreaterThan(2);
  });

  it('ends with a failure at a value that does not fit the contract', () => {
    let tell: (values: readonly unknown[]) => void = () => undefined;
    const unsubscribe = vi.fn<() => void>();
    window.triad = {
      call: () => Promise.resolve(null),
      subscribe: (_name, _input, listener) => {
        tell = listener;
        return unsubscribe;
      },
    };
    const seen: unknown[] = [];
    const failures: Failure[] = [];
    follow(
      'app.commands',
      undefined,
      (values) => seen.push(...values),
      (failure) => failures.push(failure),
    );
    tell(['home']);
    tell(['settings', 'format the disk', 'home']);
    tell(['home']);
    expect(seen).toEqual(['home']);
    expect(failures.map(({ code }) => code)).toEqual(['internal']);
    expect(unsubscribe).toHaveBeenCalledOnce();
  });
});
