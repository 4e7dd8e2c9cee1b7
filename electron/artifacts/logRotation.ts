import type { ClusterPlan } from '../shared/domain/plan.ts';
import { SERVICE_USER } from '../shared/domain/plan.ts';
import { sandboxLines } from './sandbox.ts';
import { serverPathsOf } from './serverPaths.ts';

/** A log file above this size, bytes, is put aside. */
export const ROTATE_ABOVE_BYTES = 10 * 1024 ** 2;
/** How many files that were put aside are kept. */
export const ROTATED_FILES_KEPT = 5;

/**
 * Puts large log files aside. Renaming is enough: Redis opens its log file anew for every line. Own script because a minimal server has
 * no logrotate; POSIX sh and coreutils only.
 */
export function renderRotateScript(plan: ClusterPlan): string {
  return `#!/bin/sh
# Puts the log files of the cluster ${plan.cluster} aside when they are large. Written by Triad; started by ${serverPathsOf(plan).rotateTimer}.
set -eu
LC_ALL=C
export LC_ALL
cd '${plan.folders.logs}'
for log in *.log; do
  [ -f "$log" ] || continue
  size=$(wc -c < "$log")
  [ "$size" -gt ${ROTATE_ABOVE_BYTES} ] || continue
  number=${ROTATED_FILES_KEPT}
  while [ "$number" -gt 1 ]; do
    older=$number
    number=$((number - 1))
    [ ! -f "$log.$number" ] || mv -f "$log.$number" "$log.$older"
  done
  # Redis makes a new file with its next line.
  mv -f "$log" "$log.1"
done
`;
}

/** The service that the timer starts. It runs as the service user and sees no network. */
export function renderRotateUnit(plan: ClusterPlan): string {
  const paths = serverPathsOf(plan);
  const lines = [
    '# Written by Triad: edits are replaced at its next install.',
    '[Unit]',
    `Description=Log rotation of the cluster ${plan.cluster} (Triad)`,
    `Documentation=file://${paths.readme}`,
    `RequiresMountsFor=${plan.folders.install} ${plan.folders.logs}`,
    '',
    '[Service]',
    'Type=oneshot',
    `User=${SERVICE_USER}`,
    `Group=${SERVICE_USER}`,
    '# By the shell, so that the file needs no right to be executed where it lies.',
    `ExecStart=/bin/sh ${paths.rotateScript}`,
    'Nice=10',
    'LimitCORE=0',
    ...sandboxLines({ writable: [plan.folders.logs], readable: [plan.folders.install], usesNetwork: false }),
  ];
  return `${lines.join('\n')}\n`;
}

/** Looks every hour, at a random minute, so that three servers do not do it at once. */
export function renderRotateTimer(plan: ClusterPlan): string {
  const lines = [
    '# Written by Triad: edits are replaced at its next install.',
    '[Unit]',
    `Description=Hourly log rotation of the cluster ${plan.cluster} (Triad)`,
    `Documentation=file://${serverPathsOf(plan).readme}`,
    '',
    '[Timer]',
    'OnCalendar=hourly',
    'RandomizedDelaySec=15min',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ];
  return `${lines.join('\n')}\n`;
}
