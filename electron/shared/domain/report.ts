import { z } from 'zod';
import { WorkflowId, PhaseOutcome } from './events.ts';
import { ClientImpact } from './clientImpact.ts';
import { MarkName, ShardLedger } from './failover.ts';
import { Noticed } from './noticed.ts';
import { FailoverScenario } from './scenario.ts';
import { LANGUAGES } from './language.ts';
import { MatrixSubject, MatrixCell } from './matrix.ts';
import { ClusterLayout } from './reportLayout.ts';
import { Subject } from './subject.ts';
import { LogMark, TrialClock, TrialLog } from './trialLogs.ts';
import { Verdict } from './verdict.ts';
import { FIRST_RUN_ITEM_IDS } from './windowsProof.ts';

/**
 * The report of a run, version 1: everything a reader gets, with every sentence already in the reader's language. HTML, JSON, the terminal's
 * summary and later the window show this one value; `resources/schema/report.schema.json` is made from these schemas.
 * Times are UTC in ISO 8601 unless a field says otherwise, durations are milliseconds, and nothing here ever holds a secret.
 */
export const REPORT_SCHEMA_VERSION = 1;

/** A named figure for the strip under the verdict. */
export const ReportKeyFigure = z
  .object({
    id: z.enum(['outage', 'gap', 'lostWrites', 'tolerance', 'checks', 'ways', 'changes', 'duration']),
    label: z.string(),
    value: z.string(),
    detail: z.string(),
    verdict: Verdict,
  })
  .meta({ id: 'keyFigure', description: 'A figure that a reader wants first, ready to show.' });
export type ReportKeyFigure = z.infer<typeof ReportKeyFigure>;

/**
 * Whether the cluster goes on when one server is lost. `proved`: a trial showed it. `expected`: the layout allows it, nobody tried.
 * `no`: it would stop. `unknown`: nothing was observed.
 */
export const Tolerance = z.enum(['proved', 'expected', 'no', 'unknown']).meta({
  id: 'tolerance',
  description: 'Whether the loss of a server is survived: proved by a trial, expected from the layout, no, or unknown.',
});
export type Tolerance = z.infer<typeof Tolerance>;

/** A failure in words: what happened, on what, how we know, what to do. */
export const ReportFailure = z
  .object({
    code: z.string(),
    title: z.string(),
    remedy: z.string(),
    subject: z.string(),
    evidence: z.string(),
    retryable: z.boolean(),
  })
  .meta({ id: 'failure', description: 'What happened, on what, how it is known, and what to do.' });
export type ReportFailure = z.infer<typeof ReportFailure>;

/** One judged observation. `subject` names it for scripts, the same in every language (`admin` is the machine that runs Triad); `about` has its parts. */
export const ReportCheck = z
  .object({
    id: z.string(),
    title: z.string(),
    subject: z.string(),
    about: Subject,
    /** Key of the group in `checkGroups`. */
    group: z.string(),
    verdict: Verdict,
    expected: z.string(),
    observed: z.string(),
    evidence: z.string(),
    remedy: z.string().nullable(),
    /** It could not be made because the run had no way to the servers, only to Redis. */
    unmade: z.literal('ssh').optional(),
  })
  .meta({ id: 'check', description: 'One judged observation.' });
export type ReportCheck = z.infer<typeof ReportCheck>;

const Count = z.number().int();
/** How many of each verdict there are. */
export const VerdictCounts = z
  .object({ pass: Count, passWithoutTolerance: Count, warn: Count, fail: Count, unknown: Count, skipped: Count })
  .meta({ id: 'verdictCounts', description: 'How many there are of each verdict.' });
export type VerdictCounts = z.infer<typeof VerdictCounts>;

/** A heading over checks: one server with its nodes, the ways between the servers, or the cluster. */
export const ReportCheckGroup = z
  .object({ key: z.string(), title: z.string(), verdict: Verdict, counts: VerdictCounts })
  .meta({ id: 'checkGroup', description: 'A heading over checks; checks name it by its key.' });
export type ReportCheckGroup = z.infer<typeof ReportCheckGroup>;

/** All ways that were tried at one moment, and what they mean in words. */
export const ReportMatrix = z
  .object({
    measuredOn: MatrixSubject,
    ports: z.array(z.number()),
    servers: z.array(z.string()),
    cells: z.array(MatrixCell),
    summary: z.string(),
    findings: z.array(z.object({ verdict: Verdict, text: z.string() })),
  })
  .meta({ id: 'matrix', description: 'Which server reaches which port of which other server.' });
export type ReportMatrix = z.infer<typeof ReportMatrix>;

/** One injected fault, what followed, and every figure of it. Times are milliseconds after the fault. */
export const ReportTrial = z
  .object({
    server: z.string(),
    scenario: FailoverScenario,
    scenarioTitle: z.string(),
    startedAt: z.string(),
    verdict: Verdict,
    story: z.string(),
    outageMs: z.number().nullable(),
    detectedMs: z.number().nullable(),
    promotedMs: z.number().nullable(),
    restoredMs: z.number().nullable(),
    attemptedWrites: z.number(),
    acknowledgedWrites: z.number(),
    refusedWrites: z.number(),
    timedOutWrites: z.number(),
    /** Null when they could not be read back. */
    lostWrites: z.number().nullable(),
    predicted: z.object({ outageFromMs: z.number(), outageToMs: z.number() }),
    marks: z.array(
      z.object({
        name: MarkName,
        label: z.string(),
        explanation: z.string(),
        atMs: z.number(),
        uncertaintyMs: z.number(),
        evidence: z.string(),
      }),
    ),
    shards: z.array(ShardLedger),
    route: z.enum(['direct', 'ssh']),
    layouts: z.array(ClusterLayout),
    /** `undoneBy`: what took it back after the trial, in words; missing where the trial itself did. */
    actions: z.array(
      z.object({
        atMs: z.number(),
        server: z.string(),
        done: z.string(),
        undoneAtMs: z.number().nullable(),
        undoneBy: z.string().optional(),
      }),
    ),
    /** The clocks of the servers against the run's, what the logs of the nodes say of the marks, and the lines themselves. */
    clocks: z.array(TrialClock).optional(),
    logMarks: z.array(LogMark).optional(),
    logs: z.array(TrialLog).optional(),
    reasons: z.array(z.string()),
    /** What was measured beside the test's own writes, and the same in sentences; missing where nothing was. */
    noticed: Noticed.optional(),
    noticedStory: z.array(z.string()).optional(),
  })
  .meta({ id: 'trial', description: 'One injected fault and everything measured about it. Times are milliseconds after the fault.' });
export type ReportTrial = z.infer<typeof ReportTrial>;

/** One thing planned or done on a server, with the way back. */
export const ReportChange = z
  .object({
    id: z.string(),
    /** What kind of thing it is: `file`, `folder`, `binary`, `user`, `kernel`, `firewall`, `service`, `removeFile` and so on. */
    kind: z.string(),
    title: z.string(),
    detail: z.string(),
    /** What takes it back: a command where `isUndoCommand` says so, else a sentence. */
    undo: z.array(z.string()),
    isUndoCommand: z.boolean(),
    outcome: z.enum(['planned', 'done', 'refused']),
    evidence: z.string(),
    phase: z.string().nullable(),
    /** Commands that are run, for a firewall. */
    commands: z.array(z.string()),
    /** New text of a file; a stand-in where it holds a secret; null for what is no file. */
    content: z.string().nullable(),
    /** Unified diff against what was there, null for what is new. */
    diff: z.string().nullable(),
  })
  .meta({ id: 'change', description: 'One thing planned or done on a server, with the way back.' });
export type ReportChange = z.infer<typeof ReportChange>;

/** What the report says of one server: as planned, as found, and what was changed on it. */
export const ReportServer = z
  .object({
    name: z.string(),
    address: z.string(),
    ssh: z.string(),
    /** Null when the server was never looked at. */
    found: z
      .object({
        at: z.string(),
        hostName: z.string(),
        system: z.string(),
        kernel: z.string(),
        architecture: z.string(),
        systemdVersion: z.number().nullable(),
        cpuCount: z.number(),
        memoryBytes: z.number(),
        hostKey: z.string(),
        privilege: z.string(),
        machineId: z.string(),
        firewall: z.string(),
        selinux: z.string(),
        clockOffsetMs: z.number(),
        clockUncertaintyMs: z.number(),
      })
      .nullable(),
    plannedChanges: z.array(ReportChange),
    appliedChanges: z.array(ReportChange),
  })
  .meta({ id: 'server', description: 'A server as planned, as found, and what was changed on it.' });
export type ReportServer = z.infer<typeof ReportServer>;

/** One planned Redis process. */
export const ReportNode = z
  .object({
    id: z.string(),
    server: z.string(),
    address: z.string(),
    dataPort: z.number(),
    busPort: z.number(),
    shard: z.number(),
    role: z.enum(['master', 'replica']),
    slots: z.string().nullable(),
    replicaOf: z.string().nullable(),
    unit: z.string(),
    configFile: z.string(),
    dataFolder: z.string(),
    logFile: z.string(),
  })
  .meta({ id: 'node', description: 'One planned Redis process.' });
export type ReportNode = z.infer<typeof ReportNode>;

/** What clients noticed of planned switchovers. */
export const ReportClientImpact = ClientImpact.omit({ reasons: true })
  .extend({
    title: z.string(),
    /** Of all shards that had a switchover. */
    longestGapMs: z.number(),
    acknowledged: z.number(),
    refused: z.number(),
    timedOut: z.number(),
    /** Null when a shard could not be read back. */
    lost: z.number().nullable(),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'clientImpact', description: 'What clients noticed of planned switchovers.' });
export type ReportClientImpact = z.infer<typeof ReportClientImpact>;

/**
 * What the report was made from, to the byte: SHA-256 of the first `sizeBytes` bytes of the run's journal (`events.ndjson`, one event a line), which are
 * `events` whole lines. Anybody can compute it without Triad.
 */
export const ReportIntegrity = z
  .object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/u),
    events: Count,
    sizeBytes: Count,
    /** The version of Triad that wrote the report; that of the run is in `versions`. */
    writtenBy: z.string().optional(),
  })
  .meta({ id: 'integrity', description: "SHA-256 of the first sizeBytes bytes of the run's journal, events.ndjson." });
export type ReportIntegrity = z.infer<typeof ReportIntegrity>;

/** See {@link REPORT_SCHEMA_VERSION}. */
export const Report = z
  .object({
    schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
    runId: z.string(),
    workflow: WorkflowId,
    /** In which every sentence of it stands. */
    language: z.enum(LANGUAGES),
    title: z.string(),
    verdict: Verdict,
    /** The verdict as one sentence. */
    story: z.string(),
    keyFigures: z.array(ReportKeyFigure),
    cluster: z.object({
      name: z.string(),
      engine: z.string(),
      version: z.string(),
      tolerance: Tolerance,
      toleranceByServer: z.array(z.object({ server: z.string(), tolerance: Tolerance })),
    }),
    who: z.object({ operator: z.string(), adminMachine: z.string() }),
    when: z.object({
      startedAt: z.string(),
      finishedAt: z.string().nullable(),
      durationMs: z.number(),
      timeZone: z.string(),
      /** In the admin's zone, with its distance from UTC. */
      startedAtLocal: z.string(),
      finishedAtLocal: z.string().nullable(),
    }),
    wasAborted: z.boolean(),
    failure: ReportFailure.nullable(),
    layouts: z.array(ClusterLayout),
    failover: z.object({ trials: z.array(ReportTrial) }),
    clientImpacts: z.array(ReportClientImpact),
    matrices: z.array(ReportMatrix),
    checkCounts: VerdictCounts,
    checkGroups: z.array(ReportCheckGroup),
    checks: z.array(ReportCheck),
    servers: z.array(ReportServer),
    nodes: z.array(ReportNode),
    settings: z.array(z.object({ label: z.string(), value: z.string(), note: z.string() })),
    folders: z.object({ programs: z.string(), install: z.string(), data: z.string(), logs: z.string() }),
    versions: z.object({
      triad: z.string(),
      engine: z.string(),
      engineVersion: z.string(),
      origin: z.string(),
      licence: z.string(),
      sourceArchive: z.string(),
      /** What each node itself says it runs. */
      running: z.array(z.object({ node: z.string(), version: z.string() })),
    }),
    hashes: z.array(z.object({ what: z.string(), sha256: z.string(), sizeBytes: z.number().nullable() })),
    clusterCommands: z.array(z.object({ node: z.string(), command: z.string(), atMs: z.number() })),
    phases: z.array(
      z.object({
        phase: z.string(),
        title: z.string(),
        server: z.string().nullable(),
        startedMs: z.number(),
        durationMs: z.number().nullable(),
        outcome: PhaseOutcome.nullable(),
        failure: ReportFailure.nullable(),
      }),
    ),
    measurements: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        server: z.string().nullable(),
        value: z.number(),
        unit: z.enum(['ms', 'count', 'bytes']),
      }),
    ),
    /** Only of runs with Windows servers: what was proved of Triad with them, and what only a real one can show. */
    windowsProof: z
      .object({
        statement: z.string(),
        proved: z.array(z.string()),
        onlyOnWindows: z.array(z.object({ text: z.string(), shownBy: z.array(z.enum(FIRST_RUN_ITEM_IDS)) })),
      })
      .nullable(),
    notes: z.array(
      z.object({ level: z.enum(['info', 'warn', 'error']), server: z.string().nullable(), text: z.string(), atMs: z.number() }),
    ),
    /** Missing where the journal of the run could not be kept, while the run goes on, and in reports of versions that knew none. */
    integrity: ReportIntegrity.optional(),
  })
  .meta({ title: 'Triad report', description: 'The report of one run of Triad. Times are UTC in ISO 8601, durations are milliseconds.' });
export type Report = z.infer<typeof Report>;
