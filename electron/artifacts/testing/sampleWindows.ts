import type { ServerFacts, WindowsFacts } from '../../shared/domain/server.ts';
import { planCluster, type BundleSummary, type ClusterPlan } from '../../shared/domain/plan.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { ClusterSpec } from '../../shared/domain/spec.ts';
import type { ServerBlueprint } from '../blueprint.ts';
import { blueprintFor } from '../serverBlueprint.ts';
import { foundFile, foundFolder, freshFacts, installedFacts } from './fakeFacts.ts';
import { sampleBundle } from './samplePlan.ts';

const PROGRAMS = ['redis-server.exe', 'redis-cli.exe', 'msys-2.0.dll', 'triad-service-0123abcd.exe'];

/** A small bundle for Windows servers, with Triad's own program in it. */
export const sampleWindowsBundle: BundleSummary = {
  version: '7.0.15',
  origin: 'own',
  folderName: 'redis-7.0.15-89abcdef',
  licence: 'BSD-3-Clause',
  sourceArchive: 'Redis-7.0.15-Windows-x64-msys2.zip',
  sourceSha256: 'cd'.repeat(32),
  files: PROGRAMS.map((name, index) => ({ name, sha256: String(index + 1).repeat(64), sizeBytes: 1000 + index, mode: 0 })),
};

const MEMURAI_FILES = ['memurai.exe', 'memurai-cli.exe', 'memurai-core.dll', 'license.lic', 'triad-service-0123abcd.exe'];

/** A small bundle of Memurai, with Triad's own program in it. */
export const sampleMemuraiBundle: BundleSummary = {
  ...sampleWindowsBundle,
  version: '7.4.9',
  distribution: 'memurai',
  folderName: 'memurai-7.4.9-89abcdef',
  licence: 'LicenseRef-Memurai',
  sourceArchive: 'Memurai.zip',
  files: MEMURAI_FILES.map((name, index) => ({ name, sha256: String(index + 1).repeat(64), sizeBytes: 1000 + index, mode: 0 })),
};

/** The plan of a cluster on servers of these kinds. */
export function sampleWindowsPlan(
  platforms: readonly Platform[] = ['windows', 'windows', 'windows'],
  more: { readonly redis?: object; readonly paths?: object; readonly windows?: object } = {},
  bundle: BundleSummary = sampleWindowsBundle,
): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: platforms.map((platform, index) => ({
      name: `server-${index + 1}`,
      address: `10.77.0.1${index + 1}`,
      platform,
      ssh: { user: 'admin', auth: { agent: true } },
    })),
    ...more,
    firewall: { manage: true, clients: ['10.77.9.0/24'] },
  });
  return platforms.includes('linux') ? planCluster(spec, sampleBundle, bundle) : planCluster(spec, bundle);
}

/** The blueprint of one Windows server of such a plan. */
export function sampleWindowsBlueprint(plan: ClusterPlan = sampleWindowsPlan(), server = 'server-1'): ServerBlueprint {
  const bundleFiles = new Map(PROGRAMS.map((name) => [name, new TextEncoder().encode(`gzip of ${name}`)]));
  return blueprintFor(plan, server, { password: 'p@ss wörd', bundleFiles, triadVersion: '0.1.0' });
}

/** What a fresh Windows server says of itself beside what every server says: nothing is in the way. */
export const sampleWindowsFacts: WindowsFacts = {
  build: 20_348,
  productType: 3,
  commitLimitBytes: 20 * 1024 ** 3,
  commitAvailableBytes: 16 * 1024 ** 3,
  isElevated: true,
  languageMode: 'FullLanguage',
  dynamicPorts: [49_152, 65_535],
  excludedPorts: null,
  reservedPorts: [],
  faultRules: [],
  activeFaultRules: [],
  firewallProfiles: [
    { profile: 'domain', isEnabled: true, takesLocalRules: true },
    { profile: 'public', isEnabled: true, takesLocalRules: true },
  ],
  defender: null,
};

/** Facts of a fresh Windows server, in the words of hosts/windows. */
export function freshWindowsFacts(changes: Partial<ServerFacts> = {}): ServerFacts {
  return freshFacts({
    os: {
      id: 'windows',
      versionId: '10.0.20348',
      prettyName: 'Windows Server 2022 Standard',
      kernel: '10.0.20348.2000',
      architecture: 'x86_64',
    },
    systemdVersion: null,
    kernel: {
      overcommitMemory: null,
      somaxconn: null,
      transparentHugePages: null,
      localPortRange: [49_152, 65_535],
      reservedPorts: '',
      maxOpenFiles: null,
    },
    firewall: { kind: 'windows', isActive: true, ownRules: [], persistedRules: [], evidence: '' },
    paths: [],
    serviceUser: { exists: true, uid: null },
    ...changes,
  });
}

/** Facts of a Windows server on which everything of a blueprint stands as it must. */
export function installedWindowsFacts(blueprint: ServerBlueprint, before: string, changes: Partial<ServerFacts> = {}): ServerFacts {
  const rules = blueprint.firewall.map(({ id }) => id);
  const installed = installedFacts(blueprint, before);
  const administrators = { owner: 'Administrators', group: 'Administrators', mode: 0o644 };
  const own = new Set([...blueprint.binaries.map(({ path }) => path), blueprint.beforePath]);
  return freshWindowsFacts({
    firewall: { kind: 'windows', isActive: true, ownRules: rules, persistedRules: rules, evidence: '' },
    paths: [
      foundFolder('C:\\Users', 'foreign'),
      ...installed.paths.filter(({ path }) => !own.has(path)),
      ...blueprint.binaries.map(({ path, mode, sha256 }) => ({ ...foundFile(path, '', { ...administrators, mode }, false), sha256 })),
      foundFile(blueprint.beforePath, before, administrators),
    ],
    units: installed.units,
    ...changes,
  });
}
