import { z } from 'zod';
import { placesOn, type ClusterPlan } from './plan.ts';
import type { ServerFacts } from './server.ts';
import { childOf } from './serverPath.ts';

/** Written on all three servers while one of them is in maintenance; no secret in it. */
export const MaintenanceMark = z.object({
  schemaVersion: z.literal(1),
  cluster: z.string(),
  /** The server in maintenance, by its name in the specification. */
  server: z.string(),
  /** The run that began it. */
  runId: z.string(),
  /** Who ran Triad where. */
  by: z.string(),
  /** When it began, UTC in ISO 8601. */
  at: z.string(),
});
export type MaintenanceMark = z.infer<typeof MaintenanceMark>;

/** The mark as the text of its file. */
export function renderMark(mark: MaintenanceMark): string {
  return `${JSON.stringify(mark, null, 2)}\n`;
}

/** Reads the text of a mark; null for anything else, such as one of another cluster. */
export function parseMark(text: string, cluster: string): MaintenanceMark | null {
  try {
    const mark = MaintenanceMark.parse(JSON.parse(text));
    return mark.cluster === cluster ? mark : null;
  } catch {
    return null;
  }
}

/** The name of the file in the folder of the cluster's settings. */
export const MARK_FILE = 'maintenance.json';

/** What the marks on the servers say. */
export interface MaintenanceState {
  /** One for each server in maintenance, the earliest mark of each; with ordinary use there is at most one. */
  readonly marks: readonly MaintenanceMark[];
  /** Servers that hold a file in the mark's place which cannot be read as one. */
  readonly unreadableOn: readonly string[];
}

/** What of a plan tells where the marks lie. */
type MarkedPlan = Pick<ClusterPlan, 'cluster' | 'servers' | 'bundle' | 'folders' | 'windows'>;

/** Reads the marks out of what was found on the servers; each mark may stand on any of them. */
export function maintenanceOf(facts: readonly Pick<ServerFacts, 'server' | 'paths'>[], plan: MarkedPlan): MaintenanceState {
  const marks = new Map<string, MaintenanceMark>();
  const unreadableOn: string[] = [];
  for (const { server, paths } of facts) {
    const path = markPathOf(plan, server);
    const found = paths.find((one) => one.path === path);
    if (found === undefined || found.kind === 'absent') continue;
    const mark = parseMark(found.content ?? '', plan.cluster);
    if (mark === null) unreadableOn.push(server);
    else if ((marks.get(mark.server)?.at ?? '9') > mark.at) marks.set(mark.server, mark);
  }
  return { marks: [...marks.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1)), unreadableOn };
}

/** The place of the mark on a server of a plan. */
export function markPathOf(plan: MarkedPlan, server: string): string {
  return childOf(placesOn(plan, server).folders.install, MARK_FILE);
}
