/**
 * What Triad has shown of itself with Windows servers, and what nobody has: the one list that the report of every run with Windows servers, `triad doctor` and the
 * report of a first run are made from. Words stand in the catalogue (`windowsProof.proved.*`, `windowsProof.gap.*`).
 */

/** Something that was proved on practice Windows servers (Wine, and a Redis for Linux behind a stand-in), with the tests that prove it. */
export interface ProvedUnderWine {
  readonly id: string;
  /** Files of this checkout; a test beside this one looks whether they are there. */
  readonly tests: readonly string[];
}

export const PROVED_UNDER_WINE = [
  { id: 'helper', tests: ['scripts/windows-service/serving.live.test.ts', 'scripts/windows-service/looking.live.test.ts'] },
  { id: 'shells', tests: ['electron/hosts/windows/commandLine.test.ts', 'scripts/practice/windows/host/defaultShell.test.ts'] },
  { id: 'looking', tests: ['e2e/commandLine/windows.live.test.ts', 'scripts/practice/windows/windowsSet.live.test.ts'] },
  { id: 'firewall', tests: ['scripts/practice/windows/host/firewall.test.ts', 'electron/hosts/windows/apply/applyChanges.test.ts'] },
  {
    id: 'cluster',
    tests: [
      'e2e/commandLine/windowsInstall.live.test.ts',
      'e2e/commandLine/windowsMixed.live.test.ts',
      'e2e/commandLine/doctor.live.test.ts',
    ],
  },
  { id: 'faults', tests: ['scripts/windows-service/faults.live.test.ts', 'e2e/commandLine/windowsFailover.live.test.ts'] },
  { id: 'healing', tests: ['e2e/commandLine/windowsFailover.live.test.ts', 'e2e/commandLine/windowsHealing.live.test.ts'] },
  { id: 'interruptions', tests: ['e2e/commandLine/windowsConnections.live.test.ts', 'e2e/commandLine/windowsConflicts.live.test.ts'] },
  { id: 'maintenance', tests: ['e2e/commandLine/windowsMaintenance.live.test.ts'] },
  { id: 'bundles', tests: ['e2e/commandLine/bundleWindows.live.test.ts', 'e2e/commandLine/adoptWindows.live.test.ts'] },
  { id: 'files', tests: ['scripts/windows-service/files.live.test.ts', 'electron/hosts/windows/apply/applyChanges.live.test.ts'] },
  { id: 'transcripts', tests: ['electron/hosts/windows/goldenNumbers.test.ts', 'electron/hosts/windows/windowsHost.test.ts'] },
  { id: 'scripts', tests: ['electron/hosts/windows/powershell/frameScript.test.ts'] },
] as const satisfies readonly ProvedUnderWine[];

/** Something that only a real Windows Server can show. */
export interface OnlyOnWindows {
  readonly id: string;
  /** The items of the first run that show it; empty where none does. */
  readonly shownBy: readonly FirstRunItemId[];
}

/** The items of `triad doctor --windows-first-run`, in their order. */
export const FIRST_RUN_ITEM_IDS = [
  'systems',
  'check',
  'otherShell',
  'install',
  'services',
  'secondRun',
  'failover',
  'frozen',
  'cutOff',
  'saveUnderLoad',
  'defender',
  'failureActions',
  'restart',
  'localRules',
  'validate',
  'remove',
] as const;
export type FirstRunItemId = (typeof FIRST_RUN_ITEM_IDS)[number];

export const ONLY_ON_WINDOWS = [
  { id: 'sshd', shownBy: ['systems', 'check', 'otherShell'] },
  { id: 'rights', shownBy: ['install', 'services'] },
  { id: 'failureActions', shownBy: ['failureActions'] },
  { id: 'preshutdown', shownBy: ['restart'] },
  { id: 'restart', shownBy: ['restart'] },
  { id: 'redis', shownBy: ['install', 'failover', 'saveUnderLoad'] },
  { id: 'memurai', shownBy: [] },
  { id: 'longRun', shownBy: [] },
  { id: 'defender', shownBy: ['saveUnderLoad', 'defender'] },
  { id: 'otherAntivirus', shownBy: [] },
  { id: 'frozen', shownBy: ['frozen'] },
  { id: 'firewall', shownBy: ['install', 'validate'] },
  { id: 'cutOff', shownBy: ['cutOff'] },
  { id: 'groupPolicy', shownBy: ['localRules'] },
  { id: 'programPolicy', shownBy: [] },
  { id: 'uninstall', shownBy: ['remove'] },
] as const satisfies readonly OnlyOnWindows[];
