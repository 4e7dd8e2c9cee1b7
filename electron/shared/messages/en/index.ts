import { checkTexts } from './check.ts';
import { checkOnWindowsTexts } from './checkOnWindows.ts';
import { checkWindowsTexts } from './checkWindows.ts';
import { changeTexts } from './change.ts';
import { adoptTexts } from './adopt.ts';
import { bundleTexts } from './bundle.ts';
import { exportTexts } from './export.ts';
import { cliTexts } from './cli.ts';
import { clusterTexts } from './cluster.ts';
import { failoverTexts } from './failover.ts';
import { failureTexts } from './failure.ts';
import { noticedTexts } from './noticed.ts';
import { hostsTexts } from './hosts.ts';
import { matrixTexts } from './matrix.ts';
import { historyTexts } from './history.ts';
import { outputsTexts } from './outputs.ts';
import { phaseTexts } from './phase.ts';
import { scenarioTexts } from './scenario.ts';
import { scheduleTexts } from './schedule.ts';
import { reportTexts } from './report.ts';
import { shellTexts } from './shell.ts';
import { specTexts } from './spec.ts';
import { storageTexts } from './storage.ts';
import { windowsArchiveTexts } from './windowsArchive.ts';
import { windowsProofTexts } from './windowsProof.ts';
import { firstRunTexts } from './firstRun.ts';
import { windowAdoptTexts } from './windowAdopt.ts';
import { windowTexts } from './window.ts';
import { windowBundleTexts } from './windowBundle.ts';
import { windowHistoryTexts } from './windowHistory.ts';
import { windowHomeTexts } from './windowHome.ts';
import { windowCoreTexts } from './windowCore.ts';
import { windowPlacementTexts } from './windowPlacement.ts';
import { windowRedisTexts } from './windowRedis.ts';
import { windowServersTexts } from './windowServers.ts';
import { windowReachabilityTexts } from './windowReachability.ts';
import { windowInstallTexts } from './windowInstall.ts';
import { windowReviewTexts } from './windowReview.ts';
import { windowFailoverTexts } from './windowFailover.ts';
import { windowMaintenanceTexts } from './windowMaintenance.ts';
import { verifyTexts } from './verify.ts';
import { windowReportTexts } from './windowReport.ts';

// Without a prototype an object is a hash table from its first key on. With one it grows by 3000 hidden classes, which took 6 to 20 ms at every start,
// in both processes.
const texts = {
  __proto__: null,
  ...failureTexts,
  ...adoptTexts,
  ...shellTexts,
  ...specTexts,
  ...storageTexts,
  ...windowsArchiveTexts,
  ...windowsProofTexts,
  ...firstRunTexts,
  ...checkTexts,
  ...checkOnWindowsTexts,
  ...checkWindowsTexts,
  ...changeTexts,
  ...hostsTexts,
  ...phaseTexts,
  ...failoverTexts,
  ...noticedTexts,
  ...scenarioTexts,
  ...clusterTexts,
  ...matrixTexts,
  ...reportTexts,
  ...cliTexts,
  ...outputsTexts,
  ...historyTexts,
  ...verifyTexts,
  ...scheduleTexts,
  ...bundleTexts,
  ...exportTexts,
  ...windowAdoptTexts,
  ...windowTexts,
  ...windowHomeTexts,
  ...windowBundleTexts,
  ...windowHistoryTexts,
  ...windowCoreTexts,
  ...windowPlacementTexts,
  ...windowRedisTexts,
  ...windowServersTexts,
  ...windowInstallTexts,
  ...windowReviewTexts,
  ...windowReachabilityTexts,
  ...windowFailoverTexts,
  ...windowMaintenanceTexts,
  ...windowReportTexts,
} as const;

/** The English catalogue: every word a user reads, by code. */
export const en: Omit<typeof texts, '__proto__'> = texts;
