import { z } from 'zod';
import { Verdict } from './verdict.ts';
import { WorkflowId } from './events.ts';
import { FIRST_RUN_ITEM_IDS, type FirstRunItemId } from './windowsProof.ts';

/** Raised when a reader of an older report could misread a new one. */
export const FIRST_RUN_SCHEMA_VERSION = 1;

/** The cluster that a first run installs and removes again; its name stands in the names of services, folders and firewall rules. */
export const FIRST_RUN_CLUSTER = 'first-run';

/** A service as Windows itself describes it. Null is what it did not tell. */
export const ServiceAsRegistered = z.object({
  name: z.string(),
  state: z.string(),
  pid: z.number().nullable(),
  exitCode: z.number().nullable(),
  account: z.string().nullable(),
  startType: z.string().nullable(),
  delayed: z.boolean().nullable(),
  failureActions: z.array(z.object({ type: z.string(), delayMs: z.number() })).nullable(),
  failureFlag: z.boolean().nullable(),
  preshutdownMs: z.number().nullable(),
});
export type ServiceAsRegistered = z.infer<typeof ServiceAsRegistered>;

/** What a Windows server says of itself beyond what every run looks at. */
export interface WindowsAbout {
  /** As sshd introduces itself. */
  readonly sshd: string;
  readonly defaultShell: 'cmd' | 'powershell';
  /** Version of Windows PowerShell; null where it did not answer. */
  readonly powershell: string | null;
  readonly windows: string;
  readonly version: string;
  readonly build: number;
  readonly revision: number | null;
  readonly edition: string | null;
  /** `Server`, `Server Core`, ... */
  readonly installation: string | null;
  readonly isElevated: boolean | null;
  /** Version of Triad's own program; null where programs of Windows answered in its place. */
  readonly helper: string | null;
  readonly services: readonly ServiceAsRegistered[];
}

/** One thing that was seen or measured; `server` is null for the cluster. */
export const FirstRunFact = z
  .object({
    server: z.string().nullable(),
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    unit: z.enum(['ms', 'bytes', 'count']).nullable(),
  })
  .meta({ id: 'fact', description: 'One thing that was seen or measured, as it was told.' });
export type FirstRunFact = z.infer<typeof FirstRunFact>;

/**
 * How an item ended. `notPossible`: this server has not what it is about. `declined`: nobody said yes, or there was nobody to ask. `interrupted`: begun, and
 * not brought to its end. `open`: not reached yet.
 */
export const FirstRunOutcome = z.enum(['passed', 'failed', 'notPossible', 'declined', 'interrupted', 'open']);
export type FirstRunOutcome = z.infer<typeof FirstRunOutcome>;

/** The result of one item. */
export const FirstRunResult = z
  .object({
    id: z.enum(FIRST_RUN_ITEM_IDS),
    title: z.string(),
    outcome: FirstRunOutcome,
    /** Why it is so, in one or more sentences. */
    reason: z.string(),
    startedAt: z.string().nullable(),
    durationMs: z.number().nullable(),
    facts: z.array(FirstRunFact),
    phases: z.array(
      z.object({ phase: z.string(), server: z.string().nullable(), durationMs: z.number().nullable(), outcome: z.string().nullable() }),
    ),
    /** Checks that did not simply pass. */
    checks: z.array(z.object({ id: z.string(), subject: z.string(), verdict: Verdict, observed: z.string(), evidence: z.string() })),
    /** What a tool or a server said. */
    evidence: z.string(),
    notes: z.array(z.string()),
    /** The run behind it, with the folder beside this file in which its whole report lies; null where none was begun. */
    run: z.object({ id: z.string(), workflow: WorkflowId, verdict: Verdict.nullable(), folder: z.string() }).nullable(),
  })
  .meta({ id: 'item', description: 'One item of the checklist: what came of it, with timing and raw evidence.' });
export type FirstRunResult = z.infer<typeof FirstRunResult>;

/** What is sent back. Times are UTC in ISO 8601, durations milliseconds. Holds no secret; it names servers, addresses and accounts. */
export const FirstRunReport = z
  .object({
    schemaVersion: z.literal(FIRST_RUN_SCHEMA_VERSION),
    kind: z.literal('windowsFirstRun'),
    triad: z.string(),
    startedAt: z.string(),
    updatedAt: z.string(),
    cluster: z.string(),
    /** On which the items were done that are about one server. */
    server: z.string(),
    servers: z.array(z.object({ name: z.string(), address: z.string(), platform: z.enum(['linux', 'windows']) })),
    redis: z.object({ version: z.string().nullable(), archiveSha256: z.string().nullable() }),
    items: z.array(FirstRunResult),
    proof: z.object({
      statement: z.string(),
      proved: z.array(z.string()),
      onlyOnWindows: z.array(z.object({ text: z.string(), shownBy: z.array(z.enum(FIRST_RUN_ITEM_IDS)) })),
    }),
  })
  .meta({
    title: 'Triad first run on Windows Server',
    description: 'The checklist of the first run on real Windows servers, to be sent back.',
  });
export type FirstRunReport = z.infer<typeof FirstRunReport>;

/** How one item is done. */
export interface FirstRunItem {
  readonly id: FirstRunItemId;
  /** `looks`: nothing is changed, so nobody is asked. `changes`: Triad changes servers. `admin`: somebody does something at the server, and Triad watches. */
  readonly kind: 'looks' | 'changes' | 'admin';
  /** Wants the cluster of the first run. */
  readonly needsCluster: boolean;
}

const looks = { kind: 'looks', needsCluster: false } as const;
const looksAtCluster = { kind: 'looks', needsCluster: true } as const;
const changes = { kind: 'changes', needsCluster: true } as const;

const WAYS: Readonly<Record<FirstRunItemId, Omit<FirstRunItem, 'id'>>> = {
  systems: looks,
  check: looks,
  otherShell: { kind: 'admin', needsCluster: false },
  install: { kind: 'changes', needsCluster: false },
  services: looksAtCluster,
  secondRun: changes,
  failover: changes,
  frozen: changes,
  cutOff: changes,
  saveUnderLoad: changes,
  defender: changes,
  failureActions: changes,
  restart: { kind: 'admin', needsCluster: true },
  localRules: { kind: 'admin', needsCluster: true },
  validate: looksAtCluster,
  remove: changes,
};

/** The checklist, in its order. */
export const FIRST_RUN_ITEMS: readonly FirstRunItem[] = FIRST_RUN_ITEM_IDS.map((id) => ({ id, ...WAYS[id] }));
