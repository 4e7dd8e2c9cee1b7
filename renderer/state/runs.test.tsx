import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleInstall } from '../../electron/report/testing/sampleRecord.ts';
import type { WorkflowId } from '../../electron/shared/domain/events.ts';
import { fail } from '../../electron/shared/domain/failure.ts';
import { clusterSubject } from '../../electron/shared/domain/subject.ts';
import { say, message } from '../../electron/shared/messages/message.ts';
import { fakeCore, fakeId, filledDraft, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { manyEvents } from '../../electron/shared/domain/testing/manyEvents.ts';
import { draftStore, reachStep, type OpenDraft } from './draft.ts';
import { forgetRuns, haveSecrets, runStore, standingOf, startRun, useOtherRun, useQuestion, useRun } from './runs.ts';

let core: FakeCore;
const { plan } = sampleInstall();
const begin = manyEvents(plan, 'run-1', 1);

beforeEach(async () => {
  forgetRuns();
  core = fakeCore();
  core.install();
  const draft = filledDraft();
  core.drafts.set(draft.id, draft);
  core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
  await draftStore.getState().open(draft);
});

const calls = (name: string): readonly unknown[] => core.calls.filter((one) => one.name === name).map(({ input }) => input);

describe('starting a run', () => {
  it('saves the draft, starts, remembers the run in the draft and follows it', async () => {
    draftStore.getState().current?.edit((draft) => ({ ...draft, name: 'renamed' }));
    const runId = await startRun('install', { reviewed: 'run-p' });
    expect(core.calls.map(({ name }) => name).filter((name) => name === 'drafts.save' || name === 'runs.start')).toEqual([
      'drafts.save',
      'runs.start',
    ]);
    expect(calls('runs.start')).toMatchObject([{ workflow: 'install', reviewed: 'run-p', servers: [], deleteData: false }]);
    expect(draftStore.getState().current?.draft.runs.install).toBe(runId);
    core.emit(runId ?? '', ...begin);
    const { result } = renderHook(() => useRun(runId));
    await waitFor(() => {
      expect(result.current.record?.cluster).toBe(plan.cluster);
    });
  });

  it('asks for secrets that are missing, and starts nothing when the admin will not give them', async () => {
    core.secrets.clear();
    await draftStore.getState().open(filledDraft());
    const starting = startRun('check');
    await waitFor(() => {
      expect(runStore.getState().asking?.secrets.map(({ name }) => name)).toEqual(['SSH_PASSWORD_1']);
    });
    runStore.getState().asking?.settle(false);
    expect(await starting).toBeNull();
    expect(calls('runs.start')).toEqual([]);
    expect(runStore.getState().asking).toBeNull();
  });

  it('asks for no login where the nodes alone are asked, but for the password of Redis', async () => {
    core.secrets.clear();
    await draftStore.getState().open(filledDraft());
    expect(await startRun('validate', { redisOnly: true })).not.toBeNull();
    expect(calls('runs.start')).toMatchObject([{ workflow: 'validate', redisOnly: true }]);
    const own = filledDraft();
    await draftStore.getState().open({ ...own, redis: { ...own.redis, password: 'own' } });
    const starting = startRun('validate', { redisOnly: true });
    await waitFor(() => {
      expect(runStore.getState().asking?.secrets.map(({ name }) => name)).toEqual(['REDIS_PASSWORD']);
    });
    runStore.getState().asking?.settle(false);
    expect(await starting).toBeNull();
  });

  it('asks for them once: an older asking counts as refused', async () => {
    core.secrets.clear();
    await draftStore.getState().open(filledDraft());
    const [older, newer] = [haveSecrets(), haveSecrets()];
    expect(await older).toBe(false);
    runStore.getState().asking?.settle(true);
    expect(await newer).toBe(true);
  });

  describe('while the draft does not stay as it was', () => {
    const now = (): OpenDraft => {
      const { current } = draftStore.getState();
      if (current === null) throw new Error('no draft is open');
      return current;
    };
    /** Starts, lets something happen before the core answers, and gives the run. */
    async function startAnd(workflow: WorkflowId, meanwhile: () => unknown): Promise<string | null> {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      core.answer('runs.start', async ({ draft }) => {
        await promise;
        return { runId: core.addRun(workflow, draft).runId };
      });
      const starting = startRun(workflow);
      await waitFor(() => {
        expect(calls('runs.start')).toHaveLength(1);
      });
      await meanwhile();
      resolve(undefined);
      return starting;
    }
    const edit = (): void => {
      now().edit((draft) => ({ ...draft, redis: { ...draft.redis, masterPort: '7010' } }));
    };

    it.each(['check', 'plan'] as const)('leaves the draft without a %s of another specification, and follows it', async (workflow) => {
      const runId = await startAnd(workflow, edit);
      expect(now().draft.runs).toMatchObject({ check: null, plan: null });
      expect(runStore.getState().followed[runId ?? '']).toBeDefined();
    });

    it.each(['check', 'plan'] as const)('remembers a %s when only something else has changed', async (workflow) => {
      const runId = await startAnd(workflow, () => {
        reachStep('review');
      });
      expect(now().draft.runs[workflow]).toBe(runId);
    });

    it.each(['install', 'failoverTest', 'validate'] as const)(
      'remembers an edited draft’s %s: it has touched the servers',
      async (workflow) => {
        const runId = await startAnd(workflow, edit);
        expect(now().draft.runs[workflow]).toBe(runId);
      },
    );

    it('leaves another draft that was opened meanwhile alone', async () => {
      await startAnd('install', async () => draftStore.getState().open(filledDraft(2)));
      expect(now().draft.id).toBe(fakeId(2));
      expect(now().draft.runs.install).toBeNull();
    });
  });

  it('knows a run of the same cluster that no step shows, and none of another cluster', async () => {
    const other = filledDraft(7, { name: 'another-cluster' });
    core.drafts.set(other.id, other);
    core.addRun('install', other.id, begin);
    await draftStore.getState().open(filledDraft());
    const { result, unmount } = renderHook(() => useOtherRun());
    expect(result.current).toBeNull();
    unmount();
    core.drafts.set(other.id, { ...other, name: filledDraft().name });
    await draftStore.getState().open(filledDraft());
    expect(renderHook(() => useOtherRun()).result.current).toMatchObject({ workflow: 'install', place: null });
  });

  it('says of restoring the roles where it stands: it was started for this very draft', async () => {
    const draft = filledDraft();
    core.drafts.set(draft.id, draft);
    core.addRun('restoreRoles', draft.id, begin);
    await draftStore.getState().open(draft);
    expect(renderHook(() => useOtherRun()).result.current).toMatchObject({ workflow: 'restoreRoles', place: 'maintenance' });
    // Where it is shown it is no other one; a validation of the same draft is one there.
    expect(renderHook(() => useOtherRun(['restoreRoles'])).result.current).toBeNull();
    expect(renderHook(() => useOtherRun(['maintenanceEnd'])).result.current).toMatchObject({ workflow: 'restoreRoles' });
  });

  it('rejects with the reason why it cannot be started', async () => {
    core.answer('runs.start', () => {
      throw fail('host.lockHeld', clusterSubject, { values: { server: 'server-1', holder: 'bob' } });
    });
    await expect(startRun('check')).rejects.toMatchObject({ failure: { code: 'host.lockHeld' } });
  });
});

describe('a run', () => {
  it('is replayed from its first event after the window was loaded again, and goes on from there', async () => {
    const run = core.addRun('install', fakeId(1), manyEvents(plan, 'run-1', 50));
    const { result } = renderHook(() => useRun(run.runId));
    await waitFor(() => {
      expect(result.current.lastSeq).toBe(50);
    });
    act(() => {
      core.emit(run.runId, { type: 'phaseProgress', phase: 'startNodes', server: 'server-2', message: message('phase.startNodes') });
    });
    await waitFor(() => {
      expect(result.current.live.progress.get('startNodes/server-2')).toEqual(message('phase.startNodes'));
    });
    expect(result.current.status).toBe('active');
    const numbers = result.current.log.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  });

  it('ends with its last event; its progress and question are gone', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    const { result } = renderHook(() => useRun(run.runId));
    act(() => {
      core.ask(run.runId, message('phase.confirmInstall', { count: 3, servers: 3 }));
    });
    await waitFor(() => {
      expect(result.current.question).not.toBeNull();
    });
    act(() => {
      core.emit(run.runId, { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
    });
    await waitFor(() => {
      expect(result.current.status).toBe('ended');
    });
    expect(result.current.question).toBeNull();
    expect(result.current.record?.verdict).toBe('pass');
    await waitFor(() => {
      expect(draftStore.getState().current?.runs).toMatchObject([{ runId: run.runId, verdict: 'pass' }]);
    });
  });

  it('is interrupted when it has no end and does not go on', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    run.isActive = false;
    const { result } = renderHook(() => useRun(run.runId));
    await waitFor(() => {
      expect(result.current.status).toBe('interrupted');
    });
    expect(standingOf(runStore.getState().followed[run.runId])).toEqual({ kind: 'interrupted' });
  });

  it('is interrupted also when Home has followed it before a draft was open', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    run.isActive = false;
    const draft = draftStore.getState().current?.draft ?? filledDraft();
    draftStore.setState({ current: null });
    const home = renderHook(() => useRun(run.runId));
    await waitFor(() => {
      expect(home.result.current.record).not.toBeNull();
    });
    await draftStore.getState().open(draft);
    const { result } = renderHook(() => useRun(run.runId));
    await waitFor(() => {
      expect(result.current.status).toBe('interrupted');
    });
  });

  it('is none without an id', () => {
    const { result } = renderHook(() => useRun(null));
    expect(result.current).toMatchObject({ status: 'none', record: null, log: [] });
  });

  it('says no more that it is being cancelled when the core refuses', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    core.answer('runs.cancel', () => {
      throw fail('internal', clusterSubject, { values: { reason: 'no' } });
    });
    const { result } = renderHook(() => useRun(run.runId));
    await waitFor(() => {
      expect(result.current.status).toBe('active');
    });
    await act(async () => {
      await expect(result.current.cancel()).rejects.toMatchObject({ failure: { code: 'internal' } });
    });
    expect(result.current.isCancelling).toBe(false);
  });

  it('is cancelled by the core, and says that it is being cancelled until it has ended', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    const { result } = renderHook(() => useRun(run.runId));
    await act(async () => {
      await result.current.cancel();
    });
    expect(calls('runs.cancel')).toEqual([run.runId]);
    expect(result.current.isCancelling).toBe(true);
    act(() => {
      core.emit(run.runId, { type: 'runFinished', verdict: 'fail', failure: null, wasAborted: true });
    });
    await waitFor(() => {
      expect(result.current.isCancelling).toBe(false);
    });
  });

  it('tells why nothing more arrives', async () => {
    const { result } = renderHook(() => useRun('unknown-run'));
    await waitFor(() => {
      expect(result.current.failure).toMatchObject({ code: 'internal' });
    });
    expect(result.current.status).toBe('none');
  });
});

describe('a run of which nothing arrives', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const wait = async (forMs = 10_000): Promise<void> => {
    await act(async () => vi.advanceTimersByTimeAsync(forMs));
  };

  it('is none when the core does not know it', async () => {
    const run = core.addRun('install', fakeId(1));
    core.answer('runs.list', () => []);
    const { result } = renderHook(() => useRun(run.runId));
    await wait();
    expect(result.current).toMatchObject({ status: 'none', failure: null });
  });

  it.each([
    { finishedAt: '2026-03-14T22:06:00.000Z', isInterrupted: false },
    { finishedAt: null, isInterrupted: true },
  ])('says that it is damaged when it does not go on, and is looked for again by the next screen: %j', async (said) => {
    const run = core.addRun('install', fakeId(1));
    const summaries = core.summaries(fakeId(1)).map((summary) => ({ ...summary, isActive: false, ...said }));
    core.answer('runs.list', () => summaries);
    const first = renderHook(() => useRun(run.runId));
    await wait();
    expect(first.result.current).toMatchObject({ status: 'none', failure: { code: 'storage.damaged' } });
    first.unmount();
    core.emit(run.runId, ...begin, { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
    const { result } = renderHook(() => useRun(run.runId));
    await wait();
    expect(result.current).toMatchObject({ status: 'ended', failure: null });
  });

  it('is active as long as the core says so', async () => {
    const run = core.addRun('install', fakeId(1));
    const { result } = renderHook(() => useRun(run.runId));
    await wait();
    expect(result.current).toMatchObject({ status: 'active', failure: null });
  });

  it('is active when the core lists it a little later than it began', async () => {
    const run = core.addRun('install', fakeId(1));
    let isListed = false;
    core.answer('runs.list', (id) => (isListed ? core.summaries(id) : []));
    const { result } = renderHook(() => useRun(run.runId));
    await wait(100);
    isListed = true;
    await wait();
    expect(result.current.status).toBe('active');
  });
});

describe('a question', () => {
  it('waits for an answer', async () => {
    const run = core.addRun('install', fakeId(1), begin);
    const { result } = renderHook(() => ({ run: useRun(run.runId), asked: useQuestion() }));
    const question = message('phase.confirmInstall', { count: 3, servers: 3 });
    act(() => {
      core.ask(run.runId, question);
    });
    await waitFor(() => {
      expect(result.current.asked).toEqual({ runId: run.runId, question });
    });
    expect(say(question)).toContain('3');
    await act(async () => {
      await result.current.run.answer(true);
    });
    expect(calls('runs.answer')).toEqual([{ runId: run.runId, yes: true }]);
    expect(result.current.asked).toBeNull();
  });
});
