import { onTestFinished } from 'vitest';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeferred } from '../../../hosts/deferred.ts';
import { createEventLog } from '../../../engine/eventLog.ts';
import { samplePlan } from '../../../artifacts/testing/samplePlan.ts';
import { sampleTrial } from '../../../report/testing/sampleTrial.ts';
import { IpAddress } from '../../../shared/domain/address.ts';
import { emptyDraft } from '../../../shared/domain/draft.ts';
import type { RunEvent } from '../../../shared/domain/events.ts';
import type { Failure } from '../../../shared/domain/failure.ts';
import type { Change } from '../../../shared/domain/change.ts';
import { message } from '../../../shared/messages/message.ts';
import { openChosenFiles } from '../../../storage/chosenFiles.ts';
import { openDrafts } from '../../../storage/drafts.ts';
import { createRunJournal, RUN_EVENTS_FILE } from '../../../storage/runJournal.ts';
import { runsFolder } from '../../../storage/triadHome.ts';
import { openVault } from '../../../storage/vault.ts';
import type { FinishedRun, RunRequest } from '../../startRun.ts';
import { createRunManager, type RunManager } from '../runManager.ts';
import { knownHostsInOrder, type WindowContext } from '../windowContext.ts';
import { fakePlatform, type FakePlatform } from './fakePlatform.ts';

/** The draft that {@link managed} keeps. */
export const DRAFT = 'd'.repeat(32);

/** A folder that is made. */
export const folderChange = (path: string): Change => ({
  kind: 'folder',
  id: `folder:${path}`,
  path,
  owner: 'root',
  group: 'root',
  mode: 0o755,
  exists: false,
});

/** A run that goes on until it is told to end or aborted, with real events and a real journal, but without servers. */
export function scriptedRun(): {
  readonly run: (request: RunRequest) => Promise<FinishedRun>;
  readonly end: (changes?: readonly Change[]) => void;
  readonly answers: boolean[];
  readonly requests: RunRequest[];
  /** What happens takes a tenth of a second from now on, not 20. */
  readonly hurry: () => void;
  /** Runs tell of other servers from now on, as those of another cluster do. */
  readonly goElsewhere: (isElsewhere: boolean) => void;
  /** The servers that runs have lost on purpose when they end. */
  readonly lose: (...servers: readonly string[]) => void;
  /** The journals of runs cannot be kept from now on, for this reason. */
  readonly unkeep: (failure: Failure) => void;
  /** The password that runs find on the servers from now on. */
  readonly findPassword: (value: string) => void;
  /** What runs do after their last event takes until this. */
  readonly linger: (until: Promise<void>) => void;
} {
  let ending = createDeferred<void>();
  const answers: boolean[] = [];
  const requests: RunRequest[] = [];
  let planned: readonly Change[] = [folderChange('/srv/a')];
  let runs = 0;
  let clockMs = 0;
  let stepMs = 20_000;
  let isElsewhere = false;
  let lost: readonly string[] = [];
  let unkept: Failure | null = null;
  let lingering = Promise.resolve();
  let password: FinishedRun['password'] = { value: null, origin: 'unknown' };
  return {
    answers,
    requests,
    hurry: () => {
      stepMs = 100;
    },
    lose: (...servers) => {
      lost = servers;
    },
    unkeep: (failure) => {
      unkept = failure;
    },
    findPassword: (value) => {
      password = { value, origin: 'server' };
    },
    linger: (until) => {
      lingering = until;
    },
    goElsewhere: (is) => {
      isElsewhere = is;
    },
    end: (changes) => {
      planned = changes ?? planned;
      ending.resolve();
    },
    run: async (request) => {
      requests.push(request);
      ending = createDeferred<void>();
      runs += 1;
      const runId = `20260102T03040500${runs}Z-${request.workflow}`;
      const journal = await createRunJournal(runsFolder(request.home, request.spec.name), runId);
      const log = createEventLog([(event) => journal.append(event), request.onEvent], {
        now: () => (clockMs += stepMs),
        wallClock: () => new Date(),
      });
      const sample = samplePlan();
      const addressOf = (index: number): IpAddress =>
        IpAddress.parse(isElsewhere ? `10.9.9.${index + 1}` : request.spec.servers[index]?.address);
      const plan = { ...sample, servers: sample.servers.map((server, index) => ({ ...server, address: addressOf(index) })) };
      const { workflow } = request;
      log.emit({
        type: 'runStarted',
        runId,
        workflow,
        cluster: request.spec.name,
        triadVersion: '0',
        operator: '',
        adminMachine: '',
        specSha256: null,
        plan,
      });
      const stopped = createDeferred<void>();
      request.signal.addEventListener('abort', () => stopped.resolve(), { once: true });
      await Promise.race([ending.promise, stopped.promise]);
      for (const server of lost) log.emit({ type: 'trialFinished', trial: sampleTrial(sample, server) });
      log.emit({ type: 'changesPlanned', server: 'server-1', changes: [...planned] });
      // Looking asks nobody.
      if (workflow !== 'plan' && !request.signal.aborted)
        answers.push(await request.confirm(message('phase.confirmInstall', { count: 1, servers: 3 })));
      log.emit({
        type: 'runFinished',
        verdict: request.signal.aborted ? 'fail' : 'pass',
        failure: null,
        wasAborted: request.signal.aborted,
      });
      await journal.close();
      // As a full disk leaves it: its events have a gap.
      if (unkept !== null) await appendFile(join(journal.folder, RUN_EVENTS_FILE), '{"seq":\n');
      await lingering;
      return { record: log.record(), folder: journal.folder, password, passwordFile: '', unkept };
    },
  };
}

/** A manager of scripted runs with a home of its own and one draft, for one test. */
export async function managed(): Promise<{
  readonly runs: RunManager;
  readonly script: ReturnType<typeof scriptedRun>;
  readonly platform: FakePlatform;
  readonly home: string;
  readonly context: WindowContext;
}> {
  const home = await mkdtemp(join(tmpdir(), 'triad-runs-'));
  onTestFinished(async () => rm(home, { recursive: true }));
  const platform = fakePlatform();
  const drafts = openDrafts(join(home, 'drafts'));
  const draft = emptyDraft(DRAFT, '2026-01-02T03:04:05.000Z', '7.0.15');
  await drafts.save({
    ...draft,
    servers: draft.servers.map((server, index) => ({ ...server, address: `10.0.0.${index + 1}`, user: 'root', login: 'agent' })),
  });
  const script = scriptedRun();
  const context: WindowContext = {
    platform,
    home,
    bundles: '',
    triadVersion: '0',
    isPackaged: false,
    drafts,
    vault: await openVault(join(home, 'vault.json'), platform.protect),
    files: await openChosenFiles(join(home, 'files.json')),
    environment: {},
    takenBundles: new Map(),
    withKnownHosts: knownHostsInOrder(join(home, 'known-hosts.json')),
  };
  const runs = createRunManager(context, script.run);
  return { runs, script, platform, home, context };
}

/** What the window asks for, for {@link DRAFT}. */
export const wish = (workflow: 'plan' | 'install', reviewed: string | null = null) =>
  ({ draft: DRAFT, workflow, servers: [], reviewed, deleteData: false }) as const;

/** All events of a run that arrive from now on, and those that were. */
export function followed(runs: RunManager, runId: string, after = 0): RunEvent[] {
  const seen: RunEvent[] = [];
  runs.follow(runId, after, (events) => seen.push(...events));
  return seen;
}
