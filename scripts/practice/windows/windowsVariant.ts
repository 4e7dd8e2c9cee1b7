/** Who logs in to every practice Windows server. */
export const windowsUser = 'Administrator';

/** How a practice Windows server differs from the plain one: cmd as default shell, OpenSSH of Windows Server 2025, firewall on, no message. */
export interface WindowsVariant {
  /** What `DefaultShell` of OpenSSH says. */
  readonly shell?: WindowsShell;
  readonly openssh?: keyof typeof opensshVersions;
  /** Text that a login profile writes to standard output before each command's own. */
  readonly messageOfTheDay?: string;
  /** The profiles of Windows Firewall. Off: everything comes in. `policyOnly`: a group policy has rules made on the server ignored. Default `on`. */
  readonly windowsFirewall?: 'on' | 'off' | 'policyOnly';
  readonly release?: keyof typeof windowsReleases;
  /** Whether a policy lets Triad's own program run; where it does not, Triad's scripts for PowerShell are played instead. Default `runs`. */
  readonly helper?: 'runs' | 'blocked';
}

export type WindowsShell = 'cmd' | 'powershell';

/** Releases of OpenSSH for Windows, and what each says of itself before it says anything else. */
export const opensshVersions = {
  '7.7': 'OpenSSH_for_Windows_7.7',
  '8.1': 'OpenSSH_for_Windows_8.1',
  '9.5': 'OpenSSH_for_Windows_9.5',
} as const;

/** Releases of Windows Server, with the build that each reports. */
export const windowsReleases = {
  '2019': { build: 17_763, name: 'Windows Server 2019 Standard' },
  '2022': { build: 20_348, name: 'Windows Server 2022 Standard' },
  '2025': { build: 26_100, name: 'Windows Server 2025 Standard' },
} as const;

/** A Windows variant with nothing left open. */
export type ResolvedWindowsVariant = Required<WindowsVariant>;

/** Fills in what a variant leaves open. */
export function resolveWindowsVariant(variant: WindowsVariant): ResolvedWindowsVariant {
  return { shell: 'cmd', openssh: '9.5', messageOfTheDay: '', windowsFirewall: 'on', release: '2022', helper: 'runs', ...variant };
}
