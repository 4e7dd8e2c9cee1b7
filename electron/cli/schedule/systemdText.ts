import { posix } from 'node:path';
import { message, say } from '../../shared/messages/message.ts';
import { EVERY } from './every.ts';
import { commandOf, settingsOf, type ScheduleInput } from './scheduleInput.ts';
import { environmentLines, shellWord } from './shellText.ts';

/** The service and its timer, each with its name below /etc/systemd/system. */
export interface SystemdUnits {
  readonly service: { readonly name: string; readonly text: string };
  readonly timer: { readonly name: string; readonly text: string };
}

/** A value as systemd takes it literally: in quotes, its specifiers doubled. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('%', '%%')}"`;
}

/** A word of ExecStart; there a dollar sign would name a variable too. */
function word(text: string): string {
  return /^[A-Za-z0-9_@+=:,./-]+$/u.test(text) ? text : quoted(text).replaceAll('$', '$$$$');
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/**
 * What is kept from the service, and still lets it run: it reads what is named, writes to Triad's home and the folders of its outputs, and opens connections.
 * `MemoryDenyWriteExecute` is left out, since JavaScript is compiled while it runs, and AF_NETLINK is needed to list the addresses of this machine. Homes and
 * /tmp are hidden unless something that is needed lies there.
 */
function sandbox(input: ScheduleInput): readonly string[] {
  const writes = [input.home, ...[input.prometheus, input.junit].flatMap((file) => (file === null ? [] : [posix.dirname(file)]))];
  const needed = [
    ...commandOf(input),
    ...input.reads,
    input.home,
    input.environmentFile,
    ...(input.bundles === null ? [] : [input.bundles]),
  ];
  const isInHome = needed.some((path) => isBelow(path, ['/home', '/root', '/run/user']));
  const isInTmp = needed.some((path) => isBelow(path, ['/tmp', '/var/tmp']));
  return [
    'ProtectSystem=strict',
    `ReadWritePaths=${[...new Set(writes)].map(word).join(' ')}`,
    `ProtectHome=${isInHome ? 'read-only' : 'yes'}`,
    `PrivateTmp=${isInTmp ? 'no' : 'yes'}`,
    'PrivateDevices=yes',
    'ProtectKernelTunables=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelLogs=yes',
    'ProtectControlGroups=yes',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'NoNewPrivileges=yes',
    'CapabilityBoundingSet=',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'LockPersonality=yes',
    'SystemCallArchitectures=native',
    'UMask=0077',
  ];
}

/** The two units of a scheduled validation. A validation that has not passed ends as a failed unit, which `systemctl --failed` lists. */
export function systemdUnits(input: ScheduleInput): SystemdUnits {
  const { cluster, user, every, redisOnly, secretNames, environmentFile } = input;
  const name = `triad-validate-${cluster}`;
  const description = say(message('schedule.description', { cluster }));
  const service = [
    '[Unit]',
    `Description=${description}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=oneshot',
    `User=${user}`,
    ...Object.entries(settingsOf(input)).map(([key, value]) => `Environment=${quoted(`${key}=${value}`)}`),
    ...(secretNames.length === 0 ? [] : [`EnvironmentFile=${environmentFile.replaceAll('%', '%%')}`]),
    `ExecStart=${commandOf(input).map(word).join(' ')}`,
    'TimeoutStartSec=10min',
    // The best that a validation with Redis access alone can end with.
    ...(redisOnly ? ['SuccessExitStatus=4'] : []),
    ...sandbox(input),
  ];
  const timer = [
    '[Unit]',
    `Description=${description}`,
    '',
    '[Timer]',
    `OnCalendar=${EVERY[every].onCalendar}`,
    'Persistent=true',
    'RandomizedDelaySec=30',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ];
  return {
    service: { name: `${name}.service`, text: `${service.join('\n')}\n` },
    timer: { name: `${name}.timer`, text: `${timer.join('\n')}\n` },
  };
}

/** A script for a root shell that installs both units, makes the file for the secrets, and starts the timer. */
export function systemdText(input: ScheduleInput): string {
  const { service, timer } = systemdUnits(input);
  const { user, environmentFile, secretNames } = input;
  const here = ({ name, text }: SystemdUnits['service']): string => `cat > /etc/systemd/system/${name} <<'TRIAD_UNIT'\n${text}TRIAD_UNIT\n`;
  const own = shellWord(user);
  const secrets =
    secretNames.length === 0
      ? []
      : [
          `# ${say(message('schedule.environment', { file: environmentFile }))}`,
          environmentLines(input).replace(/\n(?=[^\n]*$)/u, '\n# '),
          `chown ${own} ${shellWord(environmentFile)}`,
        ];
  return [
    `# ${say(message('schedule.systemd.head', { cluster: input.cluster }))}`,
    `runuser -u ${own} -- sh -c 'umask 077; mkdir -p "$1"' sh ${shellWord(posix.dirname(environmentFile))}`,
    ...secrets,
    here(service),
    here(timer),
    `systemctl daemon-reload && systemctl enable --now ${timer.name}`,
    `# ${say(message('schedule.systemd.try', { service: service.name }))}`,
    '',
  ].join('\n');
}
