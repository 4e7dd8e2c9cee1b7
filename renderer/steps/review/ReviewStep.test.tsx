import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleInstall, sampleMinimal, samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import type { Change } from '../../../electron/shared/domain/change.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { serverSubject } from '../../../electron/shared/domain/subject.ts';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { Themed } from '../../theme/Themed.tsx';
import { ReviewStep } from './ReviewStep.tsx';

const installed = sampleInstall();
const password: Change = {
  kind: 'file',
  id: 'file:/opt/triad/sessions/auth.conf',
  path: '/opt/triad/sessions/auth.conf',
  owner: 'root',
  group: 'triad-redis',
  mode: 0o640,
  content: '(holds the password: not shown)\n',
  holdsSecret: true,
  action: 'create',
  diff: null,
  purpose: { code: 'change.purpose.authConf', values: {} },
};

/** A plan as the core makes it: found, nothing done. */
function planned(change: Partial<RunRecord> = {}): RunRecord {
  return {
    ...installed,
    runId: 'run-plan',
    workflow: 'plan',
    phases: [],
    appliedChanges: [],
    clusterCommands: [],
    checks: [],
    matrices: [],
    views: { before: null, after: null },
    plannedChanges: installed.plannedChanges.map(({ server, changes }) => ({ server, changes: [...changes, password] })),
    ...change,
  };
}

async function show(record: RunRecord | null, prepare: (core: FakeCore) => void = () => undefined): Promise<ShownStep> {
  const base = filledDraft();
  const draft = record === null ? base : { ...base, runs: { ...base.runs, plan: record.runId } };
  return showStep(ReviewStep, 'review', draft, (core) => {
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    if (record !== null) core.addRecord(draft.id, record);
    prepare(core);
  });
}

const started = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input);
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
const install = (): HTMLElement => screen.getByRole('button', { name: 'Install on 3 servers: 39 changes' });

beforeEach(forgetRuns);

it('says of an experimental Redis that it is one, and of no other', async () => {
  const { plan } = planned();
  const windows = plan.servers.map((server) => ({ ...server, platform: 'windows' as const }));
  await show(planned({ plan: { ...plan, servers: windows, bundle: { ...plan.bundle, distribution: 'memurai' } } }));
  expect(await screen.findByText(/^Experimental: Triad was never tried with the real Memurai/u)).toBeTruthy();
});

it('on Windows servers says before anything is confirmed what nobody supports', async () => {
  const { servers, ...plan } = installed.plan;
  const windows = servers.map((server) => ({ ...server, platform: 'windows' as const }));
  await show(planned({ plan: { ...plan, servers: windows } }));
  expect(
    await screen.findByText('No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.'),
  ).toBeTruthy();
  expect(screen.queryByText(/^Experimental/u)).toBeNull();
});

describe('without a server that cannot be reached', () => {
  it('shows what the others need, and lets nobody confirm it', async () => {
    const lost = fail('ssh.unreachable', serverSubject('server-3'), { values: { endpoint: '10.0.0.3:22', reason: 'no route' } }).failure;
    const record = planned();
    const { core, user } = await show({
      ...record,
      verdict: 'fail',
      phases: [{ phase: 'connect', server: 'server-3', startedMs: 0, durationMs: 10, outcome: 'failed', failure: lost }],
      plannedChanges: record.plannedChanges.filter(({ server }) => server !== 'server-3'),
      checks: [
        {
          id: 'server.reached',
          subject: serverSubject('server-3'),
          verdict: 'fail',
          expected: { code: 'check.server.reached.expected', values: {} },
          observed: { code: lost.code, values: lost.values },
          evidence: '',
          remedy: null,
        },
      ],
    });
    expect(await screen.findByText(/^server-3 cannot be reached, so nobody knows what is to be done there/u)).toBeTruthy();
    expect(screen.getByText(/The SSH server at 10.0.0.3:22 cannot be reached: no route/u)).toBeTruthy();
    expect(screen.getByText('server-1')).toBeTruthy();
    expect(screen.queryByText('server-3')).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(screen.getAllByRole('button', { name: 'Look again' }).at(-1) ?? document.body);
    expect(started(core)).toMatchObject([{ workflow: 'plan' }]);
  });
});

describe('looking', () => {
  it('begins by itself, once, since it changes nothing', async () => {
    const { core, rerender } = await show(null);
    await waitFor(() => {
      expect(started(core)).toMatchObject([{ workflow: 'plan' }]);
    });
    rerender(
      <Themed isTest>
        <ReviewStep />
      </Themed>,
    );
    expect(started(core)).toHaveLength(1);
    expect(screen.getByRole('status').textContent).toMatch(/comparing them with the plan.*25/u);
  });

  it('waits for a check of other settings, and begins by itself when that has ended', async () => {
    let runId = '';
    const { core } = await show(null, (one) => {
      const run = one.addRun('check', filledDraft().id);
      ({ runId } = run);
      one.runs.set(runId, { ...run, startedFor: 'something else' });
    });
    expect(screen.getByText('Something else is going on for this cluster: Check')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Look at the servers' }).getAttribute('aria-disabled')).toBe('true');
    expect(started(core)).toEqual([]);
    act(() => {
      core.emit(
        runId,
        { ...sampleMinimal('check', samplePlan()), type: 'runStarted', runId },
        { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false },
      );
    });
    await waitFor(() => {
      expect(started(core)).toMatchObject([{ workflow: 'plan' }]);
    });
  });

  it('says why it failed, and tries again', async () => {
    const { failure } = fail('ssh.timedOut', serverSubject('server-2'), {
      values: { endpoint: '10.77.0.12:22', seconds: 15 },
      retryable: true,
    });
    const { core, user } = await show(planned({ failure, verdict: 'fail' }));
    expect((await screen.findByRole('alert')).textContent).toContain('did not answer within 15 s');
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    expect(started(core)).toMatchObject([{ workflow: 'plan' }]);
  });
});

describe('the tree', () => {
  it('counts for each server what is added and changed, and says the total', async () => {
    await show(planned());
    const server = await screen.findByRole('button', { name: /^server-1 10\.77\.0\.11/u });
    expect(server.textContent).toMatch(/10 added.*3 changed/u);
    expect(
      screen.getByText(/^39 things change on the three servers, as they were on 14 March 2026 at .* Nothing is changed yet\.$/u),
    ).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Cluster sessions/u }).textContent).toContain('42 commands to the nodes');
  });

  it('opens a file as its difference, with what takes it back', async () => {
    const { core, user } = await show(planned());
    const [files] = await screen.findAllByRole('button', { name: /^Files/u });
    await user.click(files ?? document.body);
    await user.click(screen.getByRole('button', { name: /Replace the file \/etc\/sysctl\.d\/90-triad-sessions\.conf/u }));
    const diff = within(screen.getByRole('region', { name: /90-triad-sessions\.conf/u }));
    expect(diff.getByText('vm.overcommit_memory = 0')).toBeTruthy();
    expect(diff.getByText('vm.overcommit_memory = 1')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy what takes it back' }));
    expect(core.copied).toEqual(['mv /etc/sysctl.d/90-triad-sessions.conf.triad-before /etc/sysctl.d/90-triad-sessions.conf']);
  });

  it('never shows what is in the file with the password', async () => {
    const { user, container } = await show(planned());
    await user.click(await screen.findByRole('button', { name: 'Open all' }));
    const [row] = screen.getAllByRole('button', { name: /auth\.conf/u });
    await user.click(row ?? document.body);
    expect(screen.getByText(/It holds the password of the cluster and is not shown/u)).toBeTruthy();
    expect(container.textContent).not.toContain('(holds the password');
  });

  it('shows the exact commands of a firewall and of the cluster', async () => {
    const { user } = await show(planned());
    await user.click(await screen.findByRole('button', { name: 'Open all' }));
    const [rule] = screen.getAllByRole('button', { name: /Open the firewall \(nftables\)/u });
    await user.click(rule ?? document.body);
    expect(screen.getByText(/nft add rule inet filter input/u)).toBeTruthy();
    expect(screen.getByText(/server-1:7000 CLUSTER ADDSLOTSRANGE 0 5460/u)).toBeTruthy();
  });
});

describe('the confirmation', () => {
  it('is needed before anything is installed, and names servers and cluster', async () => {
    const { core, user } = await show(planned());
    await screen.findByText(/^39 things/u);
    expect(install().getAttribute('aria-disabled')).toBe('true');
    await user.click(install());
    expect(started(core)).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: /server-1, server-2, server-3 for the cluster sessions/u }));
    await user.click(install());
    expect(started(core)).toMatchObject([{ workflow: 'install', reviewed: 'run-plan' }]);
    await waitFor(() => {
      expect(stepNow()).toBe('install');
    });
  });

  it('can be given by the keyboard alone', async () => {
    const { core, user } = await show(planned());
    const box = await screen.findByRole('checkbox');
    for (let presses = 0; presses < 60 && document.activeElement !== box; presses += 1) await user.tab();
    await user.keyboard(' ');
    for (let presses = 0; presses < 10 && document.activeElement !== install(); presses += 1) await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(started(core)).toMatchObject([{ workflow: 'install' }]);
    });
  });

  it('holds for what was looked at then, not for another look', async () => {
    const { core, user } = await show(planned());
    await user.click(await screen.findByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    const runId = draftStore.getState().current?.draft.runs.plan ?? '';
    const again = core.runs.get(runId);
    expect(again?.workflow).toBe('plan');
    core.emit(runId, { ...planned(), type: 'runStarted', runId });
    for (const { server, changes } of planned().plannedChanges) core.emit(runId, { type: 'changesPlanned', server, changes });
    core.emit(runId, { type: 'runFinished', verdict: 'pass', failure: null, wasAborted: false });
    const box = await screen.findByRole<HTMLInputElement>('checkbox');
    expect(box.checked).toBe(false);
    expect(install().getAttribute('aria-disabled')).toBe('true');
  });
});

describe('what is there already', () => {
  it('needs no confirmation: the cluster is only verified', async () => {
    const record = planned({
      plannedChanges: installed.plannedChanges.map(({ server }) => ({ server, changes: [] })),
      views: { before: installed.views.after, after: null },
    });
    const { core, user } = await show(record);
    expect(await screen.findByText(/Everything is as planned already/u)).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Verify the cluster' }));
    expect(started(core)).toMatchObject([{ workflow: 'install', reviewed: 'run-plan' }]);
  });

  it('was reviewed before it was installed: it must be looked at again', async () => {
    const { core, user } = await show(planned(), (fake) => {
      fake.addRecord(filledDraft().id, { ...installed, runId: 'run-z', startedAt: '2026-03-14T23:00:00.000Z' });
    });
    expect(await screen.findByText(/Something was installed since/u)).toBeTruthy();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Look again' }));
    expect(started(core)).toMatchObject([{ workflow: 'plan' }]);
  });
});

it('saves the plan as a file', async () => {
  const { core, user } = await show(planned());
  await user.click(await screen.findByRole('button', { name: 'Save the plan' }));
  expect((await screen.findByRole('status')).textContent).toBe('Saved as plan.txt.');
  expect(core.calls).toContainEqual({ name: 'plans.export', input: 'run-plan' });
});
