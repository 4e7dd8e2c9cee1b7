import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RunEventBody } from '../../../electron/shared/domain/events.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { SCENARIOS } from '../../../electron/shared/domain/scenario.ts';
import { clusterSubject, serverSubject } from '../../../electron/shared/domain/subject.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { showStep, type ShownStep } from '../../testing/showStep.tsx';
import { FailoverStep } from './FailoverStep.tsx';
import { begun, moment, passed, roles, trialBegins, trialEnds, writing } from './testing/trialEvents.ts';

const withSecrets = (core: FakeCore): void => {
  core.secrets.set(fakeId(1), new Map([['SSH_PASSWORD_1', 'correct horse']]));
};

/** The step before any test. */
const fresh = async (): Promise<ShownStep> => showStep(FailoverStep, 'failover', filledDraft(), withSecrets);

/** The step with a test of which these events have happened: as after a reload of the window. */
async function reloaded(events: readonly RunEventBody[], isActive = true): Promise<ShownStep> {
  const draft = filledDraft();
  return showStep(FailoverStep, 'failover', { ...draft, runs: { ...draft.runs, failoverTest: 'run-1' } }, (core) => {
    withSecrets(core);
    core.addRun('failoverTest', draft.id, events);
    const run = core.runs.get('run-1');
    if (run !== undefined && !isActive) run.isActive = false;
  });
}

const whileDown: readonly RunEventBody[] = [
  ...begun(),
  ...trialBegins('server-1'),
  writing('server-1', null),
  roles('server-1'),
  moment('server-1', 'faultInjected', 0),
  writing('server-1', 4200, 4200),
];

/** What a figure says to those who do not see it. */
const figure = (name: RegExp): string => screen.getByRole('img', { name }).querySelector('desc')?.textContent ?? '';

const startCalls = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.start').map(({ input }) => input);
const cancels = (core: FakeCore): readonly unknown[] => core.calls.filter(({ name }) => name === 'runs.cancel').map(({ input }) => input);
const stepNow = (): string => {
  const { screen: shown } = useSession.getState();
  return shown.kind === 'wizard' ? shown.step : shown.kind;
};
const tell = (core: FakeCore, ...events: readonly RunEventBody[]): void => {
  act(() => {
    core.emit('run-1', ...events);
  });
};

beforeEach(() => {
  forgetRuns();
});

describe('before a failover test', () => {
  it('says what clients will notice, by the node timeout', async () => {
    await fresh();
    expect(screen.getByText(/cannot write to the lost shard for about 5\.5–10\.5 s.*node timeout of 5 s/u)).toBeTruthy();
    expect(screen.getByText(/takes no writes until the replica has taken over/u)).toBeTruthy();
  });

  it('offers a test, and says why the last one cannot be shown', async () => {
    const { core } = await reloaded([], false);
    act(() => {
      core.push('runs.events', ['damaged' as never]);
    });
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Lose all three servers in turn' })).toBeTruthy();
  });

  it('begins only when its users know, with everything in turn', async () => {
    const { core, user } = await fresh();
    const start = screen.getByRole('button', {
      name: 'Lose all three servers in turn',
      description: 'Confirm first that its users know.',
    });
    await user.click(start);
    expect(startCalls(core)).toEqual([]);
    await user.click(screen.getByRole('checkbox', { name: /stop for up to 10\.5 s, three times/u }));
    await user.click(start);
    expect(startCalls(core)).toEqual([expect.objectContaining({ workflow: 'failoverTest', servers: [] })]);
  });

  it('can be done by keyboard for one server, which needs a consent of its own', async () => {
    const { core, user } = await fresh();
    await user.click(screen.getByRole('checkbox'));
    screen.getByRole('radio', { name: /^All three/u }).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('radio', { name: /^Only server-2/u, checked: true })).toBeTruthy();
    const consent = screen.getByRole('checkbox', { name: /stop for up to 10\.5 s, once/u, checked: false });
    expect(figure(/^What is lost/u)).toMatch(/server-2:7000 is lost/u);
    consent.focus();
    await user.keyboard(' ');
    screen.getByRole('button', { name: 'Lose server-2 now' }).focus();
    await user.keyboard('{Enter}');
    expect(startCalls(core)).toEqual([expect.objectContaining({ servers: ['server-2'] })]);
  });

  it('can do something else to a server, which needs a consent of its own and says what it proves', async () => {
    const { core, user } = await fresh();
    await user.click(screen.getByRole('checkbox'));
    await user.selectOptions(screen.getByRole('combobox', { name: 'What is done to it' }), 'Network cut');
    expect(screen.getByText(/Nothing passes between the server and its peers/u)).toBeTruthy();
    expect(screen.getByText(/Only the loss of the whole server proves/u)).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { checked: false }));
    await user.click(screen.getByRole('button', { name: 'Test all three servers in turn' }));
    expect(startCalls(core)).toEqual([expect.objectContaining({ servers: [], scenario: 'networkCut' })]);
  });

  it('measures more where that is asked for', async () => {
    const { core, user } = await fresh();
    await user.click(screen.getByRole('button', { name: 'Also measure', expanded: false }));
    await user.click(await screen.findByRole('checkbox', { name: 'Writes that wait for a replica (WAIT 1)' }));
    const readers = screen.getByRole('checkbox', { name: 'Reads from replicas' });
    await user.click(readers);
    await user.click(screen.getByRole('checkbox', { name: /stop for up to 10\.5 s, three times/u }));
    const start = screen.getByRole('button', { name: 'Lose all three servers in turn' });
    await user.click(start);
    expect(startCalls(core)).toEqual([expect.objectContaining({ measures: ['application', 'readers', 'wait'] })]);
  });

  it('begins with what the specification says, and says where that is more than the wizard does at once', async () => {
    const failoverTest = { scenarios: ['networkCut' as const, 'switchover' as const], servers: ['server-2'] };
    const { core, user } = await showStep(FailoverStep, 'failover', { ...filledDraft(), failoverTest }, withSecrets);
    expect(screen.getByRole('radio', { name: /^Only server-2/u, checked: true })).toBeTruthy();
    expect(screen.getByText(/asks for 2 trials/u)).toBeTruthy();
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Test server-2 now' }));
    expect(startCalls(core)).toEqual([expect.objectContaining({ servers: ['server-2'], scenario: 'networkCut' })]);
  });

  it('counts of all scenarios those that need no commands for the power', async () => {
    await showStep(FailoverStep, 'failover', { ...filledDraft(), failoverTest: { scenarios: [...SCENARIOS] } }, withSecrets);
    expect(screen.getByText(/asks for 24 trials/u)).toBeTruthy();
  });

  it('cuts no power, and says where that is done, also where the specification asks for it', async () => {
    const { core, user } = await showStep(
      FailoverStep,
      'failover',
      { ...filledDraft(), failoverTest: { scenarios: ['powerLost' as const] } },
      withSecrets,
    );
    expect(screen.queryByRole('option', { name: 'Power cut' })).toBeNull();
    expect(screen.getByText(/A power cut is made from the command line/u)).toBeTruthy();
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Lose all three servers in turn' }));
    expect(startCalls(core)).toEqual([expect.objectContaining({ scenario: 'serverLost' })]);
  });

  it('asks for the name of a cluster that holds keys, after the core has refused', async () => {
    const failure = fail('failover.holdsKeys', clusterSubject, { values: { cluster: 'sessions', keys: 7 } }).failure;
    const { core, user } = await reloaded([...begun(), { type: 'runFinished', verdict: 'fail', failure, wasAborted: false }], false);
    await user.click(await screen.findByRole('button', { name: 'Test again' }));
    await user.click(screen.getByRole('checkbox'));
    const start = screen.getByRole('button', {
      name: 'Lose all three servers in turn',
      description: /Type the name of the cluster first/u,
    });
    await user.click(start);
    expect(startCalls(core)).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: /^Type sessions/u }), 'sessions');
    await user.click(start);
    expect(startCalls(core)).toEqual([expect.objectContaining({ namedCluster: 'sessions' })]);
  });

  it('can be left out', async () => {
    const { user } = await fresh();
    await user.click(screen.getByRole('button', { name: 'Go on without a test' }));
    expect(stepNow()).toBe('report');
  });
});

describe('tests of single servers', () => {
  const told = (server: string): readonly RunEventBody[] => [...begun(), ...trialBegins(server), ...trialEnds(server), passed];

  it('add up: what an earlier test proved stands beside the newest, and what is missing is named', async () => {
    const draft = filledDraft();
    await showStep(FailoverStep, 'failover', { ...draft, runs: { ...draft.runs, failoverTest: 'run-2' } }, (core) => {
      withSecrets(core);
      core.addRun('failoverTest', draft.id, told('server-1'));
      core.addRun('failoverTest', draft.id, told('server-3'));
    });
    expect(await screen.findByText('Survived the loss of server-1 and server-3. Not tested: server-2.')).toBeTruthy();
    const list = within(screen.getByRole('list', { name: 'Servers of this test' }));
    const [first, second, third] = list.getAllByRole('listitem').map((item) => item.textContent ?? '');
    expect(first).toMatch(/server-1.*Passed.*on \d{4}-\d\d-\d\d \d\d:\d\d/u);
    expect(second).toMatch(/server-2.*Not tried/u);
    expect(third).toMatch(/server-3.*Passed/u);
    expect(third).not.toMatch(/on \d{4}/u);
  });

  it('are told where the next one is chosen', async () => {
    const draft = filledDraft();
    await showStep(FailoverStep, 'failover', draft, (core) => {
      withSecrets(core);
      core.addRun('failoverTest', draft.id, told('server-2'));
    });
    expect(
      await screen.findByText(/says nothing of the other two\. Tested \d{4}-\d\d-\d\d \d\d:\d\d: Passed, .* without writes\.$/u),
    ).toBeTruthy();
    expect(screen.getAllByText(/Not tested since the installation\.$/u)).toHaveLength(2);
  });
});

describe('a failover test that goes on', () => {
  it('shows what is lost, for how long clients are not served, and how to end it', async () => {
    const { core, user } = await reloaded(whileDown);
    expect(await screen.findByText('server-1 is hit on purpose')).toBeTruthy();
    // On the clock and in the table.
    expect(screen.getAllByText('4.2 s')).toHaveLength(2);
    expect(screen.getByText(/so far.*expected 5\.5–10\.5 s/u)).toBeTruthy();
    expect(figure(/^Roles at this moment/u)).toMatch(/server-1:7000 is lost/u);
    const table = within(screen.getByRole('table', { name: 'Writes by shard' }));
    expect(table.getByRole('row', { name: '1 (its master is lost) 0 4.2 s' })).toBeTruthy();
    expect(table.getByRole('row', { name: '2 200 –' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Heal now' }));
    expect(cancels(core)).toEqual(['run-1']);
    expect(await screen.findByText('Stopping: the server is brought back first.')).toBeTruthy();
  });

  it('says the same length everywhere, also a while after the last news', async () => {
    // What a clock of the step's own would go by; it runs as usual until it is put forward.
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    await reloaded(whileDown);
    await screen.findByText('server-1 is hit on purpose');
    act(() => void vi.advanceTimersByTime(10_000));
    expect(screen.getAllByText('4.2 s')).toHaveLength(2);
    expect(figure(/^Writes per second/u)).toMatch(/4\.2 s/u);
  });

  it('follows the roles and tells each moment', async () => {
    const { core } = await reloaded(whileDown);
    await screen.findByText('server-1 is hit on purpose');
    tell(core, moment('server-1', 'promoted', 7690), roles('server-1', 'server-2:7001'), writing('server-1', 8200));
    await waitFor(() => expect(figure(/^Roles at this moment/u)).toMatch(/server-2:7001 is master of 0–5460/u));
    expect(screen.getAllByRole('status').map((one) => one.textContent)).toContain('Replica promoted, 7.7 s after the loss');
    expect(figure(/^Writes per second/u)).toMatch(/Replica promoted 7\.7 s/u);
    expect(screen.getByText(/and served again/u)).toBeTruthy();
    // The way out stays until the nodes answer.
    expect(screen.getByRole('button', { name: 'Heal now' })).toBeTruthy();
    tell(core, moment('server-1', 'serverStarted', 12_000));
    expect(await screen.findByText('server-1 runs again')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Heal now' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Stop the test' })).toBeTruthy();
  });

  it('shows each verdict as soon as there is one, and goes on with the next server', async () => {
    const { core } = await reloaded([...whileDown, ...trialEnds('server-1'), ...trialBegins('server-2'), writing('server-2', null)]);
    const result = within(await screen.findByRole('region', { name: 'server-1: Whole server lost' }));
    expect(result.getByText('Passed')).toBeTruthy();
    expect(result.getByText(/None of [\d,.]+ acknowledged writes was lost/u)).toBeTruthy();
    expect(screen.getByText('Everything still runs')).toBeTruthy();
    expect(screen.getByRole('list', { name: 'Servers of this test' }).textContent).toMatch(
      /server-1Passed.*server-2Now.*server-3Not tried/u,
    );
    tell(core, passed);
    expect(await screen.findByRole('button', { name: 'See the report' })).toBeTruthy();
  });
});

describe('a failover test that has ended', () => {
  it('says what was proved, and leads to the report', async () => {
    const servers = ['server-1', 'server-2', 'server-3'];
    const { user } = await reloaded([...begun(), ...servers.flatMap((server) => [...trialBegins(server), ...trialEnds(server)]), passed]);
    expect(await screen.findByText(/survives the loss of any one of its three servers/u)).toBeTruthy();
    const state = within(screen.getByRole('region', { name: 'How the test left the cluster' }));
    expect(state.getByText('All nodes run, and the masters are where they were planned.')).toBeTruthy();
    expect(state.getByText(/^As seen on 14 March 2026 at /u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'See the report' }));
    expect(stepNow()).toBe('report');
  });

  it('says what it has left behind', async () => {
    const left = message('failover.keysLeft', { reason: 'NOPERM', minutes: 6 });
    await reloaded([...whileDown, ...trialEnds('server-1'), { type: 'note', level: 'warn', server: null, message: left }, passed]);
    expect(await screen.findByText(/could not be deleted \(NOPERM\)\. They expire by themselves within 6 minutes/u)).toBeTruthy();
  });

  it('says how the cluster stands after it was stopped', async () => {
    const failure = fail('run.aborted', clusterSubject).failure;
    await reloaded([...whileDown, { type: 'runFinished', verdict: 'fail', failure, wasAborted: true }]);
    expect(await screen.findByText(/were given their planned nodes back/u)).toBeTruthy();
    expect(screen.getByText(/was interrupted\. The server that was lost runs again/u)).toBeTruthy();
  });

  it('says which server may still be down, with what to do', async () => {
    const failure = fail('failover.notHealed', serverSubject('server-1'), {
      values: { server: 'server-1', reason: 'the SSH connection was lost', seconds: 120 },
    }).failure;
    await reloaded([...whileDown, { type: 'runFinished', verdict: 'fail', failure, wasAborted: false }]);
    expect(await screen.findByText(/The nodes of server-1 may still be down/u)).toBeTruthy();
    expect(
      screen
        .getAllByRole('alert')
        .map((one) => one.textContent)
        .join('\n'),
    ).toContain('failover.notHealed');
  });

  it('tells of a test that was ended with Triad, and can be made again', async () => {
    const { user } = await reloaded(whileDown, false);
    expect(await screen.findByText('Triad was ended in the middle of this test.')).toBeTruthy();
    expect(await screen.findByText(/a timer on it has started its nodes by itself/u)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Test again' }));
    expect(screen.getByRole('button', { name: 'Lose all three servers in turn' })).toBeTruthy();
  });
});
