import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { plainExport } from '../artifacts/plainFiles/plainExport.ts';
import { sddlFor } from '../hosts/sddlFor.ts';
import { BUNDLED_ARCHIVE, BUNDLED_SERVICE_PROGRAM, BUNDLED_WINDOWS_ARCHIVE } from '../shared/domain/configBundle.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ExportKind, PlainFile } from '../shared/domain/plainExport.ts';
import type { ClusterPlan } from '../shared/domain/plan.ts';
import { withPlatformsOfPlan } from '../shared/domain/platformsOfPlan.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { readConfigBundle } from '../storage/configBundle.ts';
import { readBundleContent } from '../storage/configBundleContent.ts';
import { listBundleFiles, type ServerBundle } from '../storage/serverBundle.ts';
import { importedBundlesFolder } from '../storage/triadHome.ts';
import { findPrograms, planWith } from './findPrograms.ts';
import { planSeen } from './planSeen.ts';
import { requireIpv4BesideWindows } from './requireIpv4.ts';
import { withPresumedPlatforms } from './withPlatforms.ts';

const unpack = promisify(gunzip);

/** Where server programs are looked for, and what the exported files say of their maker. */
export interface PlainExportPlaces {
  readonly home: string;
  /** Folder of the server bundles. */
  readonly bundles: string;
  readonly triadVersion: string;
}

/** The licence text of the programs; an admin's own build brings none. */
async function licencesOf(bundle: ServerBundle, { home, bundles }: PlainExportPlaces): Promise<ReadonlyMap<string, Uint8Array>> {
  if (bundle.origin === 'own') return new Map();
  const list = async (resourcesFolder: string): ReturnType<typeof listBundleFiles> => listBundleFiles({ ...bundle, resourcesFolder });
  const files = await list(bundles).catch(async () => list(importedBundlesFolder(home)));
  return new Map(
    files.map(({ path, bytes }) => [path.split('/').slice(3).join('/'), bytes] as const).filter(([name]) => name.startsWith('LICENSE')),
  );
}

/** A playbook is for Linux servers: Ansible's modules for Windows are none of its own, and speak to it in another way. */
function requireLinux(kind: ExportKind, { servers }: ClusterSpec): void {
  const windows = servers.filter(({ platform }) => platform === 'windows').map(({ name }) => name);
  if (kind === 'ansible' && windows.length > 0) throw fail('export.onlyLinux', adminSubject, { values: { servers: windows.join(', ') } });
}

/** The batch files do everything by Triad's own program, which a cluster whose nodes are services of their own does without. */
function requireTriadService({ servers, windows }: ClusterSpec): void {
  const names = servers.filter(({ platform }) => platform === 'windows').map(({ name }) => name);
  if (windows?.service === 'own' && names.length > 0)
    throw fail('export.ownService', adminSubject, { values: { servers: names.join(', ') } });
}

async function filesFor(
  kind: ExportKind,
  spec: ClusterSpec,
  places: PlainExportPlaces,
  accept: (plan: ClusterPlan) => void,
): Promise<readonly PlainFile[]> {
  requireLinux(kind, spec);
  requireTriadService(spec);
  requireIpv4BesideWindows(spec);
  const platforms = spec.servers.map(({ platform }) => platform ?? 'linux');
  const found = await findPrograms(spec, platforms, places.bundles, places.home);
  const plan = planWith(spec, found);
  accept(plan);
  const packed = [...(found.linux?.files ?? []), ...(found.windows?.files ?? [])];
  const programs = new Map(
    await Promise.all(packed.map(async ({ name, gzip, sizeBytes }) => [name, await unpack(gzip, { maxOutputLength: sizeBytes })] as const)),
  );
  const licences = found.linux === null ? new Map<string, Uint8Array>() : await licencesOf(found.linux, places);
  return plainExport({ kind, plan, triadVersion: places.triadVersion, programs, licences, accessListOf: sddlFor });
}

/**
 * The cluster of a specification as plain files. Contacts no server and writes nothing; what its servers run on is what the specification says, else what a run
 * has found out, else what its programs are for. Throws `bundle.*`, `spec.windowsIpv6`, `export.onlyLinux` for a playbook where a server runs Windows, and
 * `spec.notInstalledByTriad` for a cluster that was found: what Triad would make of its three servers is not what runs there.
 */
export async function plainFilesOfSpec(kind: ExportKind, spec: ClusterSpec, places: PlainExportPlaces): Promise<readonly PlainFile[]> {
  if (spec.adopted !== undefined) throw fail('spec.notInstalledByTriad', adminSubject, { values: { cluster: spec.name } });
  return filesFor(kind, withPresumedPlatforms(spec, await planSeen(spec, places.home)), places, () => undefined);
}

/**
 * The same of a config bundle, with the programs that it brings, else with those that are here. The plan is made anew from its specification, which is
 * parsed strictly: nothing else in a bundle gets into a script. Throws `configBundle.*`, `bundle.*`, and `export.otherPrograms` where other programs are
 * here than the bundle names.
 */
export async function plainFilesOfBundle(kind: ExportKind, file: string, places: PlainExportPlaces): Promise<readonly PlainFile[]> {
  const bundle = await readConfigBundle(file);
  const { spec: open, plan: bundled } = readBundleContent(bundle, file);
  const spec = withPlatformsOfPlan(open, bundled);
  const folder = await mkdtemp(join(tmpdir(), 'triad-export-'));
  const windowsFile = join(folder, dirname(BUNDLED_WINDOWS_ARCHIVE), archiveName(spec));
  try {
    const brought = [...bundle.parts].filter(([path]) => path.startsWith('redis/'));
    for (const [path, bytes] of brought) {
      const target = path === BUNDLED_WINDOWS_ARCHIVE ? windowsFile : join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
    }
    const { archive, windowsArchive } = spec.redis;
    const has = (path: string): boolean => bundle.parts.has(path);
    const broughtArchives = {
      ...(archive !== undefined && has(BUNDLED_ARCHIVE) ? { archive: { ...archive, file: join(folder, BUNDLED_ARCHIVE) } } : {}),
      ...(windowsArchive !== undefined && has(BUNDLED_WINDOWS_ARCHIVE) ? { windowsArchive: { ...windowsArchive, file: windowsFile } } : {}),
    };
    const single: readonly string[] = [BUNDLED_ARCHIVE, BUNDLED_WINDOWS_ARCHIVE, BUNDLED_SERVICE_PROGRAM];
    const hasBuild = brought.some(([path]) => !single.includes(path));
    return await filesFor(
      kind,
      { ...spec, redis: { ...spec.redis, version: bundled.version, ...broughtArchives } },
      hasBuild ? { ...places, bundles: importedBundlesFolder(folder) } : places,
      (plan) => requireSamePrograms(plan, bundled),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Under the name that the specification has for it, which is on record on the servers. The administrator's machine may have been of another kind than this one. */
function archiveName({ redis: { windowsArchive } }: ClusterSpec): string {
  const name = windowsArchive?.file.split(/[/\\]/u).at(-1) ?? '';
  return /\.(?:zip|nupkg)$/iu.test(name) ? name : basename(BUNDLED_WINDOWS_ARCHIVE);
}

function requireSamePrograms(plan: ClusterPlan, bundled: ClusterPlan): void {
  const programsOf = ({ bundle, windows }: ClusterPlan): ClusterPlan['bundle']['binaries'] => [
    ...bundle.binaries,
    ...(windows?.bundle.binaries ?? []),
  ];
  for (const { name, sha256 } of programsOf(plan)) {
    const expected = programsOf(bundled).find((binary) => binary.name === name)?.sha256 ?? '-';
    if (sha256 !== expected) throw fail('export.otherPrograms', adminSubject, { values: { name, observed: sha256, expected } });
  }
}
