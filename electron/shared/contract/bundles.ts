import { z } from 'zod';
import { ChosenFile } from '../domain/draft.ts';
import { WorkflowId } from '../domain/events.ts';
import { NodeRole } from '../domain/plan.ts';
import { EXPORT_KINDS } from '../domain/plainExport.ts';
import { HostKey } from '../domain/server.ts';
import { Verdict } from '../domain/verdict.ts';

/** What opens a sealed password. Whoever has the file can try as many as time allows, so a short one seals nothing. */
export const BundlePassphrase = z.string().min(1).max(1024);

/** The fewest characters of a passphrase that is given anew. */
export const SHORTEST_PASSPHRASE = 12;

/** A config bundle that was written. */
export const ExportedBundle = z.object({
  file: ChosenFile,
  sizeBytes: z.number(),
  sha256: z.string(),
  parts: z.number().int(),
  /** How the validation in it ended. */
  verdict: Verdict,
  isSealed: z.boolean(),
  hasPrograms: z.boolean(),
});
export type ExportedBundle = z.infer<typeof ExportedBundle>;

/** A folder of plain files that was written, or that was there already. */
export const ExportedFolder = z.object({
  as: z.enum(EXPORT_KINDS),
  name: z.string(),
  /** The name of the folder that it is in. */
  place: z.string(),
  /** Where to begin; by it the folder is opened. */
  readme: ChosenFile,
  files: z.number().int(),
  sizeBytes: z.number(),
  /** False where exactly this was there already, so that nothing was written. */
  isNew: z.boolean(),
});
export type ExportedFolder = z.infer<typeof ExportedFolder>;

/** The key that a server showed over SSH, as a bundle brings it. */
const BundledKey = z.object({ endpoint: z.string(), key: HostKey });

/** What is in a bundle whose every part is what its manifest says. */
export const BundleContent = z.object({
  file: ChosenFile,
  sizeBytes: z.number(),
  sha256: z.string(),
  cluster: z.string(),
  /** The end of the newest run in it. */
  madeAt: z.string(),
  triadVersion: z.string(),
  engine: z.string(),
  version: z.string(),
  servers: z.array(z.object({ name: z.string(), address: z.string(), login: z.string() })),
  /** Empty where no run in it has seen the cluster. */
  nodes: z.array(z.object({ node: z.string(), endpoint: z.string(), role: NodeRole, redisId: z.string() })),
  hostKeys: z.array(BundledKey),
  runs: z.array(z.object({ runId: z.string(), workflow: WorkflowId, verdict: Verdict, at: z.string() })),
  isSealed: z.boolean(),
  hasPrograms: z.boolean(),
  parts: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
});
export type BundleContent = z.infer<typeof BundleContent>;

/** How a bundle differs from another one, or from the cluster of a draft as it was last validated, or as its specification would make it. */
export const BundleComparison = z.object({
  first: z.string(),
  second: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('bundle'), name: z.string() }),
    z.object({ kind: z.literal('validated'), at: z.string() }),
    z.object({ kind: z.literal('planned') }),
  ]),
  differences: z.array(z.object({ path: z.string(), kind: z.enum(['onlyInFirst', 'onlyInSecond', 'differs']), diff: z.string() })),
});
export type BundleComparison = z.infer<typeof BundleComparison>;

/** What was taken over from a bundle that was opened, and what it could not bring. */
export const TakenBundle = z.object({
  file: ChosenFile,
  cluster: z.string(),
  servers: z.array(z.object({ name: z.string(), address: z.string() })),
  /** Runs that were not kept here before. */
  newRuns: z.number().int(),
  hostKeys: z.array(BundledKey),
  /** Whether the Redis password is known here by now. */
  hasPassword: z.boolean(),
  isSealed: z.boolean(),
  /** Names of files that the specification asks for and that are not on this computer. */
  absentFiles: z.array(z.string()),
});
export type TakenBundle = z.infer<typeof TakenBundle>;
