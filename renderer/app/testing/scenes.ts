import {
  sampleAborted,
  sampleBroken,
  sampleFailedCheck,
  sampleFailoverTest,
  sampleInstall,
  sampleMinimal,
} from '../../../electron/report/testing/sampleRecord.ts';
import type { Draft, StepId } from '../../../electron/shared/domain/draft.ts';
import { fail } from '../../../electron/shared/domain/failure.ts';
import { lostServerUnder } from '../../../electron/shared/domain/lostServers.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject, serverSubject } from '../../../electron/shared/domain/subject.ts';
import { triedServers } from '../../../electron/shared/domain/triedServers.ts';
import { message } from '../../../electron/shared/messages/message.ts';
import { fakeId, filledDraft, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { manyEvents } from '../../../electron/shared/domain/testing/manyEvents.ts';
import { useSession, type SessionDialog } from '../../state/session.ts';

/** Sets a core up, and gives what is to be done once the window is there. */
export type Scene = (core: FakeCore) => () => Promise<void>;

const settled = async (): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
};

/** Puts a draft with its secrets and runs into the core. */
function withDraft(core: FakeCore, change: Partial<Draft>, runs: readonly RunOf[] = []): Draft {
  const base = filledDraft(core.drafts.size + 1, change);
  const servers = base.servers.map((server, index) => ({ ...server, address: `10.77.0.${index + 11}` }));
  const draft = { ...base, servers, runs: { ...base.runs } };
  runs.forEach(({ slot, record, untilMs, isActive }, index) => {
    const runId = `${draft.id.slice(-4)}-${index + 1}-${record.workflow}`;
    core.addRecord(draft.id, { ...record, runId }, { ...(untilMs === undefined ? {} : { untilMs }), isActive: isActive ?? false });
    draft.runs[slot] = runId;
  });
  core.drafts.set(draft.id, draft);
  core.secrets.set(draft.id, new Map([['SSH_PASSWORD_1', 'x']]));
  return draft;
}

interface RunOf {
  readonly slot: keyof Draft['runs'];
  readonly record: RunRecord;
  readonly untilMs?: number;
  readonly isActive?: boolean;
}

function planRecord(): RunRecord {
  const installed = sampleInstall();
  return { ...installed, workflow: 'plan', appliedChanges: [], clusterCommands: [], phases: installed.phases.slice(0, 6), durationMs: 900 };
}

function checkRecord(): RunRecord {
  return { ...sampleFailedCheck(), failure: null, verdict: 'pass', checks: sampleInstall().checks, matrices: sampleInstall().matrices };
}

/** A check that came to its end and found a way closed. */
function failedCheck(): RunRecord {
  return { ...sampleFailedCheck(), failure: null };
}

/** The same with only the failed results looked at again: the others are from an hour before. */
function checkInPart(): RunRecord {
  const record = failedCheck();
  const before = new Date(Date.parse(record.startedAt) - 3_600_000).toISOString();
  const checks = record.checks.map((one) => (one.verdict === 'fail' ? one : { ...one, seenAt: before }));
  return { ...record, keptFrom: 'earlier', checks };
}

/** A check that went on without a server that cannot be reached. */
function checkWithoutServer(): RunRecord {
  const record = checkRecord();
  const failure = fail('ssh.timedOut', serverSubject('server-2'), { values: { endpoint: '10.77.0.12:22', seconds: 15 } }).failure;
  const isOfLost = ({ subject }: RunRecord['checks'][number]): boolean => lostServerUnder(subject, ['server-2']) !== null;
  const reached: RunRecord['checks'][number] = {
    id: 'server.reached',
    subject: serverSubject('server-2'),
    verdict: 'fail',
    expected: message('check.server.reached.expected'),
    observed: { code: failure.code, values: failure.values },
    evidence: '',
    remedy: { code: `${failure.code}.remedy`, values: failure.values },
  };
  return {
    ...record,
    verdict: 'fail',
    phases: [{ phase: 'connect', server: 'server-2', startedMs: 0, durationMs: 15_000, outcome: 'failed', failure }],
    facts: record.facts.filter(({ server }) => server !== 'server-2'),
    matrices: record.matrices.map((matrix) => ({
      ...matrix,
      cells: matrix.cells.map((cell) =>
        cell.from === 'server-2' || cell.to === 'server-2' ? { ...cell, reach: 'unknown' as const, durationMs: 0, evidence: '' } : cell,
      ),
    })),
    checks: [
      reached,
      ...record.checks.map((check) =>
        isOfLost(check)
          ? {
              ...check,
              verdict: 'unknown' as const,
              expected: message('check.unobserved.expected'),
              observed: message('check.unobserved.observed', { reason: 'The server at 10.77.0.12:22 did not answer within 15 s' }),
              evidence: '',
              remedy: message('check.unobserved.remedy', { server: 'server-2' }),
            }
          : check,
      ),
    ],
  };
}

/** All ways between the servers closed by firewalls that the plan opens. */
function closedByFirewalls(): RunRecord {
  const record = checkRecord();
  const [matrix] = record.matrices;
  if (matrix === undefined) return record;
  const cells = matrix.cells.map((cell) => ({ ...cell, reach: 'filtered' as const, durationMs: 3500 }));
  const found = cells.flatMap(({ from, to, port }): RunRecord['checks'] => {
    const subject = { kind: 'pair', from, to, port } as const;
    const isBus = port > 10_000;
    const texts = {
      expected: message('check.pair.dataPort.expected', { from, to, role: 'master', endpoint: `${to}:${port}` }),
      evidence: '',
    };
    return from === 'admin'
      ? []
      : [
          {
            ...texts,
            id: isBus ? 'pair.busPort' : 'pair.dataPort',
            subject,
            verdict: 'warn',
            observed: message('check.pair.willBeOpened', { endpoint: `${to}:${port}`, firewall: 'ufw', to }),
            remedy: message('check.pair.willBeOpened.remedy'),
          },
        ];
  });
  const checks = [...record.checks.filter(({ subject }) => subject.kind !== 'pair'), ...found];
  return { ...record, matrices: [{ ...matrix, cells }], checks };
}

const check: RunOf = { slot: 'check', record: checkRecord() };
const plan: RunOf = { slot: 'plan', record: planRecord() };
const install: RunOf = { slot: 'install', record: sampleInstall() };
const failoverTest: RunOf = { slot: 'failoverTest', record: sampleFailoverTest() };

/** A step of a draft with these runs. */
function step(id: StepId, runs: readonly RunOf[] = [], change: Partial<Draft> = {}): Scene {
  return (core) => {
    const draft = withDraft(core, { reached: id, ...change }, runs);
    return async () => {
      await settled();
      await useSession.getState().openDraft(draft, id);
      await settled();
    };
  };
}

/** A step while a check goes on that was begun for other settings. */
function stepBesideOther(id: StepId): Scene {
  return (core) => {
    const draft = withDraft(core, { reached: id }, []);
    const run = core.addRecord(draft.id, failedCheck(), { untilMs: 100, isActive: true });
    core.runs.set(run.runId, { ...run, startedFor: 'something else' });
    return async () => {
      await settled();
      await useSession.getState().openDraft(draft, id);
      await settled();
    };
  };
}

/** What stands where the report of a run would: the fake core serves none. */
const REPORT = 'data:text/html,<body style="font-family:sans-serif"><h1>The report of the run</h1></body>';

function dialog(kind: SessionDialog): Scene {
  return () => async () => {
    await settled();
    useSession.getState().showDialog(kind);
    await settled();
  };
}

function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

function homeOf(core: FakeCore): () => Promise<void> {
  const aged = (record: RunRecord, days: number): RunRecord => ({
    ...record,
    startedAt: ago(days),
    finishedAt: ago(days),
    trials: record.trials.map((trial) => ({ ...trial, startedAt: ago(days) })),
  });
  const one = withDraft(core, { name: 'sessions', reached: 'report', updatedAt: ago(3) }, [
    { ...install, record: aged(sampleInstall(), 40) },
    { ...failoverTest, record: aged(sampleFailoverTest(), 3) },
  ]);
  withDraft(core, { name: 'cache-porto', reached: 'report', updatedAt: ago(200) }, [{ ...install, record: aged(sampleInstall(), 200) }]);
  withDraft(core, { name: 'sessions-test', reached: 'install', updatedAt: ago(0) }, [
    { slot: 'install', record: { ...sampleInstall(), startedAt: ago(0.01) }, untilMs: 1500 },
  ]);
  core.drafts.set(fakeId(9), { ...filledDraft(9, { name: 'draft' }), updatedAt: ago(1) });
  const own = core.drafts;
  core.answer('home.list', () =>
    [...own.values()].map((draft) => ({
      draftId: draft.id,
      name: draft.name,
      addresses: draft.servers.map(({ address }) => address),
      updatedAt: draft.updatedAt,
      runs: core.summaries(draft.id),
      tried: [
        ...triedServers(
          draft.servers.map(({ name }) => name),
          core.summaries(draft.id),
        ),
      ],
      survivesAnyServer: draft.id === one.id ? true : null,
      isComplete: true,
    })),
  );
  return settled;
}

/** Every screen that can be looked at, by name. */
export const scenes: Readonly<Record<string, Scene>> = {
  home: homeOf,
  'home-empty': () => settled,
  'home-practice': (core) => {
    core.answer('practice.start', () => new Promise(() => undefined));
    return async () => {
      await settled();
      const { startPractice } = await import('../../state/home.ts');
      void startPractice();
      core.push('practice.progress', ['Starting server-2 of 3']);
      await settled();
    };
  },
  'home-impossible': (core) => {
    core.answer('practice.status', () => ({ isPossible: false, reason: 'practice servers need Linux and root', isRunning: false }));
    return settled;
  },
  'home-failure': (core) => {
    core.answer('home.list', () => {
      throw fail('storage.damaged', adminSubject, {
        values: { file: '/home/ana/.local/share/triad/drafts/1.json', kept: '1.json.damaged' },
        evidence: 'Unexpected end of JSON input',
      });
    });
    return settled;
  },
  settings: dialog('settings'),
  about: dialog('about'),
  help: dialog('help'),
  lost: (core) => async () => {
    await settled();
    core.lose();
    await useSession
      .getState()
      .saveSettings({ theme: 'system', language: 'en' })
      .catch(() => undefined);
    await settled();
  },
  secrets: (core) => {
    const draft = withDraft(core, { sameLogin: false });
    core.secrets.clear();
    return async () => {
      await settled();
      await useSession.getState().openDraft(draft);
      const { startRun } = await import('../../state/runs.ts');
      void startRun('check');
      await settled();
    };
  },
  question: (core) => {
    const draft = withDraft(core, { reached: 'install' }, [plan, { slot: 'install', record: sampleMinimal(), isActive: true }]);
    return async () => {
      await settled();
      await useSession.getState().openDraft(draft, 'install');
      await settled();
      core.ask(draft.runs.install ?? '', message('phase.confirmInstall', { count: 31, servers: 3 }));
      await settled();
    };
  },
  'servers-empty': (core) => async () => {
    await settled();
    const { beginNew } = await import('../../state/home.ts');
    await beginNew();
    core.calls.splice(0);
    await settled();
  },
  servers: step('servers'),
  redis: step('redis'),
  placement: step('placement'),
  'reachability-before': step('reachability'),
  'reachability-other': stepBesideOther('reachability'),
  reachability: step('reachability', [{ slot: 'check', record: failedCheck() }]),
  'reachability-broken': step('reachability', [{ slot: 'check', record: sampleFailedCheck() }]),
  'reachability-part': step('reachability', [{ slot: 'check', record: checkInPart() }]),
  'reachability-lost': step('reachability', [{ slot: 'check', record: checkWithoutServer() }]),
  'reachability-openings': step('reachability', [{ slot: 'check', record: closedByFirewalls() }]),
  'reachability-pass': step('reachability', [check]),
  'review-other': stepBesideOther('review'),
  review: step('review', [check, plan]),
  'install-before': step('install', [check, plan]),
  'install-running': step('install', [check, plan, { ...install, untilMs: 1500, isActive: true }]),
  'install-interrupted': step('install', [check, plan, { ...install, untilMs: 1500 }]),
  'install-aborted': step('install', [check, plan, { slot: 'install', record: sampleAborted() }]),
  'install-broken': step('install', [check, plan, { slot: 'install', record: sampleBroken() }]),
  install: step('install', [check, plan, install]),
  'failover-before': step('failover', [check, plan, install]),
  'failover-running': step('failover', [check, plan, install, { ...failoverTest, untilMs: 10_500, isActive: true }]),
  failover: step('failover', [check, plan, install, failoverTest]),
  report: (core) => {
    core.answer('reports.link', () => REPORT);
    core.answer('reports.connections', () => [
      { format: 'ioredis', text: "new Redis.Cluster([{ host: '10.77.0.11', port: 7000 }], { redisOptions: { password: '***' } })" },
    ]);
    return step('report', [check, plan, install, failoverTest])(core);
  },
  /** 20,000 events: half of them are there at the opening, the others arrive by `window.arrive()`. */
  many: (core) => {
    const draft = withDraft(core, { reached: 'install' }, [plan]);
    const events = manyEvents(sampleInstall().plan, 'run-many', 20_000);
    const run = core.addRun('install', draft.id, events.slice(0, 10_000));
    core.drafts.set(draft.id, { ...draft, runs: { ...draft.runs, install: run.runId } });
    let at = 10_000;
    Object.assign(window, {
      arrive: (count: number): number => {
        core.emit(run.runId, ...events.slice(at, at + count));
        at += count;
        return events.length - at;
      },
    });
    return async () => {
      await settled();
      await useSession.getState().openDraft(core.drafts.get(draft.id) ?? draft, 'install');
      await settled();
    };
  },
};
