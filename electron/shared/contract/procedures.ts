import { z } from 'zod';
import { CatalogueBuild } from '../domain/catalogue.ts';
import { Measure, MEASURES } from '../domain/noticed.ts';
import { FailoverScenario } from '../domain/scenario.ts';
import { CheckChoice } from '../domain/checkAgain.ts';
import { ChosenFile, Draft, SecretName } from '../domain/draft.ts';
import { WorkflowId } from '../domain/events.ts';
import { Failure } from '../domain/failure.ts';
import { EXPORT_KINDS } from '../domain/plainExport.ts';
import { Platform } from '../domain/platform.ts';
import { HostKey, Privilege } from '../domain/server.ts';
import { TrialSummary } from '../domain/triedServers.ts';
import { Verdict } from '../domain/verdict.ts';
import { WindowsArchive } from '../domain/windowsArchive.ts';
import { AdoptionWish, FoundCluster } from './adoption.ts';
import { BundleComparison, BundleContent, BundlePassphrase, ExportedBundle, ExportedFolder, TakenBundle } from './bundles.ts';
import type { PROCEDURE_NAMES } from './channels.ts';
import { PruneWish, RunComparison } from './history.ts';

const nothing = z.undefined();
/** What a procedure gives that only does something. */
const done = z.void();
/** The version of Redis that a draft says: it settles that of an archive whose programs leave it open. Null where nobody has decided on one. */
const VersionOfDraft = z.strictObject({ version: z.string().max(32).nullable() });
const DraftId = Draft.shape.id;
export const RunId = z.string().regex(/^[A-Za-z0-9-]{1,80}$/u);
const ServerIndex = z.number().int().min(0).max(2);

/** How the window looks and speaks; `system` follows the operating system. */
export const Settings = z.strictObject({ theme: z.enum(['system', 'light', 'dark']), language: z.enum(['system', 'en', 'pt']) });
export type Settings = z.infer<typeof Settings>;

/** A build of the catalogue, and whether this package brings it. */
export const OfferedBuild = z.object({ build: CatalogueBuild, isAvailable: z.boolean() });
export type OfferedBuild = z.infer<typeof OfferedBuild>;

/**
 * The newest run of one kind on a cluster. `isInterrupted`: its journal has no end and it is not going on, so Triad was ended in the middle. `isElsewhere`: it
 * goes on, but not in this process, so that the window can only watch it: the command line's, or another window's.
 */
export const RunSummary = z.object({
  runId: RunId,
  workflow: WorkflowId,
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  verdict: Verdict.nullable(),
  wasAborted: z.boolean(),
  isActive: z.boolean(),
  isInterrupted: z.boolean(),
  isElsewhere: z.literal(true).optional(),
  /** Every server that was lost in it on purpose, as far as that trial came to its end. */
  trials: z.array(TrialSummary),
  /** The server of a maintenance, as far as the run came to it. */
  maintained: z.string().optional(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** A kept run of the history: with who started it, and on which computer. Both are empty where its journal cannot be read. */
export const HistoryEntry = RunSummary.extend({ operator: z.string(), adminMachine: z.string() });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** A run that goes on. `isCurrent`: its draft still says word for word what the run was started for. */
export const ActiveRun = z.object({ runId: RunId, workflow: WorkflowId, cluster: z.string(), draft: DraftId, isCurrent: z.boolean() });
export type ActiveRun = z.infer<typeof ActiveRun>;

/** A cluster or draft on the Home screen. */
export const HomeCard = z.object({
  draftId: DraftId.nullable(),
  name: z.string(),
  addresses: z.array(z.string()),
  updatedAt: z.string(),
  /** The newest run of each workflow, newest first; empty for a draft that was never run. */
  runs: z.array(RunSummary),
  /** Each server of the cluster with its last trial since the newest installation. */
  tried: z.array(z.object({ server: z.string(), trial: TrialSummary.nullable() })),
  /** Whether the last validation or failover test proved that the loss of any server is survived; null when neither was made. */
  survivesAnyServer: z.boolean().nullable(),
  /** Whether the newest of these found masters and replicas where they were planned; null when none looked. */
  rolesAsPlanned: z.boolean().nullable(),
  /** Whether the draft says all that a run needs: then a cluster that runs on its servers already can be validated. */
  isComplete: z.boolean(),
  /** Triad did not install it: it is validated, and nothing else. */
  isAdopted: z.literal(true).optional(),
});
export type HomeCard = z.infer<typeof HomeCard>;

/** What one look at a server found, for its card. */
export const ServerGlimpse = z.object({
  hostName: z.string(),
  platform: Platform,
  osName: z.string(),
  kernel: z.string(),
  architecture: z.string(),
  cpuCount: z.number(),
  memoryBytes: z.number(),
  /** Free space where the data will lie. */
  diskFreeBytes: z.number().nullable(),
  privilege: Privilege,
  hostKey: HostKey,
  trust: z.enum(['known', 'accepted']),
  /** Differs between machines; the same for one machine under two addresses. Null where it could not be read. */
  machineId: z.string().nullable(),
  firewall: z.string(),
});
export type ServerGlimpse = z.infer<typeof ServerGlimpse>;

/** How a connection test ended. */
export const ServerTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reached'), glimpse: ServerGlimpse }),
  /** Nobody has accepted this key yet: compare and call again with its fingerprint. `platform` is what its sshd says of itself. */
  z.object({ kind: z.literal('keyUnknown'), hostKey: HostKey, platform: Platform }),
  z.object({ kind: z.literal('keyChanged'), expected: HostKey, offered: HostKey }),
  z.object({ kind: z.literal('failed'), failure: Failure }),
]);
export type ServerTest = z.infer<typeof ServerTest>;

/** Client libraries for which connection settings are offered. */
export const ConnectionFormat = z.enum([
  'outsystems',
  'outsystemsHosts',
  'stackExchange',
  'ioredis',
  'redisPy',
  'lettuce',
  'jedis',
  'redisCli',
]);
export type ConnectionFormat = z.infer<typeof ConnectionFormat>;

/** What of a run can be saved: its report in each form, and `record`, the packed journal that the report was made from. */
export const ReportFormat = z.enum(['html', 'pdf', 'json', 'md', 'record']);
export type ReportFormat = z.infer<typeof ReportFormat>;

const SavedFile = z.object({ name: z.string() }).nullable();

/** Every procedure with what it takes and gives. Both ends parse both. `null` from a dialog means that the admin cancelled it. */
export const procedures = {
  'app.start': {
    input: nothing,
    output: z.object({
      version: z.string(),
      isPackaged: z.boolean(),
      platform: z.string(),
      settings: Settings,
      /** What `system` means for the language now. */
      systemLanguage: z.enum(['en', 'pt']),
      keychain: z.enum(['available', 'memoryOnly']),
      home: z.string(),
      builds: z.array(OfferedBuild),
      defaultVersion: z.string(),
      /** A draft to open at once: the demo's, or one from a file that Triad was started with. */
      openDraft: DraftId.nullable(),
      /** Why the file that Triad was started with could not be opened. */
      openFailure: Failure.nullable(),
    }),
  },
  'app.saveSettings': { input: Settings, output: Settings },
  'app.licences': { input: nothing, output: z.string() },
  'app.copy': { input: z.string().max(1_000_000), output: done },
  'home.list': { input: nothing, output: z.array(HomeCard) },
  'drafts.create': { input: nothing, output: Draft },
  'drafts.load': { input: DraftId, output: Draft },
  'drafts.save': { input: Draft, output: done },
  'drafts.remove': { input: DraftId, output: done },
  /** Asks for a specification file and makes a draft of it. */
  'drafts.open': { input: nothing, output: Draft.nullable() },
  /** Asks for a place and writes the draft as a specification for the command line. */
  'drafts.export': { input: DraftId, output: SavedFile },
  /** The draft of a cluster that is known by its run records only: of its specification where that was imported, else of its plan, without logins. */
  'drafts.ofCluster': {
    input: z.strictObject({ cluster: z.string().max(40), addresses: z.array(z.string().max(300)).length(3) }),
    output: Draft,
  },
  /** Looks at a cluster that somebody else has installed, by reading alone. Nothing is kept but what `adoption.keep` needs. */
  'adoption.find': { input: AdoptionWish, output: FoundCluster },
  /** Asks for a place, writes the specification of the cluster that was found last, and makes its draft. */
  'adoption.keep': { input: z.string().max(32), output: Draft.nullable() },
  'files.chooseKey': { input: nothing, output: z.object({ file: ChosenFile, type: z.string(), hasPassphrase: z.boolean() }).nullable() },
  /** Asks for an archive with Redis for Windows servers and looks into it. */
  'files.chooseWindowsArchive': { input: VersionOfDraft, output: z.object({ file: ChosenFile, archive: WindowsArchive }).nullable() },
  /** Looks into one again that was chosen before. */
  'files.inspectWindowsArchive': { input: VersionOfDraft.extend({ id: ChosenFile.shape.id }), output: WindowsArchive },
  'files.chooseArchive': { input: nothing, output: z.object({ file: ChosenFile, sha256: z.string() }).nullable() },
  'secrets.store': {
    input: z.strictObject({ draft: DraftId, name: SecretName, value: z.string().min(1).max(4096) }),
    output: z.object({ kept: z.enum(['keychain', 'memory']) }),
  },
  'secrets.known': { input: DraftId, output: z.array(SecretName) },
  /** The Redis password of a draft whose password Triad makes; made now if there is none yet. */
  /** Whether one is known on this computer: that of an installed cluster may be on the servers only. */
  'secrets.generate': { input: z.strictObject({ draft: DraftId, anew: z.boolean() }), output: z.boolean() },
  'secrets.reveal': { input: z.strictObject({ draft: DraftId, name: z.literal('REDIS_PASSWORD') }), output: z.string().nullable() },
  'secrets.copy': { input: z.strictObject({ draft: DraftId, name: z.literal('REDIS_PASSWORD') }), output: z.boolean() },
  /** Connects to one server of a draft and looks at it; `accept` is the fingerprint of a new key that the admin has compared. */
  'servers.test': {
    input: z.strictObject({ draft: Draft, server: ServerIndex, accept: z.string().max(100).nullable() }),
    output: ServerTest,
  },
  /** Forgets the known key of a server after the admin has confirmed that it was changed on purpose; `fingerprint` is the known one. */
  'servers.forgetKey': { input: z.strictObject({ draft: Draft, server: ServerIndex, fingerprint: z.string().max(100) }), output: done },
  /** Starts a run on the draft as it is saved. Only one run a cluster goes on at a time. */
  'runs.start': {
    input: z
      .strictObject({
        draft: DraftId,
        workflow: WorkflowId,
        /** Victims of a failover test, by name; empty: all. */
        servers: z.array(z.string().max(64)).max(3),
        /** The plan that the admin has reviewed: an installation that finds more to do asks again. */
        reviewed: RunId.nullable(),
        deleteData: z.boolean(),
        /** Looks again only at a part of the check that the draft remembers, and keeps the rest of its results as they were seen. */
        again: z.strictObject({ run: RunId, choice: CheckChoice }).optional(),
        /** A validation that asks the nodes alone: no login is needed, and what only SSH shows is named as not made. */
        redisOnly: z.literal(true).optional(),
        /** What a failover test does to each victim; the loss of the whole server unless told. */
        scenario: FailoverScenario.optional(),
        /** What a failover test measures beside its own writes; what an application notices unless told. */
        measures: z.array(Measure).max(MEASURES.length).optional(),
        /** The cluster's name as it was typed, for a failover test of one that holds keys. */
        namedCluster: z.string().max(64).optional(),
      })
      .refine(({ workflow, redisOnly }) => redisOnly === undefined || workflow === 'validate')
      .refine(
        ({ workflow, scenario, measures, namedCluster }) =>
          workflow === 'failoverTest' || (scenario === undefined && measures === undefined && namedCluster === undefined),
      ),
    output: z.object({ runId: RunId }),
  },
  'runs.cancel': { input: RunId, output: done },
  'runs.answer': { input: z.strictObject({ runId: RunId, yes: z.boolean() }), output: done },
  'runs.active': { input: nothing, output: z.array(ActiveRun) },
  /** All kept runs of a draft's cluster, newest first. */
  'runs.list': { input: DraftId, output: z.array(RunSummary) },
  /** Asks for a place and writes the plan of a run as text. */
  'plans.export': { input: RunId, output: SavedFile },
  /** Address of the report for a frame of the window; `theme` and language are those of the settings. */
  'reports.link': { input: RunId, output: z.string() },
  'reports.save': { input: z.strictObject({ runId: RunId, format: ReportFormat }), output: SavedFile },
  /** Puts the summary for a ticket, Markdown, into the clipboard. */
  'reports.copyMarkdown': { input: RunId, output: done },
  'reports.openFolder': { input: RunId, output: done },
  /** How clients connect, with a placeholder for the password. */
  'reports.connections': { input: RunId, output: z.array(z.object({ format: ConnectionFormat, text: z.string() })) },
  'reports.copyConnection': {
    input: z.strictObject({ runId: RunId, format: ConnectionFormat, withPassword: z.boolean() }),
    output: done,
  },
  /** Asks for a place and writes the config bundle of a draft's cluster from its last validation. A passphrase seals the Redis password into it. */
  'bundles.export': {
    input: z.strictObject({ draft: DraftId, passphrase: BundlePassphrase.nullable(), withPrograms: z.boolean() }),
    output: ExportedBundle.nullable(),
  },
  /** Asks for a bundle, proves that it is whole, and tells what is in it. Nothing is taken over. */
  'bundles.inspect': { input: nothing, output: BundleContent.nullable() },
  /** Compares a bundle with the draft's cluster, or with another bundle that is asked for. */
  'bundles.compare': {
    input: z.strictObject({ draft: DraftId, file: ChosenFile.shape.id, with: z.enum(['cluster', 'bundle']) }),
    output: BundleComparison.nullable(),
  },
  /** Asks for a place and writes a folder there from which the draft's cluster can be built without Triad. No server is contacted. */
  'bundles.exportPlain': { input: z.strictObject({ draft: DraftId, as: z.enum(EXPORT_KINDS) }), output: ExportedFolder.nullable() },
  /** Opens the folder in which a file is that was written or chosen here. */
  'bundles.openFolder': { input: ChosenFile.shape.id, output: done },
  /** What was taken over from the bundle that a draft was opened from since Triad was started; null for any other draft. */
  'bundles.taken': { input: DraftId, output: TakenBundle.nullable() },
  /** Opens the sealed password of that bundle and keeps it. */
  'bundles.openSealed': { input: z.strictObject({ draft: DraftId, passphrase: BundlePassphrase }), output: TakenBundle },
  /** All kept runs of a draft's cluster, newest first, with who started them. */
  'history.list': { input: DraftId, output: z.array(HistoryEntry) },
  /** What has changed between two kept runs of a draft's cluster; the earlier comes first, in whichever order they are named. */
  'history.compare': { input: z.strictObject({ draft: DraftId, runs: z.tuple([RunId, RunId]) }), output: RunComparison },
  /** The runs that would be deleted, oldest first. */
  /** Address of the trend of a cluster's failover tests for a frame of the window; null as long as there are no two. */
  'history.trend': { input: DraftId, output: z.string().nullable() },
  'history.toPrune': { input: z.strictObject({ draft: DraftId, wish: PruneWish }), output: z.array(RunId) },
  /** Deletes these runs of a draft's cluster, and of them only what nothing else rests on; gives those that are gone. */
  'history.prune': { input: z.strictObject({ draft: DraftId, runs: z.array(RunId).max(100_000) }), output: z.array(RunId) },
  'practice.status': {
    input: nothing,
    output: z.object({
      isPossible: z.boolean(),
      reason: z.string().nullable(),
      /** What the practice servers that are up run on. */
      running: z.enum(['linux', 'windows', 'mixed']).nullable(),
      /** Why no Windows servers can be practised with, where others can; null: they can. */
      whyNoWindows: z.string().nullable(),
    }),
  },
  /** Starts three practice servers, or takes those of that kind that are up, and makes a draft that is filled in for them. */
  'practice.start': { input: Platform, output: Draft },
} as const satisfies Readonly<Record<(typeof PROCEDURE_NAMES)[number], { readonly input: z.ZodType; readonly output: z.ZodType }>>;

/** The name of a procedure. */
export type ProcedureName = keyof typeof procedures;
/** What a procedure takes. */
export type ProcedureInput<Name extends ProcedureName> = z.input<(typeof procedures)[Name]['input']>;
/** What a procedure gives. */
export type ProcedureOutput<Name extends ProcedureName> = z.output<(typeof procedures)[Name]['output']>;

/** The answer to a call: a value, or why there is none. */
export type Reply<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };
