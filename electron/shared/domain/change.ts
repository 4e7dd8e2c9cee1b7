import { z } from 'zod';
import { FirewallKind } from './server.ts';
import { Message } from './message.ts';

const FileMode = z.number().int();
/** A unified diff of what is there against what will be, or null for a new file. */
const Diff = z.string().nullable();

/** What Windows is told of a service whose program needs none of Triad's around it. */
export const ServiceRegistration = z.object({
  /** The whole command line, without quotes: no path in it has blanks. */
  imagePath: z.string(),
  display: z.string(),
  description: z.string(),
  account: z.string(),
  /** A service that must run before. */
  dependsOn: z.string(),
  /** What Windows waits before the first, the second and every further start of one that crashed, milliseconds; counted anew each day. */
  restartPausesMs: z.array(z.number().int().positive()).length(3),
});
export type ServiceRegistration = z.infer<typeof ServiceRegistration>;

/**
 * One thing to be done on one server, as data: the plan shows it, a phase applies it, the report lists it with its undo.
 * `id` is unique on its server and stable, such as `file:/etc/sysctl.d/90-triad-sessions.conf`.
 */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string(), user: z.string() }),
  z.object({
    kind: z.literal('folder'),
    id: z.string(),
    path: z.string(),
    owner: z.string(),
    group: z.string(),
    mode: FileMode,
    exists: z.boolean(),
  }),
  z.object({
    kind: z.literal('binary'),
    id: z.string(),
    path: z.string(),
    mode: FileMode,
    sha256: z.string(),
    sizeBytes: z.number(),
    /** Of a server program for Windows: once in its place it is run with `--version`, which says this version; null where it says another product's. */
    trial: z.object({ version: z.string().nullable() }).optional(),
  }),
  z.object({
    kind: z.literal('file'),
    id: z.string(),
    path: z.string(),
    owner: z.string(),
    group: z.string(),
    mode: FileMode,
    /** The new text; for a file that holds a secret a stand-in, never the secret. */
    content: z.string(),
    holdsSecret: z.boolean(),
    /** `create`, or `replace` (the old file is kept beside it), or `permissions` when only owner or mode differ. */
    action: z.enum(['create', 'replace', 'permissions']),
    diff: Diff,
    purpose: Message,
  }),
  /** Succeeds when the file is not there; systemd reads its units again after one of them went. */
  z.object({ kind: z.literal('removeFile'), id: z.string(), path: z.string() }),
  /** Without `withContents` a folder that is not empty, or not there, is left as it is and the change is `done`. */
  z.object({ kind: z.literal('removeFolder'), id: z.string(), path: z.string(), withContents: z.boolean() }),
  /** Stops the unit and takes it out of the boot; succeeds when there is no such unit. */
  z.object({ kind: z.literal('disableService'), id: z.string(), unit: z.string() }),
  /** Removes the account and its group; succeeds when there is none. */
  z.object({ kind: z.literal('removeUser'), id: z.string(), user: z.string() }),
  z.object({
    kind: z.literal('kernel'),
    id: z.string(),
    setting: z.string(),
    /** Path below /proc/sys or /sys that is written. */
    path: z.string(),
    before: z.string().nullable(),
    after: z.string(),
  }),
  z.object({
    kind: z.literal('firewall'),
    id: z.string(),
    tool: FirewallKind,
    /** Exact commands, run in order as root. */
    commands: z.array(z.string()),
    undo: z.array(z.string()),
    summary: Message,
  }),
  /** Has Microsoft Defender leave a folder of Triad's alone, or takes that back; refused where Defender is off or a policy decides otherwise. */
  z.object({ kind: z.literal('defender'), id: z.string(), path: z.string(), action: z.enum(['exclude', 'include']) }),
  z.object({
    kind: z.literal('service'),
    id: z.string(),
    unit: z.string(),
    action: z.enum(['enable', 'start', 'enableAndStart', 'restart']),
    /** On Windows: the file that says what the service is (`service.ini`), and the installed program that runs it; enabling registers it so. */
    definition: z
      .object({
        path: z.string(),
        program: z.string(),
        /** Of a program that is a service by itself: `path` is its configuration then, and Windows is told this of it. */
        registration: ServiceRegistration.optional(),
      })
      .optional(),
  }),
]);
export type Change = z.infer<typeof Change>;

/** What became of a change. `refused`: the system does not allow it here (a kernel setting in a container); work goes on. */
export const ChangeOutcome = z.object({ id: z.string(), outcome: z.enum(['done', 'refused']), evidence: z.string() });
export type ChangeOutcome = z.infer<typeof ChangeOutcome>;
