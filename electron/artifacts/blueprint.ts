import type { Message } from '../shared/domain/message.ts';
import type { Network } from '../shared/domain/address.ts';

/** A folder as it must be. Modes are permission bits. */
export interface BlueprintFolder {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: number;
}

/** A text file as it must be. `content` may hold a secret where `holdsSecret` says so: then it is never shown, logged or stored. */
export interface BlueprintFile extends BlueprintFolder {
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
}

/** A kernel setting as it must be now; the files that bring it back after a boot are among the blueprint's files. */
export interface BlueprintKernelSetting {
  /** As admins know it: `vm.overcommit_memory`, `transparent_hugepage`. */
  readonly setting: string;
  /** Absolute path below /proc/sys or /sys. */
  readonly path: string;
  readonly value: string;
}

/** A systemd unit as it must be: enabled at boot and running. */
export interface BlueprintService {
  readonly unit: string;
  /** Files whose change only takes effect by a restart of the unit. */
  readonly dependsOn: readonly string[];
}

/** One inbound permission: TCP to this server's address and ports from these networks. `id` names it in the firewall's own comment. */
export interface FirewallRule {
  readonly id: string;
  readonly sources: readonly Network[];
  readonly destination: string;
  readonly ports: readonly number[];
  readonly purpose: Message;
}

/** Everything one server must have. Made from the plan alone; compared with what is found, it gives the changes. */
export interface ServerBlueprint {
  readonly server: string;
  readonly user: string;
  readonly folders: readonly BlueprintFolder[];
  readonly binaries: readonly BlueprintBinary[];
  readonly files: readonly BlueprintFile[];
  readonly kernel: readonly BlueprintKernelSetting[];
  readonly services: readonly BlueprintService[];
  readonly firewall: readonly FirewallRule[];
}
