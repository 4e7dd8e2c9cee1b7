import { formationFromScratch, formationNeed, type ClusterCommand } from './formation.ts';
import type { RunRecord } from './run.ts';

/** The cluster commands that an installation would send now: those that are missing, or all of them where nothing runs yet. */
export function missingCommands(record: Pick<RunRecord, 'views' | 'plan'>): readonly ClusterCommand[] {
  const { before } = record.views;
  return before === null || before.views.length === 0 ? formationFromScratch(record.plan) : formationNeed(before, record.plan).commands;
}
