import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { PracticeSet } from '../practice/practiceSet.ts';
import { demoHome, environmentOf, heading, reportFolder, task } from './tasks.ts';

/** The main job on the command line: check, plan, install, prove, and lose each server once; with `isQuick` only the first. */
export async function installCluster(set: PracticeSet, isQuick: boolean): Promise<void> {
  const env = environmentOf(set, demoHome);
  const spec = ['--spec', set.place.specFile];
  mkdirSync(reportFolder, { recursive: true });

  heading('Check: are the servers fit, do they reach each other?');
  await task(['triad', 'check', ...spec, '--report', join(reportFolder, 'check')], { env });

  heading('Plan: what would be done?');
  const planFile = join(reportFolder, 'plan.txt');
  await task(['triad', 'plan', ...spec, '--report', join(reportFolder, 'plan')], { env, outputFile: planFile });
  console.log(`  Every file, service and command is listed in ${relative(process.cwd(), planFile)}`);

  heading('Install, verify, and lose each server once');
  const victims = isQuick ? (set.servers[0]?.name ?? 'all') : 'all';
  await task(['triad', 'install', ...spec, '--yes', '--failover-test', victims, '--report', reportFolder], { env });
}
