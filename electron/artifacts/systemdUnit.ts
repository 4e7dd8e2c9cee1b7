import type { ClusterPlan, NodeSpec } from '../shared/domain/plan.ts';
import { SERVICE_USER } from '../shared/domain/plan.ts';
import { restartDelaySeconds } from '../shared/domain/restartDelay.ts';
import { sandboxLines } from './sandbox.ts';
import { serverPathsOf } from './serverPaths.ts';

/** A slow disk: what a stop may count on while the last snapshot is written, bytes per second. */
const SLOW_DISK_BYTES_PER_SECOND = 20 * 1024 ** 2;

/** Seconds that a stop may take: ten for the replica to catch up, some to answer, and for snapshots the time to write all memory. */
export function stopTimeoutSeconds(plan: ClusterPlan): number {
  const { persistence, maxMemoryBytes } = plan.settings;
  return 30 + (persistence === 'rdb' ? Math.ceil(maxMemoryBytes / SLOW_DISK_BYTES_PER_SECOND) : 0);
}

/**
 * The systemd unit of one node, for systemd 239 and later. `Type=exec`: the static program has no libsystemd, so `notify` would time out
 * (systemd 239 does not know `exec` and takes `simple`). A stop is SIGTERM: Redis then saves and ends by itself, and no password is needed.
 */
export function renderNodeUnit(node: NodeSpec, plan: ClusterPlan): string {
  const paths = serverPathsOf(plan);
  const lines = [
    '# Written by Triad: edits are replaced at its next install. Own settings belong into a drop-in (systemctl edit).',
    '[Unit]',
    `Description=Node ${node.dataPort} of the cluster ${plan.cluster} (Triad)`,
    `Documentation=file://${paths.readme}`,
    'Wants=network-online.target',
    'After=network-online.target',
    `RequiresMountsFor=${plan.folders.bin} ${node.dataFolder} ${plan.folders.logs}`,
    '# At boot the address may come later than the network says: go on trying.',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    'Type=exec',
    `User=${SERVICE_USER}`,
    `Group=${SERVICE_USER}`,
    `WorkingDirectory=${node.dataFolder}`,
    `ExecStart=${paths.serverProgram} ${node.configFile}`,
    'Restart=on-failure',
    `RestartSec=${restartDelaySeconds(plan.settings)}`,
    `TimeoutStopSec=${stopTimeoutSeconds(plan)}`,
    '# The main process alone is asked to end; it ends its own helpers.',
    'KillMode=mixed',
    'LimitNOFILE=65536',
    '# A core dump would hold the data and the password.',
    'LimitCORE=0',
    'OOMScoreAdjust=-500',
    ...sandboxLines({
      writable: [node.dataFolder, plan.folders.logs],
      readable: [plan.folders.bin, plan.folders.install],
      usesNetwork: true,
    }),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  return `${lines.join('\n')}\n`;
}
