import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configBundleParts, type BundledRun } from '../artifacts/bundle/configBundleParts.ts';
import { planParts } from '../artifacts/bundle/planParts.ts';
import { sddlFor } from '../hosts/sddlFor.ts';
import { formatEndpoint } from '../shared/domain/address.ts';
import { applyEvents } from '../shared/domain/applyEvents.ts';
import {
  BUNDLED_ARCHIVE,
  BUNDLED_SERVICE_PROGRAM,
  BUNDLED_WINDOWS_ARCHIVE,
  BUNDLE_PATHS,
  type BundlePart,
} from '../shared/domain/configBundle.ts';
import type { WorkflowId } from '../shared/domain/events.ts';
import { fail } from '../shared/domain/failure.ts';
import { isOwnServiceOn, type ClusterPlan } from '../shared/domain/plan.ts';
import { withPlatformsOfPlan } from '../shared/domain/platformsOfPlan.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { HostKey } from '../shared/domain/server.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { specInputOfSpec } from '../shared/domain/specInput.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { listRuns, readRunEvents, RUN_EVENTS_FILE } from '../storage/runJournal.ts';
import { sealSecrets } from '../storage/sealedSecrets.ts';
import { listBundleFiles } from '../storage/serverBundle.ts';
import { knownHostsFile, runsFolder } from '../storage/triadHome.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import { stringify } from 'yaml';
import { findPrograms, planWith } from './findPrograms.ts';
import { findWindowsHelper } from './findWindowsBundle.ts';
import { filePasswordKeeper, type PasswordKeeper } from './passwordKeeper.ts';
import { redisPasswordOf, secretsOfServer } from './secretsOfSpec.ts';
import { sortedAddresses } from './runSummaries.ts';

/** What goes into a bundle, and from where. */
export interface ExportRequest {
  readonly spec: ClusterSpec;
  readonly home: string;
  /** Folder of the server bundles. */
  readonly bundles: string;
  readonly triadVersion: string;
  readonly withBinaries: boolean;
  /** Seals the Redis password; null leaves it out. */
  readonly passphrase: string | null;
  /** What one guess at the passphrase costs (scrypt's N); only tests say less than usual. */
  readonly sealCost?: number;
  readonly environment?: NodeJS.ProcessEnv;
  /** Where the Redis password is kept that the specification does not name; left out: in the home's file. */
  readonly passwordKeeper?: Pick<PasswordKeeper, 'read'>;
}

/** The runs of which a bundle holds the last: what an import goes on from. */
const KEPT_WORKFLOWS = ['install', 'failoverTest', 'validate'] as const satisfies readonly WorkflowId[];

/** Shorter secrets are found in any text by chance. */
const SHORTEST_SOUGHT = 8;

/**
 * The specification with the version that it means now, since another Triad may have another default, and with the platforms that were found out on servers of
 * which it says nothing.
 */
async function pinned(
  given: ClusterSpec,
  seen: ClusterPlan | null,
  { home, bundles }: Pick<ExportRequest, 'home' | 'bundles'>,
): Promise<{ readonly spec: ClusterSpec; readonly plan: ClusterPlan }> {
  // A bundle holds what installs a cluster: of one that Triad did not install, it would be invented.
  if (given.adopted !== undefined) throw fail('spec.notInstalledByTriad', adminSubject, { values: { cluster: given.name } });
  const spec = withPlatformsOfPlan(given, seen);
  const platforms = spec.servers.map(({ platform }) => platform ?? 'linux');
  const plan = planWith(spec, await findPrograms(spec, platforms, bundles, home));
  return { spec: { ...spec, redis: { ...spec.redis, version: plan.version } }, plan };
}

/**
 * What a specification alone makes of a bundle: its parts to compare with those of one that was exported. `seen` is the plan of that one, which tells the
 * platforms of its servers.
 */
export async function partsOfSpec(
  spec: ClusterSpec,
  seen: ClusterPlan | null,
  { triadVersion, ...places }: Pick<ExportRequest, 'home' | 'bundles' | 'triadVersion'>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { spec: named, plan } = await pinned(spec, seen, places);
  const specBytes = new TextEncoder().encode(stringify(specInputOfSpec(named)));
  return new Map([
    [BUNDLE_PATHS.spec, specBytes],
    ...planParts(plan, triadVersion, sddlFor).map(({ path, bytes }) => [path, bytes] as const),
  ]);
}

/** The last finished run of each kind on these servers. A failover test may have been a part of an installation. */
async function lastRuns(home: string, spec: ClusterSpec): Promise<readonly BundledRun[]> {
  const folder = runsFolder(home, spec.name);
  const own = sortedAddresses(spec.servers.map(({ address }) => String(address))).join(' ');
  const ids = (await listRuns(folder)).toReversed();
  const load = async (runId: string): Promise<RunRecord | null> => {
    const record = applyEvents(null, await readRunEvents(join(folder, runId)).catch(() => []));
    const addresses = sortedAddresses(record?.plan.servers.map(({ address }) => String(address)) ?? []);
    return record !== null && record.finishedAt !== null && addresses.join(' ') === own ? record : null;
  };
  // What was found before the cluster was taken away says nothing of the one that is there now.
  const removals = await Promise.all(ids.filter((id) => id.endsWith('-remove')).map(load));
  const removed = removals.find((record) => record?.verdict === 'pass')?.runId ?? '';
  const runs = await Promise.all(
    KEPT_WORKFLOWS.map(async (workflow) => {
      for (const runId of ids.filter((id) => id.endsWith(`-${workflow}`) && id > removed)) {
        const record = await load(runId);
        // One without SSH has seen no server: what a bundle holds of them would be missing.
        if (record !== null && !record.checks.some(({ unmade }) => unmade !== undefined))
          return { runId, record, journal: await readFile(join(folder, runId, RUN_EVENTS_FILE), 'utf8') };
      }
      return null;
    }),
  );
  return runs.filter((run) => run !== null);
}

async function acceptedKeys(home: string, plan: ClusterPlan): Promise<Readonly<Record<string, HostKey>>> {
  const known = await openKnownHosts(knownHostsFile(home));
  const entries = plan.servers.flatMap(({ ssh }) => {
    const endpoint = { address: ssh.host, port: ssh.port };
    const key = known.keyOf(endpoint);
    return key === null ? [] : [[formatEndpoint(endpoint), key] as const];
  });
  return Object.fromEntries(entries);
}

/** The programs for Linux servers, where the cluster has some: the admin's own archive, or the build that comes with Triad, with its licence and source. */
async function programParts(spec: ClusterSpec, plan: ClusterPlan, bundles: string): Promise<readonly BundlePart[]> {
  const { archive } = spec.redis;
  if (plan.servers.every(({ platform }) => platform === 'windows')) return [];
  if (archive === undefined)
    return listBundleFiles({ resourcesFolder: bundles, engine: plan.engine, version: plan.version, platform: 'linux-x64' });
  try {
    return [{ path: BUNDLED_ARCHIVE, bytes: await readFile(archive.file) }];
  } catch (error) {
    throw fail('bundle.unreadable', adminSubject, { values: { subject: `${archive.file}: ${reasonOf(error)}` }, cause: error });
  }
}

/** The archive for Windows servers, where the specification names one, and Triad's own program for them, where it runs the nodes of some. */
async function windowsParts(
  { redis: { windowsArchive } }: ClusterSpec,
  plan: ClusterPlan,
  bundles: string,
): Promise<readonly BundlePart[]> {
  if (windowsArchive === undefined) return [];
  const helper = plan.servers.some(({ name, platform }) => platform === 'windows' && !isOwnServiceOn(plan, name))
    ? await findWindowsHelper(bundles)
    : null;
  const own = helper === null ? [] : [{ path: BUNDLED_SERVICE_PROGRAM, bytes: helper.bytes }];
  try {
    return [{ path: BUNDLED_WINDOWS_ARCHIVE, bytes: await readFile(windowsArchive.file) }, ...own];
  } catch (error) {
    throw fail('bundle.windows.unreadable', adminSubject, { values: { file: windowsArchive.file, reason: reasonOf(error) }, cause: error });
  }
}

/** Every secret that this machine knows of the cluster. Those of logins that cannot be had here cannot have got into a bundle either. */
async function knownSecrets(request: ExportRequest, redisPassword: string | null): Promise<readonly string[]> {
  const logins = await Promise.all(
    request.spec.servers.map(async (server) => {
      const found: string[] = [];
      await secretsOfServer(server, { environment: request.environment, onSecret: (secret) => found.push(secret) }).catch(() => undefined);
      return found;
    }),
  );
  return [
    ...(redisPassword === null ? [] : [redisPassword]),
    ...(request.passphrase === null ? [] : [request.passphrase]),
    ...logins.flat(),
  ];
}

/** Refuses parts in which a secret stands, as it is or as JSON writes it. No part should ever have one: this is the last lock on the door. */
function requireNoSecret(parts: readonly BundlePart[], secrets: readonly string[]): void {
  const sought = secrets
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= SHORTEST_SOUGHT)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  for (const { path, bytes } of parts) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (sought.some((secret) => text.includes(secret))) throw fail('configBundle.holdsSecret', adminSubject, { values: { part: path } });
  }
}

/**
 * All parts of a cluster's bundle, from what is kept on this machine; nothing is contacted or written. Throws `configBundle.noValidation`,
 * `configBundle.nothingToSeal`, `configBundle.holdsSecret`, `bundle.*` and `secret.*`.
 */
export async function exportConfigBundle(request: ExportRequest): Promise<readonly BundlePart[]> {
  const { home, bundles, passphrase } = request;
  const runs = await lastRuns(home, request.spec);
  const newest = runs.toSorted((a, b) => (a.runId < b.runId ? -1 : 1)).at(-1);
  const { spec, plan } = await pinned(request.spec, newest?.record.plan ?? null, { home, bundles });
  if (!runs.some(({ record }) => record.workflow === 'validate'))
    throw fail('configBundle.noValidation', adminSubject, { values: { cluster: spec.name } });
  const keeper = request.passwordKeeper ?? filePasswordKeeper(home, spec.name);
  const password = await redisPasswordOf(spec, keeper, { environment: request.environment }).catch((error: unknown) => {
    if (passphrase === null) return { value: null };
    throw error;
  });
  if (passphrase !== null && password.value === null)
    throw fail('configBundle.nothingToSeal', adminSubject, { values: { cluster: spec.name } });
  const sealed =
    passphrase === null || password.value === null
      ? null
      : await sealSecrets({ redisPassword: password.value }, passphrase, spec.name, request.sealCost);
  const parts = configBundleParts({
    spec,
    plan,
    runs,
    hostKeys: await acceptedKeys(home, plan),
    sealed: sealed === null ? null : `${JSON.stringify(sealed, null, 2)}\n`,
    programs: request.withBinaries ? [...(await programParts(spec, plan, bundles)), ...(await windowsParts(spec, plan, bundles))] : [],
    triadVersion: request.triadVersion,
    accessListOf: sddlFor,
  });
  requireNoSecret(parts, await knownSecrets(request, password.value));
  return parts;
}
