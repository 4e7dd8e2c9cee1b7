import type { InstallManifest } from './manifest.ts';
import type { ServiceRegistration } from '../shared/domain/change.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Network } from '../shared/domain/address.ts';
import type { Platform } from '../shared/domain/platform.ts';

/** A folder as it must be. Modes are permission bits; on a Windows server owner, group and mode are the words of `windows/windowsAccess.ts`. */
export interface BlueprintFolder {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
  /** Where it is there already, it may be somebody else's (`/opt`, a mounted disk): its owner and mode are left alone. */
  readonly keepsFound?: boolean;
  /** On a Windows server: one that `keepsFound` gets its access list all the same, since whoever may write there could replace what Triad puts below. */
  readonly isClosed?: boolean;
}

/** A text file as it must be. `content` may hold a secret where `holdsSecret` says so: then it is never shown, logged or stored. */
export interface BlueprintFile {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
  readonly content: string;
  readonly holdsSecret: boolean;
  readonly purpose: Message;
}

/** A program of the server bundle, uploaded as the gzip bytes that `sha256` (of the unpacked file) belongs to. */
export interface BlueprintBinary {
  readonly path: string;
  readonly mode: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly gzip: Uint8Array;
  /** What it says of itself when it is tried on the server; see the change `binary`. */
  readonly trial?: { readonly version: string | null };
}

/** A kernel setting as it must be now; the files that bring it back after a boot are among the blueprint's files. */
export interface BlueprintKernelSetting {
  /** As admins know it: `vm.overcommit_memory`, `transparent_hugepage`. */
  readonly setting: KernelSetting;
  /** Absolute path below /proc/sys or /sys. */
  readonly path: string;
  readonly value: string;
}

/** The kernel settings that a Redis server wants changed. */
export type KernelSetting = 'vm.overcommit_memory' | 'net.core.somaxconn' | 'transparent_hugepage';

/** A systemd unit, or a service of Windows, as it must be: enabled at boot and running. */
export interface BlueprintService {
  readonly unit: string;
  /** The file that says what it is: the unit file, or on a Windows server the ini. */
  readonly definition: string;
  /** The program that reads it and runs as the service, on a Windows server; null where the bundle has none. */
  readonly program?: string | null;
  /** On a Windows server where `program` is the server itself, which is a service without anything of Triad's: what Windows is told. `definition` is its configuration then. */
  readonly registration?: ServiceRegistration;
  /** `node`: a Redis process, whose restart its clients feel. `helper`: a timer or the firewall keeper, restarted at will. */
  readonly role: 'node' | 'helper';
  /** Files whose change only takes effect by a restart of the unit. */
  readonly dependsOn: readonly string[];
}

/**
 * One inbound permission: TCP to this server's address and ports from one network. `id` names it in the firewall's own comment and
 * ends in a hash of all the rest, so that a rule with other ports is another rule.
 */
export interface FirewallRule {
  readonly id: string;
  readonly source: Network;
  readonly destination: string;
  readonly ports: readonly number[];
  readonly purpose: Message;
}

/** What puts nftables and iptables rules back after a boot or a reload, where no front end does. Unused elsewhere. */
export interface FirewallKeeper {
  readonly scriptPath: string;
  readonly unitPath: string;
  readonly unit: string;
}

/** Everything one server must have. Made from the plan alone; compared with what is found, it gives the changes. */
export interface ServerBlueprint {
  readonly server: string;
  readonly cluster: string;
  readonly platform: Platform;
  /** The account of the nodes; empty on a Windows server, where each service has one of its own that comes and goes with it. */
  readonly user: string;
  readonly folders: readonly BlueprintFolder[];
  readonly binaries: readonly BlueprintBinary[];
  readonly files: readonly BlueprintFile[];
  readonly kernel: readonly BlueprintKernelSetting[];
  readonly services: readonly BlueprintService[];
  /** Units that are neither enabled nor running by themselves, such as a timer's service. */
  readonly passiveUnits: readonly string[];
  readonly firewall: readonly FirewallRule[];
  /** First part of every rule's id. */
  readonly firewallTag: string;
  /** Null on a Windows server: its firewall keeps what it is told. */
  readonly firewallKeeper: FirewallKeeper | null;
  /** Folders that Microsoft Defender is to leave alone, on a Windows server where that is wanted. */
  readonly exclusions: readonly string[];
  /** Files that another form of the same installation has and this one has not: a removal takes them along, as nobody else would. */
  readonly formerFiles?: readonly string[];
  /** Where the state from before Triad is kept; shared by all clusters below one data root. */
  readonly beforePath: string;
  readonly manifestPath: string;
  /** Where the mark lies while a server of the cluster is in maintenance; no part of `files`. */
  readonly maintenancePath: string;
  /** The list of all this, as it will stand on the server; one of `files`. */
  readonly manifest: InstallManifest;
}

/** What a blueprint needs beside the plan. */
export interface BlueprintMaterial {
  readonly password: string;
  /** The gzip bytes of each program of the bundle, by its name (`redis-server`, `redis-server.exe`). */
  readonly bundleFiles: ReadonlyMap<string, Uint8Array>;
  readonly triadVersion: string;
}

/** A blueprint that asks for nothing: of a cluster that Triad did not install, nothing is Triad's, and nothing may become it. */
export function ofNothing(blueprint: ServerBlueprint): ServerBlueprint {
  return { ...blueprint, folders: [], binaries: [], files: [], kernel: [], services: [], passiveUnits: [], firewall: [], exclusions: [] };
}
