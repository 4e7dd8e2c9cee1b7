import type { ClusterPlan } from '../shared/domain/plan.ts';

/** Where systemd looks for units that an administrator's program installs. */
export const UNIT_FOLDER = '/etc/systemd/system';

/** The file of a unit that Triad installs. */
export function unitPathOf(unit: string): string {
  return `${UNIT_FOLDER}/${unit}`;
}

/** Every place on a server that is not already in the plan. Names carry the cluster, so that another cluster can live beside it. */
export interface ServerPaths {
  readonly serverProgram: string;
  readonly auth: string;
  readonly manifest: string;
  readonly readme: string;
  readonly rotateScript: string;
  readonly rotateUnit: string;
  readonly rotateTimer: string;
  readonly sysctl: string;
  readonly tmpfiles: string;
  /** In the data root, because it stays as long as data does, and shared by all clusters below that root. */
  readonly before: string;
  readonly firewallUnit: string;
  /**
   * Beside the cluster's folder and not in it: the firewall is opened first, and the cluster's folder belongs to a group that is only
   * made later.
   */
  readonly firewallScript: string;
}

/** The places that follow from a plan; the same on all three servers. */
export function serverPathsOf(plan: ClusterPlan): ServerPaths {
  const { folders, cluster } = plan;
  return {
    serverProgram: `${folders.bin}/${plan.engine}-server`,
    auth: `${folders.install}/auth.conf`,
    manifest: `${folders.install}/manifest.json`,
    readme: `${folders.install}/README.txt`,
    rotateScript: `${folders.install}/rotate-logs.sh`,
    rotateUnit: `triad-${cluster}-logs.service`,
    rotateTimer: `triad-${cluster}-logs.timer`,
    sysctl: `/etc/sysctl.d/90-triad-${cluster}.conf`,
    tmpfiles: `/etc/tmpfiles.d/triad-${cluster}.conf`,
    before: `${folders.roots.data}/before.json`,
    firewallUnit: `triad-${cluster}-firewall.service`,
    firewallScript: `${folders.roots.install}/firewall-${cluster}.sh`,
  };
}
