import { z } from 'zod';
import { isExcluded, isOwnExclusion, takesExclusions } from '../shared/domain/defender.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import { parentOf, pathKey, samePath } from '../shared/domain/serverPath.ts';
import { message } from '../shared/messages/message.ts';
import { administratorAt } from './administrator.ts';
import type { BlueprintFile, ServerBlueprint } from './blueprint.ts';
import { foundKernelValue } from './kernelSettings.ts';

/**
 * How a server was before Triad came, and which clusters are on it: `before.json` in the data root. It is shared by all clusters below that
 * root, so that the settings the first one made are never taken for the original ones, and stays as long as data does.
 */
export const BeforeRecord = z.object({
  schemaVersion: z.literal(1),
  serviceUserExisted: z.boolean(),
  /** Kernel settings by name; null where the value could not be read. */
  kernel: z.record(z.string(), z.string().nullable()),
  /** Shared folders that were not there, parents first: only these may go when they are empty in the end. */
  foldersMade: z.array(z.string()),
  clusters: z.record(
    z.string(),
    z.object({
      /** False once it was removed and only its data stays. */
      isInstalled: z.boolean(),
      /** Files of somebody else that stood where Triad puts its own; they are kept as `NAME.triad-before`. */
      filesFound: z.array(z.string()),
      /** Program folders that were ever installed for it. */
      programs: z.array(z.string()),
      /** Folders that Triad has Microsoft Defender leave alone; those that somebody else had excluded are not among them. */
      exclusionsAdded: z.array(z.string()).optional(),
      /** What wrote the data that stays after a removal: append-only files, or snapshots. Not there while it is installed: its configuration tells. */
      appendOnly: z.boolean().optional(),
    }),
  ),
});
export type BeforeRecord = z.infer<typeof BeforeRecord>;

/** Reads a record found on a server; null when it is none. */
export function parseBeforeRecord(text: string): BeforeRecord | null {
  try {
    return BeforeRecord.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The record as it stands on a server, or null. */
export function recordedBefore(blueprint: ServerBlueprint, facts: ServerFacts): BeforeRecord | null {
  return parseBeforeRecord(facts.paths.find(({ path }) => samePath(path, blueprint.beforePath))?.content ?? '');
}

/** Each path once, in its first spelling. */
function unique(paths: readonly string[]): string[] {
  return paths.filter((path, index) => paths.findIndex((other) => pathKey(other) === pathKey(path)) === index);
}

/** The record's file. Clusters stand in one order whoever came first, so that a record is compared by its text. */
export function beforeFile(path: string, record: BeforeRecord): BlueprintFile {
  const clusters = Object.fromEntries(Object.entries(record.clusters).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return {
    path,
    ...administratorAt(path),
    mode: 0o644,
    content: `${JSON.stringify({ ...record, clusters }, null, 2)}\n`,
    holdsSecret: false,
    purpose: message('change.purpose.before'),
  };
}

/** Folders that this cluster had excluded from Defender's scans, and those that other clusters here did and go on to need. */
export function recordedExclusions(
  { cluster }: Pick<ServerBlueprint, 'cluster'>,
  record: BeforeRecord | null,
): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const { [cluster]: own, ...others } = record?.clusters ?? {};
  return { own: own?.exclusionsAdded ?? [], others: Object.values(others).flatMap(({ exclusionsAdded = [] }) => exclusionsAdded) };
}

/**
 * What the record must say of exclusions: recorded ones that are still wanted, and those about to be made. One that another cluster of Triad's has made is ours too:
 * the last of them takes it back. Where Defender cannot be told anything now, what is recorded stays.
 */
function exclusionsToRecord(blueprint: ServerBlueprint, facts: ServerFacts, record: BeforeRecord | null): string[] {
  const wanted = blueprint.exclusions;
  const { own, others } = recordedExclusions(blueprint, record);
  const defender = facts.windows?.defender;
  if (!takesExclusions(defender)) return unique(own);
  const isOurs = (path: string): boolean => isOwnExclusion(path, [...own, ...others]) || !isExcluded(path, defender.exclusions);
  return unique(wanted.filter(isOurs));
}

/**
 * The record that a server must have once this cluster is installed: what is recorded stays, what is new is added. Once it is written, looking
 * again gives the same text, whatever has been installed in between.
 */
export function beforeInstall(blueprint: ServerBlueprint, facts: ServerFacts): BeforeRecord {
  const recorded = recordedBefore(blueprint, facts);
  const own = recorded?.clusters[blueprint.cluster];
  const isAnyInstalled = Object.values(recorded?.clusters ?? {}).some(({ isInstalled }) => isInstalled);
  const kindOf = (path: string): string => facts.paths.find((found) => samePath(found.path, path))?.kind ?? 'absent';
  const missing = blueprint.folders
    .filter(({ path, keepsFound }) => keepsFound === true && kindOf(path) === 'absent')
    .map(({ path }) => path);
  const filesFound =
    own?.isInstalled === true ? own.filesFound : blueprint.files.map(({ path }) => path).filter((path) => kindOf(path) === 'file');
  const exclusionsAdded = exclusionsToRecord(blueprint, facts, recorded);
  return {
    schemaVersion: 1,
    serviceUserExisted: recorded?.serviceUserExisted ?? facts.serviceUser.exists,
    kernel:
      recorded !== null && isAnyInstalled
        ? recorded.kernel
        : Object.fromEntries(blueprint.kernel.map(({ setting }) => [setting, foundKernelValue(facts, setting)])),
    foldersMade: unique([...(recorded?.foldersMade ?? []), ...missing]),
    clusters: {
      ...recorded?.clusters,
      [blueprint.cluster]: {
        isInstalled: true,
        filesFound,
        programs: unique([...(own?.programs ?? []), ...blueprint.binaries.map(({ path }) => parentOf(path))]),
        ...(exclusionsAdded.length === 0 ? {} : { exclusionsAdded }),
      },
    },
  };
}
