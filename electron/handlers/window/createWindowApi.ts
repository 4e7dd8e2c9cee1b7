import { isDeepStrictEqual } from 'node:util';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../shared/contract/procedures.ts';
import { Settings } from '../../shared/contract/procedures.ts';
import type { StreamInput, StreamName, StreamValue } from '../../shared/contract/streams.ts';
import { connectionString, CONNECTION_FORMATS } from '../../shared/domain/connectionStrings.ts';
import type { Engine } from '../../shared/domain/spec.ts';
import type { ServerCatalogue } from '../../shared/domain/catalogue.ts';
import { fail, failureOf } from '../../shared/domain/failure.ts';
import type { RunRecord } from '../../shared/domain/run.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { openChosenFiles } from '../../storage/chosenFiles.ts';
import { openDrafts } from '../../storage/drafts.ts';
import { listServerBundles, loadServerCatalogue } from '../../storage/serverBundle.ts';
import { chosenFilesFile, draftsFolder, knownHostsFile, settingsFile, vaultFile } from '../../storage/triadHome.ts';
import { openVault } from '../../storage/vault.ts';
import { readVersionedFile, writePrivateFile } from '../../storage/versionedFile.ts';
import type { Adoption } from './adoptionHandlers.ts';
import type * as BundleHandlers from './bundleHandlers.ts';
import type * as DraftHandlers from './draftHandlers.ts';
import type * as HistoryHandlers from './historyHandlers.ts';
import { listHome } from './homeHandlers.ts';
import { listActive } from './listActive.ts';
import { keptPassword } from '../passwordKeeper.ts';
import type { Platform } from './platform.ts';
import { createPractice } from './practiceHandlers.ts';
import type { ReportSource } from '../reportSource.ts';
import type * as ReportHandlers from './reportHandlers.ts';
import { createRunManager } from './runManager.ts';
import { sortedAddresses } from '../runSummaries.ts';
import { generateRedisPassword, redisPassword } from './secretHandlers.ts';
import type * as ServerHandlers from './serverHandlers.ts';
import type * as WindowsArchiveHandlers from './windowsArchiveHandlers.ts';
import { knownHostsInOrder, runsOfDraft, type WindowContext } from './windowContext.ts';

// What Home does without is read when it is first asked for: connections, reports and everything that parses take longer than all the rest.
const draftHandlers = async (): Promise<typeof DraftHandlers> => import('./draftHandlers.ts');
const bundleHandlers = async (): Promise<typeof BundleHandlers> => import('./bundleHandlers.ts');
const historyHandlers = async (): Promise<typeof HistoryHandlers> => import('./historyHandlers.ts');
const reportHandlers = async (): Promise<typeof ReportHandlers> => import('./reportHandlers.ts');
const windowsArchiveHandlers = async (): Promise<typeof WindowsArchiveHandlers> => import('./windowsArchiveHandlers.ts');
const serverHandlers = async (): Promise<typeof ServerHandlers> => import('./serverHandlers.ts');

/** What a window's core is made with. */
export interface WindowApiOptions {
  readonly home: string;
  /** Folder of the server bundles. */
  readonly bundles: string;
  readonly triadVersion: string;
  readonly isPackaged: boolean;
  /** The source checkout that holds the practice servers; null in a package. */
  readonly checkout: string | null;
  readonly environment: NodeJS.ProcessEnv;
  /** Text of the licences of everything that is shipped. */
  readonly licences: () => Promise<string>;
  /** A specification that Triad was started with. */
  readonly openFile: string | null;
}

/** Every procedure, taking parsed input. What it throws becomes a `Failure` in the reply. */
export type WindowProcedures = {
  readonly [Name in ProcedureName]: (input: ProcedureInput<Name>) => Promise<ProcedureOutput<Name>>;
};

/** Every stream: calls `push` with batches until the returned function is called. The shell itself provides `app.commands`. */
export type WindowStreams = {
  readonly [Name in Exclude<StreamName, 'app.commands'>]: (
    input: StreamInput<Name>,
    push: (values: readonly StreamValue<Name>[]) => void,
  ) => () => void;
};

/** The core as the window sees it, without anything of Electron. */
export interface WindowApi {
  readonly procedures: WindowProcedures;
  readonly streams: WindowStreams;
  readonly reportHtml: (runId: string, view?: 'screen' | 'paper' | 'trend') => Promise<string>;
  readonly activeRuns: () => number;
  /** Stops all runs safely and waits for their end. */
  readonly shutdown: () => Promise<void>;
  /** Makes a draft of a specification file and returns its id. */
  readonly openPath: (file: string) => Promise<string>;
}

const defaultSettings: Settings = { theme: 'system', language: 'system' };

/** The settings as they were saved. A file that cannot be read is kept aside, and the defaults count. */
export async function readSettings(home: string): Promise<Settings> {
  return (await readVersionedFile(settingsFile(home), Settings).catch(() => null)) ?? defaultSettings;
}

/** The version that counts where a specification names none: as on the command line, the catalogue's default or the first build of another engine. */
function defaultVersionOf(catalogue: ServerCatalogue, engine: Engine): string {
  if (catalogue.default.engine === engine) return catalogue.default.version;
  return catalogue.builds.find((build) => build.engine === engine)?.version ?? catalogue.default.version;
}

/** Opens what is kept on this machine and joins it to the contract. Throws `storage.damaged` for what cannot be read. */
export async function createWindowApi(platform: Platform, options: WindowApiOptions): Promise<WindowApi> {
  const { home, bundles } = options;
  const onSecret = (secret: string): void => platform.hideSecret(secret);
  const [vault, files, catalogue] = await Promise.all([
    openVault(vaultFile(home), platform.protect, onSecret),
    openChosenFiles(chosenFilesFile(home)),
    loadServerCatalogue(bundles),
  ]);
  const context: WindowContext = {
    platform,
    home,
    bundles,
    triadVersion: options.triadVersion,
    isPackaged: options.isPackaged,
    drafts: openDrafts(draftsFolder(home)),
    vault,
    files,
    environment: options.environment,
    takenBundles: new Map(),
    withKnownHosts: knownHostsInOrder(knownHostsFile(home)),
  };
  const defaultVersion = (engine: Engine): string => defaultVersionOf(catalogue, engine);
  const runs = createRunManager(context);
  let adopting: Promise<Adoption> | null = null;
  const adoption = async (): Promise<Adoption> =>
    (adopting ??= import('./adoptionHandlers.ts').then(({ createAdoption }) => createAdoption(context, defaultVersion)));
  const practice = createPractice(context, options.checkout, defaultVersion);
  /** The Redis password of the cluster of a run: that of a draft for the same servers, else the one that was kept under its name. */
  const passwordOf = async ({ plan }: RunRecord): Promise<string> => {
    const own = sortedAddresses(plan.servers.map(({ address }) => String(address)));
    const drafts = (await context.drafts.list()).filter(
      (draft) => draft.name.trim() === plan.cluster && isDeepStrictEqual(sortedAddresses(draft.servers.map(({ address }) => address)), own),
    );
    const found = await Promise.all(drafts.map(async ({ id }) => redisPassword(context, id)));
    const value = found.find((one) => one !== null) ?? (await keptPassword(home, plan.cluster, onSecret));
    if (value === null) throw fail('secret.unknownHere', adminSubject, { values: { cluster: plan.cluster } });
    return value;
  };
  const reportSource = async (runId: string): Promise<ReportSource> => (await reportHandlers()).reportSourceOf(context, runs, runId);
  let openFile = options.openFile;

  /** A file that cannot be opened is told in the window, which works without it. */
  const openAtStart = async (file: string): Promise<Pick<ProcedureOutput<'app.start'>, 'openDraft' | 'openFailure'>> =>
    (await draftHandlers()).openSpecFile(context, file, defaultVersion).then(
      ({ id }) => ({ openDraft: id, openFailure: null }),
      (error: unknown) => ({ openDraft: null, openFailure: failureOf(error, adminSubject) }),
    );

  const procedures: WindowProcedures = {
    'app.start': async () => {
      const [settings, listed] = await Promise.all([readSettings(home), listServerBundles(bundles)]);
      const file = openFile;
      openFile = null;
      return {
        version: options.triadVersion,
        isPackaged: options.isPackaged,
        platform: process.platform,
        settings,
        systemLanguage: platform.systemLanguage(),
        keychain: platform.protect.isAvailable ? 'available' : 'memoryOnly',
        home,
        builds: catalogue.builds.map((build) => ({
          build,
          isAvailable: listed.some(
            (one) => one.engine === build.engine && one.version === build.version && one.platform === build.platform,
          ),
        })),
        defaultVersion: catalogue.default.version,
        ...(file === null ? { openDraft: null, openFailure: null } : await openAtStart(file)),
      };
    },
    'app.saveSettings': async (settings) => {
      await writePrivateFile(settingsFile(home), `${JSON.stringify(settings)}\n`);
      platform.applySettings(settings);
      return settings;
    },
    'app.licences': async () => options.licences(),
    'app.copy': async (text) => Promise.resolve(platform.copy(text)),
    'home.list': async () => [...(await listHome(context, runs.present()))],
    'drafts.create': async () => (await draftHandlers()).createDraft(context, catalogue.default.version),
    'drafts.load': async (id) => context.drafts.load(id),
    'drafts.save': async (draft) => (await draftHandlers()).saveDraft(context, draft),
    'drafts.remove': async (id) => (await draftHandlers()).removeDraft(context, id),
    'drafts.open': async () => (await draftHandlers()).openSpec(context, defaultVersion),
    'drafts.export': async (id) => (await draftHandlers()).exportSpec(context, id),
    'drafts.ofCluster': async ({ cluster, addresses }) =>
      (await import('./adoptCluster.ts')).draftOfCluster(context, cluster, addresses, defaultVersion),
    'adoption.find': async (wish) => (await adoption()).find(wish),
    'adoption.keep': async (id) => (await adoption()).keep(id),
    'files.chooseKey': async () => (await draftHandlers()).chooseKey(context),
    'files.chooseWindowsArchive': async (known) => (await windowsArchiveHandlers()).chooseWindowsArchive(context, known),
    'files.inspectWindowsArchive': async (chosen) => (await windowsArchiveHandlers()).inspectChosenArchive(context, chosen),
    'files.chooseArchive': async () => (await draftHandlers()).chooseArchive(context),
    'secrets.store': async ({ draft, name, value }) => ({ kept: await vault.put(draft, name, value) }),
    'secrets.known': async (draft) => Promise.resolve([...vault.namesOf(draft)] as ProcedureOutput<'secrets.known'>),
    'secrets.generate': async ({ draft, anew }) => generateRedisPassword(context, draft, anew),
    'secrets.reveal': async ({ draft }) => redisPassword(context, draft),
    'secrets.copy': async ({ draft }) => {
      const value = await redisPassword(context, draft);
      if (value !== null) platform.copy(value);
      return value !== null;
    },
    'servers.test': async ({ draft, server, accept }) => (await serverHandlers()).testServer(context, draft, server, accept),
    'servers.forgetKey': async ({ draft, server, fingerprint }) => (await serverHandlers()).forgetKey(context, draft, server, fingerprint),
    'runs.start': async (wish) => runs.start(wish),
    'runs.cancel': async (runId) => Promise.resolve(runs.cancel(runId)),
    'runs.answer': async ({ runId, yes }) => Promise.resolve(runs.answer(runId, yes)),
    'runs.active': async () => listActive(context, runs),
    'runs.list': async (id) => {
      const draft = await context.drafts.load(id);
      return [...(await runsOfDraft(context, draft, runs.present()))];
    },
    'plans.export': async (runId) => (await reportHandlers()).exportPlan(context, await runs.recordOf(runId)),
    'reports.link': async (runId) => (await reportHandlers()).reportLink(runId),
    'reports.save': async ({ runId, format }) => (await reportHandlers()).saveReport(context, await reportSource(runId), format),
    'reports.copyMarkdown': async (runId) => (await reportHandlers()).copyMarkdown(context, await reportSource(runId)),
    'reports.openFolder': async (runId) => (await reportHandlers()).openReportFolder(context, runId),
    'reports.connections': async (runId) => {
      const { plan } = await runs.recordOf(runId);
      return CONNECTION_FORMATS.map((format) => ({ format, text: connectionString(format, plan, null) }));
    },
    'reports.copyConnection': async ({ runId, format, withPassword }) => {
      const record = await runs.recordOf(runId);
      platform.copy(connectionString(format, record.plan, withPassword ? await passwordOf(record) : null));
    },
    'bundles.export': async ({ draft, passphrase, withPrograms }) => {
      // The validation that the window has just seen to its end must be written down whole.
      await runs.putAway((await context.drafts.load(draft)).name.trim());
      return (await bundleHandlers()).exportBundle(context, draft, { passphrase, withBinaries: withPrograms });
    },
    'bundles.inspect': async () => (await bundleHandlers()).inspectBundle(context),
    'bundles.compare': async ({ draft, file, with: other }) =>
      other === 'bundle'
        ? (await bundleHandlers()).compareWithBundle(context, file)
        : (await bundleHandlers()).compareWithCluster(context, draft, file),
    'bundles.exportPlain': async ({ draft, as }) => {
      const { exportPlainFolder } = await import('./exportPlainFolder.ts');
      return exportPlainFolder(context, draft, as);
    },
    'bundles.openFolder': async (file) => (await bundleHandlers()).openBundleFolder(context, file),
    'bundles.taken': async (draft) => Promise.resolve(context.takenBundles.get(draft) ?? null),
    'bundles.openSealed': async ({ draft, passphrase }) => (await bundleHandlers()).openSealed(context, draft, passphrase),
    'history.list': async (draft) => (await historyHandlers()).listRunsOfCluster(context, draft, runs.present()),
    'history.compare': async ({ draft, runs: ids }) => (await historyHandlers()).compareKeptRuns(context, draft, ids, runs.present()),
    'history.trend': async (draft) => (await historyHandlers()).trendLink(context, draft, runs.present()),
    'history.toPrune': async ({ draft, wish }) => (await historyHandlers()).toPrune(context, draft, wish, runs.present()),
    'history.prune': async ({ draft, runs: ids }) => (await historyHandlers()).prune(context, draft, ids, runs.present()),
    'practice.status': async () => practice.status(),
    'practice.start': async (kind) => practice.start(kind),
  };

  return {
    procedures,
    streams: {
      'runs.events': ({ runId, after }, push) => runs.follow(runId, after, push),
      'runs.questions': ({ runId }, push) => runs.followQuestions(runId, push),
      'practice.progress': (_, push) => practice.followProgress(push),
    },
    reportHtml: async (runId, view) => {
      const handlers = await reportHandlers();
      if (view === 'trend') return handlers.trendHtml(context, await runs.recordOf(runId));
      return handlers.reportHtml(await reportSource(runId), view);
    },
    activeRuns: () => runs.active().length,
    shutdown: async () => runs.shutdown(),
    openPath: async (file) => (await (await draftHandlers()).openSpecFile(context, file, defaultVersion)).id,
  };
}
