import type { TriadBridge } from '../../../electron/shared/contract/bridge.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput, RunSummary, Settings } from '../../../electron/shared/contract/procedures.ts';
import { procedures } from '../../../electron/shared/contract/procedures.ts';
import {
  streams,
  type AppCommand,
  type StreamInput,
  type StreamName,
  type StreamValue,
} from '../../../electron/shared/contract/streams.ts';
import { emptyDraft, specInputOf, type Draft } from '../../../electron/shared/domain/draft.ts';
import type { RunEvent, RunEventBody, WorkflowId } from '../../../electron/shared/domain/events.ts';
import { failureOf } from '../../../electron/shared/domain/failure.ts';
import type { Message } from '../../../electron/shared/domain/message.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { trialSummaryOf, triedServers } from '../../../electron/shared/domain/triedServers.ts';
import { eventsOfRecord } from './eventsOfRecord.ts';
import { sampleBuilds } from './sampleBuilds.ts';

type Answer<Name extends ProcedureName> = (input: ProcedureInput<Name>) => ProcedureOutput<Name> | Promise<ProcedureOutput<Name>>;
type Answers = { [Name in ProcedureName]?: Answer<Name> };
interface Follower {
  readonly name: StreamName;
  readonly input: unknown;
  readonly listener: (values: readonly unknown[]) => void;
}

/** A run as the fake core keeps it. */
export interface FakeRun {
  readonly runId: string;
  readonly draft: string;
  readonly workflow: WorkflowId;
  readonly events: RunEvent[];
  isActive: boolean;
  /** It goes on, but not in this core: the command line's. */
  isElsewhere?: true;
  question: Message | null;
  /** What its draft said when it was started. */
  readonly startedFor: string;
}

/** A core without a process behind it. */
export interface FakeCore {
  readonly bridge: TriadBridge;
  /** What it keeps; tests may look into it and change it. */
  readonly drafts: Map<string, Draft>;
  readonly secrets: Map<string, Map<string, string>>;
  readonly runs: Map<string, FakeRun>;
  readonly copied: string[];
  settings: Settings;
  /** Every call that was made, in order. */
  readonly calls: { readonly name: ProcedureName; readonly input: unknown }[];
  /** Answers a procedure in place of the fake's own way; to fail, throw a `FailureError`. */
  readonly answer: <Name extends ProcedureName>(name: Name, answer: Answer<Name>) => void;
  /** Makes a run known (as if it had been started); it goes on until it is finished or `isActive` is set to false. */
  readonly addRun: (workflow: WorkflowId, draft: string, events?: readonly RunEventBody[]) => FakeRun;
  /** Lets events happen: numbers and stamps them, 10 ms apart, and tells whoever follows the run. `runFinished` ends it. */
  readonly emit: (runId: string, ...events: readonly RunEventBody[]) => void;
  /** Makes a run known whose record is given: all of it, or what had happened until a moment (`untilMs` since its beginning). */
  readonly addRecord: (draft: string, record: RunRecord, options?: { readonly untilMs?: number; readonly isActive?: boolean }) => FakeRun;
  /** What the core says of the runs of a draft, newest first. */
  readonly summaries: (draft: string) => RunSummary[];
  /** Lets a run ask. */
  readonly ask: (runId: string, question: Message | null) => void;
  /** Sends values to everybody who follows a stream. */
  readonly push: <Name extends StreamName>(name: Name, values: readonly StreamValue<Name>[]) => void;
  /** Sends a command of the menu. */
  readonly command: (command: AppCommand) => void;
  /** The core is gone: every call rejects from now on. */
  readonly lose: () => void;
  /** Puts it where the window looks for its core. */
  readonly install: () => void;
}

/** The id of the fake's n-th draft. */
export function fakeId(number: number): string {
  return number.toString(16).padStart(32, '0');
}

/** A draft whose three servers are filled in, at 10.0.0.1 to 10.0.0.3 with password logins. */
export function filledDraft(number = 1, change: Partial<Draft> = {}): Draft {
  const draft = emptyDraft(fakeId(number), '2026-03-14T22:00:00.000Z', '7.0.15');
  return {
    ...draft,
    servers: draft.servers.map((server, index) => ({ ...server, address: `10.0.0.${index + 1}`, user: 'admin' })),
    ...change,
  };
}

const START_MS = Date.parse('2026-03-14T22:05:00.000Z');

function summaryOf(run: FakeRun): RunSummary {
  const end = run.events.find((event) => event.type === 'runFinished');
  const maintained = run.events.flatMap((event) =>
    event.type === 'phaseStarted' ? (/^(?:vacateServer|awaitReturn):(.+)$/u.exec(event.phase)?.[1] ?? []) : [],
  )[0];
  return {
    runId: run.runId,
    workflow: run.workflow,
    startedAt: run.events[0]?.at ?? new Date(START_MS).toISOString(),
    finishedAt: end?.at ?? null,
    verdict: end?.verdict ?? null,
    wasAborted: end?.wasAborted ?? false,
    isActive: run.isActive,
    isInterrupted: !run.isActive && run.isElsewhere !== true && end === undefined,
    ...(run.isElsewhere === true && end === undefined ? { isElsewhere: true } : {}),
    trials: run.events.flatMap((event) => (event.type === 'trialFinished' ? [trialSummaryOf(event.trial)] : [])),
    ...(maintained === undefined ? {} : { maintained }),
  };
}

/** Makes a fake core that keeps drafts, secrets and runs, answers by the contract, and throws on what it was not told to answer. */
export function fakeCore(): FakeCore {
  const drafts = new Map<string, Draft>();
  const secrets = new Map<string, Map<string, string>>();
  const runs = new Map<string, FakeRun>();
  const copied: string[] = [];
  const calls: { name: ProcedureName; input: unknown }[] = [];
  const followers = new Set<Follower>();
  const told: Answers = {};
  let isLost = false;

  function push<Name extends StreamName>(
    name: Name,
    values: readonly StreamValue<Name>[],
    isFor: (input: unknown) => boolean = () => true,
  ): void {
    for (const one of Array.from(followers)) if (one.name === name && isFor(one.input)) one.listener(structuredClone(values));
  }
  const isRun =
    (runId: string) =>
    (input: unknown): boolean =>
      typeof input === 'object' && input !== null && 'runId' in input && input.runId === runId;

  /** What a draft says, for comparing; nothing for one that the fake does not keep. */
  function saysOf(id: string): string {
    const draft = drafts.get(id);
    return draft === undefined ? '' : JSON.stringify(specInputOf(draft));
  }
  function runOf(runId: string): FakeRun {
    const run = runs.get(runId);
    if (run === undefined) throw new Error(`the fake core has no run ${runId}`);
    return run;
  }
  function draftOf(id: string): Draft {
    const draft = drafts.get(id);
    if (draft === undefined) throw new Error(`the fake core has no draft ${id}`);
    return draft;
  }
  function secretsOf(id: string): Map<string, string> {
    const known = secrets.get(id) ?? new Map<string, string>();
    secrets.set(id, known);
    return known;
  }
  function keep(draft: Draft): Draft {
    drafts.set(draft.id, draft);
    return draft;
  }
  function newestFirst(draft: string): RunSummary[] {
    return [...runs.values()]
      .filter((run) => run.draft === draft)
      .map(summaryOf)
      .toReversed();
  }

  const core: FakeCore = {
    bridge: {
      call: async (name, input) => {
        if (isLost) throw new Error('the other end is gone');
        if (!isProcedure(name)) throw new Error(`the contract has no procedure ${name}`);
        const parsed: unknown = procedures[name].input.parse(structuredClone(input));
        calls.push({ name, input: parsed });
        try {
          const answer = (told[name] ?? own[name]) as ((input: unknown) => unknown) | undefined;
          if (answer === undefined) throw new Error(`the fake core was not told what to answer to ${name}`);
          return { ok: true, value: structuredClone(await answer(parsed)) };
        } catch (error) {
          return { ok: false, failure: failureOf(error, adminSubject) };
        }
      },
      subscribe: (name, input, listener) => {
        if (isLost) throw new Error('the other end is gone');
        if (!isStream(name)) throw new Error(`the contract has no stream ${name}`);
        streams[name].input.parse(input);
        const follower: Follower = { name, input, listener };
        followers.add(follower);
        if (name === 'runs.events') {
          const { runId, after } = input as StreamInput<'runs.events'>;
          const events = runOf(runId).events.filter(({ seq }) => seq > after);
          // Later, as over a wire: nobody may count on values before `subscribe` has returned.
          queueMicrotask(() => {
            if (followers.has(follower) && events.length > 0) listener(structuredClone(events));
          });
        }
        if (name === 'runs.questions') {
          const { runId } = input as StreamInput<'runs.questions'>;
          const { question } = runOf(runId);
          queueMicrotask(() => {
            if (followers.has(follower) && question !== null) listener([{ runId, question }]);
          });
        }
        return () => {
          followers.delete(follower);
        };
      },
    },
    drafts,
    secrets,
    runs,
    copied,
    calls,
    settings: { theme: 'system', language: 'system' },
    answer: (name, answer) => {
      Object.assign(told, { [name]: answer });
    },
    addRun: (workflow, draft, events = []) => {
      const runId = `run-${runs.size + 1}`;
      const run: FakeRun = { runId, draft, workflow, events: [], isActive: true, question: null, startedFor: saysOf(draft) };
      runs.set(run.runId, run);
      core.emit(run.runId, ...events);
      return run;
    },
    addRecord: (draft, record, { untilMs = Number.POSITIVE_INFINITY, isActive = false } = {}) => {
      const { runId, workflow } = record;
      const run: FakeRun = { runId, draft, workflow, events: [], isActive, question: null, startedFor: saysOf(draft) };
      const startedMs = Date.parse(record.startedAt);
      eventsOfRecord(record)
        .filter(({ atMs }) => atMs <= untilMs)
        .forEach(({ atMs, body }, index) => {
          run.events.push({ ...body, seq: index + 1, at: new Date(startedMs + atMs).toISOString(), sinceStartMs: atMs });
        });
      runs.set(run.runId, run);
      return run;
    },
    emit: (runId, ...bodies) => {
      const run = runOf(runId);
      const events = bodies.map((body, index): RunEvent => {
        const seq = run.events.length + index + 1;
        const sinceStartMs = (run.events.at(-1)?.sinceStartMs ?? 0) + (index + 1) * 10;
        return { ...body, seq, at: new Date(START_MS + sinceStartMs).toISOString(), sinceStartMs };
      });
      run.events.push(...events);
      if (events.some(({ type }) => type === 'runFinished')) run.isActive = false;
      push('runs.events', events, isRun(runId));
    },
    summaries: newestFirst,
    ask: (runId, question) => {
      runOf(runId).question = question;
      push('runs.questions', [question === null ? null : { runId, question }], isRun(runId));
    },
    push: (name, values) => {
      push(name, values);
    },
    command: (command) => {
      push('app.commands', [command]);
    },
    lose: () => {
      isLost = true;
    },
    install: () => {
      Object.defineProperty(window, 'triad', { value: core.bridge, configurable: true, writable: true });
    },
  };

  const own: Answers = {
    'app.start': () => ({
      version: '0.1.0',
      isPackaged: false,
      platform: 'linux',
      settings: core.settings,
      systemLanguage: 'en',
      keychain: 'available',
      home: '/home/ana/.local/share/triad',
      builds: sampleBuilds,
      defaultVersion: '7.0.15',
      openDraft: null,
      openFailure: null,
    }),
    'app.saveSettings': (settings) => {
      core.settings = settings;
      return settings;
    },
    'app.licences': () => 'MIT License',
    'app.copy': (text) => {
      copied.push(text);
    },
    'home.list': () =>
      [...drafts.values()].map((draft) => ({
        draftId: draft.id,
        name: draft.name,
        addresses: draft.servers.map(({ address }) => address),
        updatedAt: draft.updatedAt,
        runs: newestFirst(draft.id),
        tried: [
          ...triedServers(
            draft.servers.map(({ name }) => name),
            newestFirst(draft.id),
          ),
        ],
        survivesAnyServer: null,
        rolesAsPlanned: null,
        isComplete: draft.servers.every(({ address }) => address !== ''),
      })),
    'drafts.create': () => keep(emptyDraft(fakeId(drafts.size + 1), '2026-03-14T22:00:00.000Z', '7.0.15')),
    'drafts.load': (id) => draftOf(id),
    'drafts.save': (draft) => {
      keep(draft);
    },
    'drafts.remove': (id) => {
      drafts.delete(id);
    },
    'drafts.export': (id) => ({ name: `${draftOf(id).name}.yaml` }),
    'secrets.store': ({ draft, name, value }) => {
      secretsOf(draft).set(name, value);
      return { kept: 'keychain' };
    },
    'secrets.known': (id) => [...secretsOf(id).keys()],
    'secrets.generate': ({ draft }) => {
      secretsOf(draft).set('REDIS_PASSWORD', 'generated-password');
      return true;
    },
    'secrets.reveal': ({ draft, name }) => secretsOf(draft).get(name) ?? null,
    'secrets.copy': ({ draft, name }) => secretsOf(draft).has(name),
    'runs.start': ({ draft, workflow }) => ({ runId: core.addRun(workflow, draft).runId }),
    'runs.cancel': () => undefined,
    'runs.answer': ({ runId }) => {
      core.ask(runId, null);
    },
    'runs.active': () =>
      [...runs.values()]
        .filter(({ isActive }) => isActive)
        .map(({ runId, workflow, draft, startedFor }) => {
          const cluster = drafts.get(draft)?.name ?? '';
          return { runId, workflow, draft, cluster, isCurrent: saysOf(draft) === startedFor };
        }),
    'runs.list': (id) => newestFirst(id),
    'bundles.taken': () => null,
    'history.trend': () => null,
    'history.list': (id) => newestFirst(id).map((run) => ({ ...run, operator: 'ana', adminMachine: 'desk' })),
    'plans.export': () => ({ name: 'plan.txt' }),
    'reports.save': ({ format }) => ({ name: `report.${format}` }),
    'reports.copyMarkdown': () => undefined,
    'reports.openFolder': () => undefined,
    'reports.connections': () => [],
    'reports.copyConnection': () => undefined,
    'practice.status': () => ({ isPossible: true, reason: null, running: null, whyNoWindows: null }),
  };
  return core;
}

function isProcedure(name: string): name is ProcedureName {
  return Object.hasOwn(procedures, name);
}

function isStream(name: string): name is StreamName {
  return Object.hasOwn(streams, name);
}
