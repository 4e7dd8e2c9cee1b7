import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { judgeMatrix } from '../../../electron/checks/pairChecks.ts';
import { sampleMatrix } from '../../../electron/report/testing/sampleParts.ts';
import { sampleFailedCheck, sampleMinimal, samplePlan } from '../../../electron/report/testing/sampleRecord.ts';
import { COMPARING_CHECKS, keptFrom, LISTENERS_CHECK } from '../../../electron/shared/domain/checkAgain.ts';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import type { Reach } from '../../../electron/shared/domain/matrix.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { formatSubject, serverSubject } from '../../../electron/shared/domain/subject.ts';
import { filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { ReachabilityStep } from './ReachabilityStep.tsx';

type ReachOf = (from: string, to: string, port: number) => Reach;

const oneClosed: ReachOf = (from, to, port) => (from === 'server-2' && to === 'server-3' && port === 17_000 ? 'filtered' : 'open');
const allClosed: ReachOf = (from) => (from === 'admin' ? 'open' : 'filtered');

/** A check that ended, with what the core really says of such a matrix. */
function checked(reachOf: ReachOf, options: { readonly manage: boolean; readonly isFirewallActive: boolean }): RunRecord {
  const base = samplePlan();
  const plan = { ...base, firewall: { ...base.firewall, manage: options.manage } };
  const sample = sampleFailedCheck(plan);
  const facts = sample.facts.map((one) => ({
    ...one,
    firewall: { ...one.firewall, kind: 'ufw' as const, isActive: options.isFirewallActive },
  }));
  const sampled = sampleMatrix(plan, reachOf);
  const buses = sampled.servers.flatMap((to) =>
    [17_000, 17_001].map((port) => ({ from: 'admin', to, port, reach: 'refused' as const, durationMs: 1, evidence: 'ECONNREFUSED' })),
  );
  const matrix = { ...sampled, cells: [...sampled.cells, ...buses] };
  const pairs = judgeMatrix(matrix, { plan, facts, willOpenFirewall: true });
  const checks = [...sample.checks.filter(({ subject }) => subject.kind !== 'pair'), ...pairs];
  const isFailed = checks.some(({ verdict }) => verdict === 'fail');
  return { ...sample, plan, facts, matrices: [matrix], checks, failure: null, verdict: isFailed ? 'fail' : 'pass' };
}

/** A journal that is replayed looks like a run that goes on, until its last event is there. */
function hasEnded(): void {
  screen.getByRole('grid');
  if (screen.queryByRole('button', { name: 'Stop' }) !== null) throw new Error('it goes on');
}

async function show(
  record: RunRecord | null,
  change: Partial<Draft> = {},
  prepare: (core: FakeCore) => void = () => undefined,
): Promise<ShownStep> {
  const base = filledDraft(1, change);
  const draft = record === null ? base : { ...base, runs: { ...base.runs, check: record.runId } };
  const shown = await showStep(ReachabilityStep, 'reachability', draft, (core) => {
    core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'correct horse']]));
    if (record !== null) core.addRecord(draft.id, record);
    prepare(core);
  });
  if (record !== null) await waitFor(hasEnded);
  return shown;
}

const started = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input);
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};

beforeEach(forgetRuns);

describe('a server that cannot be reached', () => {
  const lost = fail('ssh.timedOut', serverSubject('server-2'), { values: { endpoint: '10.0.0.2:22', seconds: 15 } }).failure;
  const said = (code: string): { readonly code: string; readonly values: Record<string, string> } => ({ code, values: {} });

  it('is told once with the way on, the others are shown, and what could not be made is named', async () => {
    const base = checked(() => 'open', { manage: true, isFirewallActive: false });
    const judged = (id: string, verdict: 'fail' | 'unknown') => ({
      id,
      subject: serverSubject('server-2'),
      verdict,
      expected: said('check.unobserved.expected'),
      observed: said('check.unobserved.noReason'),
      evidence: '',
      remedy: null,
    });
    const others = base.checks.filter(({ subject, verdict }) => subject.kind !== 'pair' && verdict === 'pass');
    const { user, core } = await show({
      ...base,
      verdict: 'fail',
      phases: [{ phase: 'connect', server: 'server-2', startedMs: 0, durationMs: 15_000, outcome: 'failed', failure: lost }],
      checks: [judged('server.reached', 'fail'), judged('server.memory', 'unknown'), judged('server.swap', 'unknown'), ...others],
    });
    expect(
      await screen.findByText('server-2 cannot be reached. The others were looked at: what was found there stands below.'),
    ).toBeTruthy();
    expect(screen.getByText(/The server at 10.0.0.2:22 did not answer within 15 s/u)).toBeTruthy();
    expect(screen.getByText('2 checks could not be made without server-2')).toBeTruthy();
    expect(screen.getByText('Memory, Swap')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Review the changes' })).toBeNull();
    await user.click(screen.getAllByRole('button', { name: 'Run all again' })[0] ?? document.body);
    expect(started(core)).toMatchObject([{ workflow: 'check' }]);
  });
});

describe('before the first check', () => {
  it('says what a check does, and begins one', async () => {
    const { core, user } = await show(null);
    expect(screen.getByText(/Changes no file, no setting and no service/u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Check servers' }));
    expect(started(core)).toMatchObject([{ workflow: 'check' }]);
  });

  it('cannot begin while the specification is incomplete', async () => {
    const { core, user } = await show(null, { name: 'Not A Name' });
    const button = screen.getByRole('button', { name: 'Check servers' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(started(core)).toEqual([]);
  });
});

describe('while it runs', () => {
  it('shows what arrives at once, and stops on request', async () => {
    const { core, user } = await show(null);
    await user.click(screen.getByRole('button', { name: 'Check servers' }));
    const [run] = [...core.runs.values()];
    const record = checked(oneClosed, { manage: true, isFirewallActive: false });
    const runId = run?.runId ?? '';
    core.emit(
      runId,
      { ...sampleMinimal('check', record.plan), type: 'runStarted', runId },
      { type: 'phaseStarted', phase: 'checkReachability', server: null },
      ...record.checks.slice(0, 7).map((result) => ({ type: 'checkFinished' as const, phase: 'checkServers', result })),
    );
    expect(await screen.findByText('The servers are being checked. 7 answers so far.')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toMatch(/Check reachability.*30/u);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(core.calls).toContainEqual({ name: 'runs.cancel', input: runId });
  });
});

describe('a check of settings that were edited meanwhile', () => {
  const edit = (): void => {
    act(() => {
      draftStore.getState().current?.edit((draft) => ({ ...draft, redis: { ...draft.redis, masterPort: '7010' } }));
    });
  };
  const notice = 'Something else is going on for this cluster: Check';

  it('is told, can be stopped, and nothing else begins before it has ended', async () => {
    const { core, user } = await show(null);
    await user.click(screen.getByRole('button', { name: 'Check servers' }));
    const runId = [...core.runs.values()][0]?.runId ?? '';
    core.emit(runId, { ...sampleMinimal('check', samplePlan()), type: 'runStarted', runId });
    await screen.findByRole('button', { name: 'Stop' });
    expect(screen.queryByText(notice)).toBeNull();
    edit();
    expect(screen.getByText(notice)).toBeTruthy();
    const button = screen.getByRole('button', { name: 'Check servers' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.click(button);
    expect(started(core)).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Stop it' }));
    expect(core.calls).toContainEqual({ name: 'runs.cancel', input: runId });
    act(() => {
      core.emit(runId, { type: 'runFinished', verdict: 'fail', failure: null, wasAborted: true });
    });
    await waitFor(() => {
      expect(screen.queryByText(notice)).toBeNull();
    });
    await user.click(screen.getByRole('button', { name: 'Check servers' }));
    expect(started(core)).toHaveLength(2);
  });

  it('is told also after the window was loaded again, and why it cannot be stopped', async () => {
    const draft = filledDraft(1, { redis: { ...filledDraft().redis, masterPort: '7010' } });
    const { user } = await show(null, draft, (core) => {
      const runId = core.addRun('check', draft.id).runId;
      const before = core.runs.get(runId);
      if (before !== undefined) core.runs.set(runId, { ...before, startedFor: 'something else' });
      core.answer('runs.cancel', () => {
        throw fail('internal', serverSubject('server-1'), { values: { reason: 'nobody listens' } });
      });
    });
    expect(screen.getByText(notice)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stop it' }));
    expect((await screen.findByRole('alert')).textContent).toContain('nobody listens');
  });
});

describe('a closed way', () => {
  const record = checked(oneClosed, { manage: true, isFirewallActive: false });

  it('is told in words, opens by itself, and forbids to go on', async () => {
    await show(record);
    expect(screen.getByText('One thing forbids to install. It stands below with what to do.')).toBeTruthy();
    expect(screen.getByText('server-2 does not reach server-3 on 17000, while server-3 reaches server-2.')).toBeTruthy();
    const detail = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    expect(detail.getByText(/the cluster bus of server-3's master is cut off from server-2/u)).toBeTruthy();
    expect(detail.getByText(/Hand this rule to the network team/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Review the changes' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Open it for me' })).toBeNull();
  });

  it('is found by the keyboard, and its rule copied in the words of any tool', async () => {
    const { core, user } = await show(record);
    const grid = within(screen.getByRole('grid'));
    const way = grid.getByRole('gridcell', { name: /^server-2 → server-3:17000: filtered/u });
    expect(way.getAttribute('aria-selected')).toBe('true');
    // One stop of the Tab key for all 36 ways.
    expect(grid.getAllByRole('gridcell').filter((one) => one.getAttribute('tabindex') === '0')).toEqual([way]);
    way.focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('region', { name: 'server-2 → server-3:17000' })).toBeNull();
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(grid.getByRole('gridcell', { name: /^server-2 → server-3:7001/u }));
    await user.keyboard('{ArrowRight} ');
    const detail = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    await user.click(detail.getByRole('radio', { name: 'nftables' }));
    await user.click(detail.getByRole('button', { name: 'Copy rule' }));
    await user.click(detail.getByRole('radio', { name: 'in words' }));
    await user.click(detail.getByRole('button', { name: /Cop/u }));
    expect(core.copied[0]).toBe("nft insert rule inet filter input ip saddr 10.77.0.12 ip daddr 10.77.0.13 tcp dport '{ 17000 }' accept");
    expect(core.copied[1]).toContain('Please allow TCP from 10.77.0.12 (server-2) to 10.77.0.13 (server-3) on destination port 17000');
  });

  it('is run again by itself, from its detail as from the list of checks', async () => {
    const { core, user } = await show(record);
    const again = [{ id: 'pair.busPort', subject: { kind: 'pair', from: 'server-2', to: 'server-3', port: 17_000 } }];
    const detail = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    expect(detail.getByText('Tries this way again; all others stay as they were seen.')).toBeTruthy();
    await user.click(detail.getByRole('button', { name: 'Run again' }));
    expect(started(core)).toMatchObject([{ workflow: 'check', again: { run: record.runId, choice: again } }]);
  });

  it('says of a refusal that something of ours stood there', async () => {
    await show(
      checked((from, to, port) => (oneClosed(from, to, port) === 'open' ? 'open' : 'refused'), { manage: true, isFirewallActive: false }),
    );
    const detail = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    expect(detail.getByText(/^refused: our temporary listener stood there, so a firewall rejects it/u)).toBeTruthy();
    expect(detail.queryByText(/nothing listens/u)).toBeNull();
  });

  it('proves an open way by what answered, when and from where', async () => {
    const { user } = await show(record);
    await user.click(screen.getByRole('gridcell', { name: /^server-1 → server-2:7000: open/u }));
    const detail = within(screen.getByRole('region', { name: 'server-1 → server-2:7000' }));
    expect(
      detail.getByText(
        /^Open \(1 ms\)\. Wanted: server-1 reaches the master of server-2 .* Tried on 14 March 2026 at \d\d:\d\d:\d\d on server-1\.$/u,
      ),
    ).toBeTruthy();
  });
});

describe('running again', () => {
  const isOwn = (id: string): boolean => id !== LISTENERS_CHECK && !COMPARING_CHECKS.includes(id);
  const failed = checked(oneClosed, { manage: true, isFirewallActive: false });
  const foot = (): HTMLElement => screen.getByRole('contentinfo');
  const atFoot = (name: string): HTMLElement => within(foot()).getByRole('button', { name });

  it('takes the failed ones first, and all on request', async () => {
    const { core, user } = await show(failed);
    await user.click(atFoot('Run the failed ones again'));
    expect(started(core)).toMatchObject([{ workflow: 'check', again: { run: failed.runId, choice: 'failed' } }]);
  });

  it('keeps the place where it was asked for, from the press to the end', async () => {
    const { core, user } = await show(failed);
    await user.click(screen.getByRole('gridcell', { name: /^server-1 → server-2:7000: open/u }));
    const button = (): HTMLElement =>
      within(screen.getByRole('region', { name: 'server-1 → server-2:7000' })).getByRole('button', { name: 'Run again' });
    await user.click(button());
    const run = [...core.runs.values()].at(-1);
    expect(run?.runId).not.toBe(failed.runId);
    await waitFor(() => {
      expect(draftStore.getState().current?.draft.runs.check).toBe(run?.runId);
    });
    expect(document.activeElement).toBe(button());
    expect(button().getAttribute('aria-disabled')).toBe('true');
    act(() => {
      core.emit(
        run?.runId ?? '',
        { ...sampleMinimal('check', failed.plan), type: 'runStarted', runId: run?.runId ?? '' },
        { type: 'findingsKept', kept: keptFrom(failed) },
        { type: 'runFinished', verdict: 'fail', failure: null, wasAborted: false },
      );
    });
    await waitFor(() => {
      expect(button().getAttribute('aria-disabled')).toBe('false');
    });
    expect(document.activeElement).toBe(button());
  });

  it('takes all on request, and keeps nothing then', async () => {
    const { core, user } = await show(failed);
    await user.click(atFoot('Run all again'));
    expect(started(core)).toHaveLength(1);
    expect(started(core)[0]).not.toHaveProperty('again');
  });

  it('says why nothing can be run again that failed', async () => {
    const { core, user } = await show(checked(() => 'open', { manage: true, isFirewallActive: false }));
    const button = atFoot('Run the failed ones again');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(within(foot()).getByText('None has failed.').id).toBe(button.getAttribute('aria-describedby'));
    await user.click(button);
    expect(started(core)).toEqual([]);
    expect(atFoot('Review the changes')).toBeTruthy();
  });

  it('takes only all after a check that did not come to its end', async () => {
    await show({ ...failed, wasAborted: true, verdict: 'fail' });
    expect(atFoot('Run the failed ones again').getAttribute('aria-disabled')).toBe('true');
    expect(within(foot()).getByText(/did not come to its end, so only all/u)).toBeTruthy();
    expect(atFoot('Run all again').getAttribute('aria-disabled')).toBe('false');
    for (const one of screen.queryAllByRole('button', { name: 'Run again' })) expect(one.getAttribute('aria-disabled')).toBe('true');
  });

  it('looks again at a server of which everything has passed', async () => {
    const whole = checked(() => 'open', { manage: true, isFirewallActive: false });
    const passed = { ...whole, checks: whole.checks.map((check) => ({ ...check, verdict: 'pass' as const })) };
    const { core, user } = await show(passed);
    await user.click(screen.getByRole('button', { name: /^server-2/u }));
    expect(screen.getByText('Looks at this server again; what is said of the others stays as it was seen.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Run again' }));
    const ofServer = expect.objectContaining({ subject: { kind: 'server', server: 'server-2' } }) as unknown;
    const own = whole.checks.filter(({ id, subject }) => subject.kind === 'server' && subject.server === 'server-2' && isOwn(id));
    expect(own.length).toBeGreaterThan(0);
    expect(started(core)).toMatchObject([{ again: { run: whole.runId, choice: own.map(() => ofServer) } }]);
  });

  it('runs a check of one server by itself, and says what that takes in', async () => {
    const { core, user } = await show(checked(() => 'open', { manage: true, isFirewallActive: false }));
    await user.click(screen.getByRole('button', { name: /^server-2/u }));
    expect(screen.getAllByText('Looks at this server again; what is said of the others stays as it was seen.').length).toBeGreaterThan(0);
    await user.click(screen.getAllByRole('button', { name: 'Run again' })[0] ?? document.body);
    const [wish] = started(core);
    expect(wish).toMatchObject({ again: { run: failed.runId, choice: [{ subject: { kind: 'server', server: 'server-2' } }] } });
  });

  it('shows of every kept result when it was seen, and judges the whole', async () => {
    const mended = failed.checks.find(({ subject }) => formatSubject(subject) === 'server-2 → server-3:17000');
    if (mended === undefined) throw new Error('the sample has no such way');
    const open = checked(() => 'open', { manage: true, isFirewallActive: false });
    const before = '2026-03-14T21:00:00.000Z';
    const record: RunRecord = {
      ...open,
      keptFrom: 'run-before',
      checks: open.checks.map((check) =>
        formatSubject(check.subject) === formatSubject(mended.subject) ? check : { ...check, seenAt: before, isKept: true as const },
      ),
    };
    const { user } = await show(record);
    expect(screen.getByText(/^As seen on 14 March 2026 at .* from ops-laptop, /u)).toBeTruthy();
    expect(screen.getByText(/^What was not looked at again is older/u)).toBeTruthy();
    await user.click(screen.getByRole('gridcell', { name: /^server-1 → server-2:7000: open/u }));
    const kept = within(screen.getByRole('region', { name: 'server-1 → server-2:7000' }));
    expect(kept.getByText(/^Not looked at again: as seen on 14 March 2026 at/u).getAttribute('datetime')).toBe(before);
    await user.click(screen.getByRole('gridcell', { name: /^server-2 → server-3:17000: open/u }));
    const fresh = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    expect(fresh.queryByText(/^Not looked at again/u)).toBeNull();
  });
});

describe('ways that the firewalls of the servers close', () => {
  it('are no obstacle where the plan opens them', async () => {
    const { user } = await show(checked(allClosed, { manage: true, isFirewallActive: true }));
    expect(screen.getByText(/^Nothing forbids to install, but 24 of 24 ways between the servers are not proved yet/u)).toBeTruthy();
    expect(screen.getByText(/^The firewalls of server-1, server-2, server-3 close 24 ways now; the plan opens them/u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Review the changes' }));
    expect(stepNow()).toBe('review');
  });

  it('can be given to the plan, which is checked at once', async () => {
    const { core, user } = await show(checked(allClosed, { manage: false, isFirewallActive: true }), {
      firewall: { manage: false, clients: [] },
    });
    expect(screen.getByText('24 ways that must be open are closed. Each stands below with what to do.')).toBeTruthy();
    const detail = within(screen.getByRole('region', { name: 'server-1 → server-2:7000' }));
    expect(detail.getByText(/The rules become part of the plan/u)).toBeTruthy();
    await user.click(detail.getByRole('button', { name: 'Open it for me' }));
    expect(draftStore.getState().current?.draft.firewall.manage).toBe(true);
    await waitFor(() => {
      expect(started(core)).toMatchObject([{ workflow: 'check' }]);
    });
    expect(core.drafts.get(filledDraft().id)?.firewall.manage).toBe(true);
  });

  it('are told by pair of machines, with one rule for all ports', async () => {
    await show(checked(allClosed, { manage: false, isFirewallActive: false }));
    const ways = within(screen.getByRole('region', { name: 'Checks' }));
    expect(ways.getAllByText(/^server-\d → server-\d: 7000, 7001, 17000, 17001$/u)).toHaveLength(6);
    expect(ways.getByText('server-1 → server-2: 7000, 7001, 17000, 17001')).toBeTruthy();
  });
});

describe('the checks of the servers', () => {
  it('stand under their server with their counts, and prove what passed', async () => {
    const { user } = await show(checked(() => 'open', { manage: true, isFirewallActive: false }));
    const group = screen.getByRole('button', { name: /^server-2/u });
    expect(group.getAttribute('aria-expanded')).toBe('false');
    expect(group.textContent).toContain('1 to look at');
    await user.click(group);
    expect(screen.getByText(/This is a container or a restricted machine/u)).toBeTruthy();
    const passed = screen.getByText('Operating system').closest('li') ?? document.body;
    const mark = passed.querySelector<HTMLElement>('[tabindex="0"]');
    mark?.focus();
    expect((await screen.findByRole('tooltip')).textContent).toMatch(
      /^Debian.*Wanted: .*Seen on 1[45] March 2026 at .* from ops-laptop through SSH/u,
    );
  });

  it('speak Portuguese', async () => {
    await show(checked(oneClosed, { manage: true, isFirewallActive: false }), {}, (core) => {
      core.settings = { theme: 'system', language: 'pt' };
    });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Conectividade e pré-requisitos');
    const detail = within(screen.getByRole('region', { name: 'server-2 → server-3:17000' }));
    expect(detail.getByText(/equipa de rede:$/u)).toBeTruthy();
  });
});

describe('a check that could not be made', () => {
  it('says why, and leads to where it is put right', async () => {
    const { failure } = fail('ssh.authRejected', serverSubject('server-1'), {
      values: { endpoint: '10.77.0.11:22', user: 'admin', method: 'password' },
    });
    const record: RunRecord = {
      ...sampleMinimal('check'),
      runId: 'run-a',
      finishedAt: '2026-03-14T22:05:01.000Z',
      verdict: 'fail',
      failure,
    };
    const base = filledDraft();
    const { user } = await showStep(ReachabilityStep, 'reachability', { ...base, runs: { ...base.runs, check: 'run-a' } }, (core) => {
      core.addRecord(base.id, record);
    });
    expect((await screen.findByRole('alert')).textContent).toContain('rejected the login of admin');
    await user.click(screen.getByRole('button', { name: 'Go to the step Servers' }));
    expect(stepNow()).toBe('servers');
  });
});
